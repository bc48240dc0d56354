// The page: what is dropped in, and what is told of it. Text from outside becomes text, always.

const MOST_OCTETS_HERE = 2 ** 30;
const MOST_BESIDE = 8 << 20; // octets of one file beside a package
// What would not be seen, or would move what is: it is spelled out (as `archiver` does it).
const UNSEEN =
  /[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ud800-\udfff\u{e0000}-\u{e0fff}]/u;
const KINDS = { verified: "good", untrusted: "care", refused: "bad", unreadable: "bad" };
const CAUSES = {
  unsigned: "nobody signed it",
  unknown_key: "whose key it is, you have not said",
  not_rebuilt: "another version made it",
  not_checked: "this browser could not make every check",
};
const STATUS_KINDS = { passed: "good", failed: "bad", "in part": "care", "not checked": "care", skipped: "" };
// Options that change what can be seen, by the setting that tells of them.
const LEFT_OUT = { "--no-requisites": "requisites", "--no-probe": "probe" };
const GIVEN = {
  "--allow-private-addresses": "allow_private_addresses",
  "--control": "controls_given",
  "--proxy": "proxy",
  "--ca-file": "ca_file",
  "--resolver": "resolvers",
};
const OTHER_KEY = "the number you typed is not that of a key that signed";
const NOT_CHECKED = { stamp: "a time stamp", proof: "a proof from a ledger" };

const byId = (id) => document.getElementById(id);
const results = [];

/** An element with content: elements, and texts that can become nothing but text. */
function make(name, attributes, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  for (const one of content.flat(Infinity)) {
    if (one instanceof Node) made.append(one);
    else if (one !== null && one !== undefined) made.append(...visible(String(one)));
  }
  return made;
}

/** A text in pieces, of which those that nobody would see are spelled and marked. */
function visible(text) {
  const made = [];
  let plain = "";
  for (const one of text) {
    if (!UNSEEN.test(one)) {
      plain += one;
      continue;
    }
    const span = document.createElement("span");
    span.className = "x";
    const code = one.codePointAt(0).toString(16);
    span.textContent = code.length < 3 ? `\\x${code.padStart(2, "0")}` : `\\u${code.padStart(4, "0")}`;
    made.push(document.createTextNode(plain), span);
    plain = "";
  }
  return [...made, document.createTextNode(plain)];
}

