// The checks in their order, and the verdict (docs/format.md §10, §12).

const MOST_PROBLEMS = 200;
const EXITS = { verified: 0, refused: 3, unreadable: 4, untrusted: 9 };

/** A package while it is checked, and what the checks so far have found. */
class Package {
  constructor(name, octets) {
    Object.assign(this, { name, octets, files: null, id: null, digest: null });
    Object.assign(this, { records: null, byId: null, seen: null, ours: false });
    this.signers = [];
    this.amendments = [];
    this.documents = new Map();
  }

  document(path) {
    if (!this.documents.has(path)) this.documents.set(path, readStrictly(this.files.get(path), path));
    return this.documents.get(path);
  }
}

/** Whether a package says that somebody signed it; what cannot be read says nothing. */
function bearsSignature(package_) {
  try {
    return Object.hasOwn(package_.document(LAST[1]), "signedData");
  } catch {
    return false;
  }
}

async function* checkContainer(package_) {
  package_.files = readContainer(package_.octets);
  yield* checkFiles(package_.files);
}

async function* checkWarc(package_) {
  package_.records = await readArchive(package_.files.get(WARC));
  yield* checkArchive(package_.records);
}

async function* checkAgreement(package_) {
  yield* checkCourse(package_);
  if (byRole(package_.seen, "source").length === 0) return;
  yield* checkExchanges(package_);
  yield* checkConnections(package_);
  yield* checkRecords(package_);
  yield* checkRequests(package_);
}

const CHECKS = [
  { name: "container", run: checkContainer },
  { name: "manifest", run: checkManifest },
  { name: "signature", run: checkSignature, isListed: bearsSignature },
  { name: "warc", run: checkWarc },
  { name: "documents", run: checkDocuments },
  { name: "agreement", run: checkAgreement },
  {
    name: "handshakes",
    run: checkHandshakes,
    isListed: ({ seen }) => seen?.exchanges.some((one) => one.tls && one.tls.signature !== null),
    proves: ({ seen }) => handshakesProve(seen),
  },
  {
    name: "derivation",
    run: checkDerived,
    proves: () => "ids, records, index, list of pages and manifest follow from the exhibits",
    leavesOut: NOT_DERIVED,
  },
];

/** Verify a package and what stands beside it, by name. `say` is told of each check. */
async function verify(name, octets, beside, say = async () => {}) {
  const package_ = new Package(name, octets);
  if (!looksLikePackage(octets)) return { package_, checks: [], isReadable: false };
  const checks = [];
  let failed = false;
  for (const kind of CHECKS) {
    if (kind.isListed && !kind.isListed(package_)) continue;
    await say(kind.name);
    const check = failed ? { status: "skipped", problems: [] } : await ran(kind, package_);
    failed ||= check.status === "failed";
    const proves = kind.proves?.(package_) ?? KNOWN.checks[kind.name].proves;
    checks.push({ name: kind.name, proves, ...check });
  }
  await say("file");
  package_.digest = await digestOf(octets);
  checks.push(...(await checkBeside(package_, beside, !failed)));
  if (failed) package_.signers = [];
  return { package_, checks, isReadable: true };
}

async function ran(kind, package_) {
  const problems = [];
  try {
    for await (const one of kind.run(package_)) {
      problems.push(one);
      if (problems.length === MOST_PROBLEMS) break;
    }
  } catch (fault) {
    if (fault instanceof NotHere) return { status: "not checked", problems, note: fault.message };
    problems.push(fault instanceof Wrong ? fault.problem : unreadable(fault));
  }
  if (problems.length > 0) return { status: "failed", problems };
  return { status: kind.leavesOut ? "in part" : "passed", problems, leavesOut: kind.leavesOut };
}

/** What cannot be read is never accepted. */
function unreadable(fault) {
  return problem("", `cannot be read (${fault.name}); please report this package`);
}

/** The one check that needs what a person knows from elsewhere. */
function checkIdentity(found, noted) {
  const proves = "the package is the one whose id you noted";
  if (found.package_.id === null) return { name: "identity", proves, status: "skipped", problems: [] };
  const right = found.package_.id === noted;
  const what = problem(found.package_.name, "has another id than the one that you noted", noted, found.package_.id);
  return { name: "identity", proves, status: right ? "passed" : "failed", problems: right ? [] : [what] };
}

/** The verdict on what was found; `noted` are the package id and the key's number that a person
 * has from elsewhere, or null. */
function judged(found, noted) {
  const { package_, isReadable } = found;
  const checks = [...found.checks, ...(isReadable && noted.id ? [checkIdentity(found, noted.id)] : [])];
  const isBad = (one) => ["failed", "skipped"].includes(one.status);
  const isTrusted = (signers) => signers.some(({ key }) => key.fingerprint === noted.key);
  let [verdict, cause] = ["verified", null];
  if (!isReadable) verdict = "unreadable";
  else if (checks.some(isBad)) verdict = "refused";
  else if (!package_.ours) cause = "not_rebuilt";
  else if (checks.some((one) => one.status === "not checked")) cause = "not_checked";
  else if (package_.signers.length === 0) cause = "unsigned";
  else if (![package_.signers, ...package_.amendments.map((one) => one.signers)].every(isTrusted)) cause = "unknown_key";
  if (cause !== null) verdict = "untrusted";
  return { checks, verdict, cause, exit: EXITS[verdict] };
}
