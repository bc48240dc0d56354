// Check 4: the documents (docs/format.md §4, §8).

const CAPTURE = "evidence/capture.json";
const CLAIMED = "evidence/claimed.json";
const ASSESSED = "evidence/assessed.json";
const CASE_SCHEMA = "evidence/case.jsonschema.json";
const SEED = "evidence/seed.json";
const SEED_TEXT = "evidence/seed.txt";
const DOCUMENTS = {
  [CAPTURE]: "capture",
  [CLAIMED]: "claimed",
  [ASSESSED]: "assessed",
  "evidence/comparison.json": "comparison",
  "evidence/outcome.json": "outcome",
  [SEED]: "seed",
  [LAST[0]]: "datapackage",
  [LAST[1]]: "datapackage-digest",
};

const schemas = new Map();

/** A schema of ours, never one of the package. */
function schemaOf(name) {
  if (!schemas.has(name)) schemas.set(name, readStrictly(utf8(KNOWN.schemas[name]), name));
  return schemas.get(name);
}

function* checkDocuments(package_) {
  const { files } = package_;
  let right = true;
  for (const [path, name] of Object.entries(DOCUMENTS)) {
    if (!files.has(path)) continue;
    yield* checkForm(package_, path);
    for (const fault of faultsOf(schemaOf(name), package_.document(path), `${path} `)) {
      right = false;
      yield fault;
    }
  }
  if (!right) return;
  const seen = package_.document(CAPTURE);
  const moments = [
    [`${LAST[0]} created`, package_.document(LAST[0]).created],
    [`${CAPTURE} started`, seen.started],
    [`${CAPTURE} ended`, seen.ended],
    ...seen.exchanges.map((one, number) => [`${CAPTURE} exchanges[${number}].date`, one.date]),
  ];
  for (const [where, moment] of moments) {
    if (!isMoment(moment)) yield problem(where, "is no moment", undefined, moment);
  }
  package_.seen = seen;
  package_.ours = seen.software === KNOWN.software;
  package_.byId = new Map(package_.records.map((one) => [one.id, one]));
  if (!package_.ours) readStrictly(files.get(CASE_SCHEMA), CASE_SCHEMA); // never used, only read
  else if (!sameOctets(files.get(CASE_SCHEMA), utf8(KNOWN.schemas.case))) {
    yield problem(CASE_SCHEMA, `is not the schema of ${KNOWN.software}`);
  }
  yield* faultsOf(schemaOf("case"), caseOf(package_.document(CLAIMED), package_.document(ASSESSED)), "the case ");
}

/** Two layers as the one document that the schema of cases describes. */
function caseOf(claimed, assessed) {
  const merged = { ...claimed, ...assessed };
  delete merged.format;
  delete merged.case;
  return merged;
}