function cut(text, most = 400) {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function chip(text, kind) {
  return make("span", { class: `chip ${kind}`.trim() }, text);
}

function grouped(digest) {
  return make("span", { class: "groups" }, digest.slice(7).match(/.{1,4}/g).join(" "));
}

/** A number as somebody types it: 64 hex digits in any grouping; null for nothing or another. */
function typed(field) {
  const text = byId(field).value.toLowerCase().replace(/sha256:|[^0-9a-z]/g, "");
  const right = /^[0-9a-f]{64}$/.test(text);
  const note = byId(`${field}-note`);
  note.dataset.plain ??= note.textContent;
  note.textContent = right || text === "" ? note.dataset.plain : `This is no such number: it has ${text.length} digits and letters, and 64 are due (0–9, a–f).`;
  note.classList.toggle("wrong", !right && text !== "");
  return right ? `sha256:${text}` : null;
}

// What is told of a package.

function sentenceOf(found, { verdict, checks }, noted) {
  if (verdict === "unreadable") return "Not a package: nothing could be examined.";
  if (verdict === "refused") {
    const bad = checks.find((one) => ["failed", "skipped"].includes(one.status));
    const beside = ["sidecar", "amendment"].includes(bad.name);
    return `Refused at check '${bad.name}'.${beside ? " The package file itself passed its checks." : ""}`;
  }
  const { package_ } = found;
  const { seen } = package_;
  const outcome = package_.document("evidence/outcome.json");
  const comparison = package_.document("evidence/comparison.json");
  const last = package_.amendments.at(-1);
  return [
    "Intact.",
    "Outcome and comparison were not derived again: this page cannot.",
    `Signer: ${signersOf(package_.signers, noted)}.`,
    "Time: the capturing machine's clock only, as far as this page looks.",
    `The package says: ${outcome.state} (${outcome.reason}) at ${seen.started}; text: ${comparison.result}.`,
    byRole(seen, "source").some((one) => one.response && one.tls && !one.tls.verified) ? "Server: identity not verified." : "",
    notDefault(seen),
    last ? `Amended after the sealing, last at ${last.created} by ${signersOf(last.signers, noted)}.` : "",
  ].filter(Boolean).join(" ");
}

/** What was not as it is by default, as a sentence. */
function notDefault({ clock, settings }) {
  const isGiven = (value) => (Array.isArray(value) ? value.length > 0 : Boolean(value));
  const words = [
    clock === "system" ? null : `clock from ${clock}`,
    ...Object.entries(LEFT_OUT).map(([option, name]) => (settings[name] === false ? option : null)),
    ...Object.entries(GIVEN).map(([option, name]) => (isGiven(settings[name]) ? option : null)),
  ].filter(Boolean);
  return words.length > 0 ? `Not default: ${words.join(", ")}.` : "";
}

function signersOf(signers, noted) {
  const words = signers.map(({ key, where }) => {
    const beside = where === "the package" ? "" : " (beside the package)";
    const unknown = noted.key ? "a key with another number than the one you typed" : "an unknown key";
    const known = key.fingerprint === noted.key ? "the key whose number you typed" : unknown;
    return `${known}${beside}`;
  });
  return [...new Set(words)].join(" and ") || "none, so anyone could have made this file: compare its id with one noted elsewhere";
}

/** Whether somebody typed a number, and no key that signed has it. */
function otherKey(signers, noted) {
  return noted.key !== null && signers.length > 0 && !signers.some(({ key }) => key.fingerprint === noted.key);
}

function shownResult(one, noted) {
  const { found, name } = one;
  const done = judged(found, noted);
  const { verdict, cause, exit, checks } = done;
  const chips = [chip(verdict, KINDS[verdict])];
  if (cause) chips.push(otherKey(found.package_.signers, noted) ? chip(OTHER_KEY, "bad") : chip(CAUSES[cause], ""));
  if (["verified", "untrusted"].includes(verdict)) chips.push(chip("not derived again here", "care"));
  const made = make("section", { "data-verdict": verdict, "data-cause": cause ?? "", "data-exit": exit },
    make("h2", {}, cut(name)),
    make("div", { class: `verdict ${KINDS[verdict]}` },
      make("p", { class: "chips" }, chips),
      make("p", { class: "say" }, sentenceOf(found, done, noted))),
    factsOf(one, noted),
    checks.length > 0 ? [make("h3", {}, "Checks"), make("ol", { class: "checks" }, checks.map(shownCheck))] : null,
    one.others.length > 0
      ? [make("h3", {}, "Not checked here"), make("ul", {}, one.others.map((other) => make("li", {}, cut(other))))]
      : null);
  return made;
}

function factsOf({ found, keys }, noted) {
  const { id, digest, signers } = found.package_;
  const rows = [];
  if (id) rows.push(["Package id", grouped(id)]);
  for (const { key, where } of signers) {
    const from = keys.filter((one) => one.fingerprint === key.fingerprint).map((one) => cut(one.name));
    const other = noted.key ? "not the number that you typed: have it read to you once more, and else trust nothing here" : null;
    const told = key.fingerprint === noted.key ? "the number that you typed" : other ?? "ask its holder to read this number to you, and type it above";
    rows.push([`Key that signed ${where === "the package" ? "it" : "beside it"}`,
      [grouped(key.fingerprint), make("br", {}), from.length > 0 ? `in ${from.join(", ")}; ${told}` : told]]);
  }
  if (digest) rows.push(["SHA-256 of the file", make("span", { class: "whole" }, digest.slice(7))]);
  return make("dl", { class: "facts" }, rows.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))));
}

function shownCheck(check) {
  const { name, status, proves, problems, note, leavesOut } = check;
  const explained = KNOWN.checks[name]?.explained;
  return make("li", { "data-check": name, "data-status": status },
    make("div", { class: "of" }, make("strong", {}, name), chip(status, STATUS_KINDS[status])),
    make("p", {}, ["passed", "in part"].includes(status) ? "" : "Would prove: ", proves, "."),
    note ? make("p", { class: "note" }, note, ".") : null,
    leavesOut && status === "in part" ? make("p", { class: "note" }, "Not derived again here: ", leavesOut.join("; "), ".") : null,
    problems.slice(0, 50).map(shownProblem),
    problems.length > 50 ? make("p", {}, `… and ${problems.length - 50} more`) : null,
    explained && status !== "in part" ? make("details", {}, make("summary", {}, "What it looks at"), make("p", {}, explained)) : null);
}

