// What stands beside a package: signatures over the whole file, and amendments.

const LAYERS = ["claimed", "assessed"];

/** What a file beside this package is by its name; null where it is nothing of the package's. */
function kindOf(name, file) {
  if (!name.startsWith(`${file}.`)) return null;
  const rest = name.slice(file.length);
  if (/^\.[0-9a-f]{16}\.sig$/.test(rest)) return "sidecar";
  const amended = /^\.amend-([1-9][0-9]{0,3})\.json(\.[0-9a-f]{16}\.sig)?$/.exec(rest);
  if (amended) return amended[2] ? "of an amendment" : "amendment";
  if (rest.endsWith(".tsr")) return "stamp";
  if (rest.endsWith(".tsq")) return "of a stamp";
  return rest.endsWith(".tlog-proof") ? "proof" : null;
}

/** A check of each signature and amendment beside an intact package; skipped beside another. */
async function checkBeside(package_, beside, isIntact) {
  const of = (kind) => [...beside.keys()].filter((name) => kindOf(name, package_.name) === kind).sort();
  const numberOf = (name) => Number(/\.amend-([0-9]+)\.json$/.exec(name)[1]);
  const made = [];
  for (const name of of("sidecar")) {
    const proves = `the key ${name.slice(-20, -4)}… signed this very file`;
    made.push(await ranBeside("sidecar", proves, isIntact, async () => {
      package_.signers.push(await signerBeside(name, beside.get(name), package_.name, package_.digest));
    }));
  }
  let basis = isIntact ? basisOf(package_) : null;
  for (const name of of("amendment").sort((one, other) => numberOf(one) - numberOf(other))) {
    const proves = `amendment ${numberOf(name)} is valid, signed, and of this package, next in order`;
    made.push(await ranBeside("amendment", proves, basis !== null, async () => {
      const next = basis;
      basis = null;
      basis = await readAmendment(name, beside, next, package_);
    }));
  }
  return made;
}

async function ranBeside(name, proves, isDue, run) {
  if (!isDue) return { name, proves, status: "skipped", problems: [] };
  try {
    await run();
    return { name, proves, status: "passed", problems: [] };
  } catch (fault) {
    if (fault instanceof NotHere) return { name, proves, status: "not checked", problems: [], note: fault.message };
    const problems = fault instanceof Wrong ? (fault.problems ?? [fault.problem]) : [unreadable(fault)];
    return { name, proves, status: "failed", problems };
  }
}

async function signerBeside(name, octets, file, digest) {
  const key = await sshSigner(name, octets, digest);
  if (name !== `${file}.${key.fingerprint.slice(7, 23)}.sig`) {
    throw new Wrong(name, "is by another key than its name says", undefined, key.fingerprint);
  }
  return { key, where: name };
}

/** What the first amendment of a package builds on. */
function basisOf(package_) {
  const [claimed, assessed] = [CLAIMED, ASSESSED].map((path) => package_.document(path));
  const created = package_.document(LAST[0]).created;
  return { sealed: { claimed, assessed }, claimed, created, number: 1, previous: null };
}

/** Read the next amendment; gives what the one after it builds on. */
async function readAmendment(name, beside, basis, package_) {
  const octets = beside.get(name);
  const document = readStrictly(octets, name);
  if (!sameOctets(spelled(document), octets)) throw new Wrong(name, "is not in its one form");
  const problems = [...faultsOfAmendment(document, `${name} `)];
  if (problems.length === 0) {
    for (const [field, what, expected, found] of misfitsOfAmendment(document, basis, package_.id)) {
      problems.push(problem(`${name} ${field}`, what, expected, found));
    }
  }
  if (problems.length > 0) throw Object.assign(new Wrong(name, problems[0].what), { problems });
  const digest = await digestOf(octets);
  const signers = [];
  for (const other of [...beside.keys()].sort()) {
    const isOf = other.startsWith(`${name}.`) && kindOf(other, package_.name) === "of an amendment";
    if (isOf) signers.push(await signerBeside(other, beside.get(other), name, digest));
  }
  if (signers.length === 0) throw new Wrong(name, "nobody has signed it");
  package_.amendments.push({ name, created: document.created, note: document.note, signers });
  return { ...basis, claimed: document.claimed, created: document.created, number: basis.number + 1, previous: digest };
}

function* faultsOfAmendment(document, where) {
  const found = [...faultsOf(schemaOf("amendment"), document, where)];
  if (found.length === 0) {
    for (const layer of LAYERS) found.push(...faultsOf(schemaOf(layer), document[layer], where + layer));
    found.push(...faultsOf(schemaOf("case"), caseOf(document.claimed, document.assessed), where));
  }
  yield* found;
}

/** Where an amendment is not the next one of this package. */
function* misfitsOfAmendment(document, basis, id) {
  const due = { package: id, number: basis.number, previous: basis.previous };
  for (const [name, value] of Object.entries(due)) {
    if (document[name] !== value) yield [name, "is not what it builds on", shown(value), shown(document[name])];
  }
  if (!isMoment(document.created)) yield ["created", "is no moment"];
  if (document.created < basis.created) yield ["created", "is before that which it amends", basis.created, document.created];
  const { sealed } = basis;
  if (LAYERS.some((layer) => document[layer].case !== sealed.claimed.case)) {
    yield ["case", "is another case than that of the package", sealed.claimed.case];
  }
  if (document.claimed.source.url !== sealed.claimed.source.url) {
    yield ["claimed.source.url", "is another source than the one that was captured", sealed.claimed.source.url];
  }
  const before = basis.claimed.seed_text ?? null;
  if (before !== null && line(before) !== line(document.claimed.seed_text ?? null)) {
    yield ["claimed.seed_text", "is another seed text: that is another package's"];
  }
}