function shownProblem({ where, what, expected, found }) {
  const rows = [["place", where], ["expected", expected], ["found", found]].filter(([, value]) => value);
  return make("div", { class: "problem" }, make("p", {}, what),
    make("dl", {}, rows.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", { dir: "ltr" }, cut(String(value)))))));
}

function section(one, noted) {
  if (!one.error) return shownResult(one, noted);
  return make("section", { "data-verdict": "none" }, make("h2", {}, cut(one.name)), make("p", { class: "caution" }, one.error));
}

function showAll() {
  const noted = { key: typed("key"), id: typed("id") };
  byId("results").replaceChildren(...results.map((one) => section(one, noted)));
}

// What is dropped in.

let shownAt = 0;

/** Say what is being done, and let the browser show it now and then. */
async function say(text) {
  byId("status").textContent = text;
  if (performance.now() - shownAt < 100) return;
  await new Promise((done) => setTimeout(done));
  shownAt = performance.now();
}

async function take(files) {
  results.length = 0;
  showAll();
  const isPackage = (file) => file.name.toLowerCase().endsWith(".wacz");
  const packages = files.some(isPackage) ? files.filter(isPackage) : files.length === 1 ? files : [];
  const others = files.filter((file) => !packages.includes(file));
  const beside = new Map();
  const keys = [];
  for (const file of others) {
    if (file.size > MOST_BESIDE) continue;
    const octets = new Uint8Array(await file.arrayBuffer());
    beside.set(file.name, octets);
    const key = file.name.endsWith(".pem") ? await fromPem(octets) : null;
    if (key) keys.push({ name: file.name, fingerprint: key.fingerprint });
  }
  for (const file of packages) {
    results.push({ name: file.name, keys, others: leftOver(file.name, others, keys), ...(await examined(file, beside)) });
    byId("results").append(section(results.at(-1), { key: typed("key"), id: typed("id") }));
  }
  await say(packages.length > 0 ? "" : "There is no package among these files: its name ends in .wacz.");
  document.body.dataset.done = String(Number(document.body.dataset.done ?? 0) + 1);
}

/** What lies beside a package and is not checked here, in words. */
function leftOver(package_, others, keys) {
  const kinds = others.map(({ name }) => [name, kindOf(name, package_)]);
  const named = kinds.filter(([, kind]) => NOT_CHECKED[kind]).map(([name, kind]) => `${name}: ${NOT_CHECKED[kind]}`);
  const rest = kinds.filter(([name, kind]) => !kind && !keys.some((one) => one.name === name)).map(([name]) => name);
  if (rest.length === 0) return named;
  const shown = rest.slice(0, 20).join(", ") + (rest.length > 20 ? ", …" : "");
  return [...named, `${shown}: not looked at. Whoever made the folder wrote them, and nothing here shows that they say what the package says.`];
}

async function examined(file, beside) {
  if (file.size > MOST_OCTETS_HERE) {
    return { error: "This file is larger than 1 GiB, more than this page can hold. Nothing was checked; `archiver verify` can." };
  }
  try {
    await say(`Reading ${file.name}`);
    const octets = new Uint8Array(await file.arrayBuffer());
    return { found: await verify(file.name, octets, beside, (check) => say(`${file.name}: ${check}`)) };
  } catch (fault) {
    return { error: `It could not be read (${fault.name}). Nothing was checked.` };
  }
}

/** Whether a folder was dropped: Chromium tells a page from a file nothing of what is in one. */
function hasFolder(transfer) {
  return [...transfer.items].some((item) => item.webkitGetAsEntry?.()?.isDirectory);
}

function start() {
  for (const one of [
    `It does not derive again: ${NOT_DERIVED.join("; ")}. Where one of these does not follow from what was recorded, nobody would notice it here.`,
    "Time stamps (.tsr) and proofs from a ledger (.tlog-proof) are named, not checked.",
    "The capturing machine's clock is not compared with what the servers said of the time.",
    "Whether a key was revoked it cannot know: ask its holder.",
    `Of a package that is not by ${KNOWN.software}, what only its own version knows is not checked.`,
  ]) byId("limits").append(make("li", {}, one));
  if (!globalThis.crypto?.subtle) {
    byId("status").textContent = "This browser gives a page that was opened from a file no cryptography, so nothing can be checked here. Chromium and Firefox do.";
    return;
  }
  const drop = byId("drop");
  byId("files").addEventListener("change", (event) => {
    const files = [...event.target.files];
    event.target.value = ""; // or the same files could not be chosen again
    take(files);
  });
  for (const field of ["key", "id"]) byId(field).addEventListener("input", showAll);
  byId("given").addEventListener("submit", (event) => event.preventDefault());
  for (const kind of ["dragenter", "dragover"]) {
    document.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  for (const kind of ["dragleave", "drop"]) document.addEventListener(kind, () => drop.classList.remove("over"));
  document.addEventListener("drop", async (event) => {
    event.preventDefault();
    if (hasFolder(event.dataTransfer)) await say("That is a folder: open it, and drop the files in it.");
    else await take([...event.dataTransfer.files]);
  });
  document.body.dataset.ready = "true";
}

start();
