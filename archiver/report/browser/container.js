// Checks 1 and 2: the container and the manifests (docs/format.md §2, §4).

const LAST = ["datapackage.json", "datapackage-digest.json"];
const MEDIA_TYPES = {
  "archive/data.warc": "application/warc",
  "evidence/assessed.json": "application/json",
  "evidence/capture.json": "application/json",
  "evidence/case.jsonschema.json": "application/schema+json",
  "evidence/claimed.json": "application/json",
  "evidence/comparison.json": "application/json",
  "evidence/manifest-sha256.txt": "text/plain",
  "evidence/outcome.json": "application/json",
  "evidence/seed.json": "application/json",
  "evidence/seed.txt": "text/plain",
  "indexes/index.cdx": "text/x-cdxj",
  "pages/pages.jsonl": "application/jsonl",
};
const OPTIONAL = ["evidence/seed.json", "evidence/seed.txt"];
const SUMS = "evidence/manifest-sha256.txt";
const MOST_ENTRIES = 4096;

/** Whether a file is a package at all; of another one no check is made. */
function looksLikePackage(octets) {
  if (startsWith(octets, "PK\x03\x04")) return true;
  return find(octets, "PK\x05\x06", Math.max(0, octets.length - 65557)) >= 0;
}

/** The files by their names. Throws `Wrong` for every octet that is not due. */
function readContainer(octets) {
  const files = new Map();
  const directory = [];
  let at = 0;
  let before = "";
  while (startsWith(octets, "PK\x03\x04", at) && octets.length >= at + 30) {
    const head = new DataView(octets.buffer, octets.byteOffset + at, 30);
    const [crc, size, length] = [head.getUint32(14, true), head.getUint32(22, true), head.getUint16(26, true)];
    const name = latin1(octets.subarray(at + 30, at + 30 + length));
    if (length > 200 || !/^[a-z0-9][a-z0-9._-]*(?:\/[a-z0-9][a-z0-9._-]*)?$/.test(name)) {
      throw new Wrong(`octet ${at}`, "an entry has a name that is not allowed", undefined, name.slice(0, 200));
    }
    const due = header(0x04034b50, [], crc, size, name, []);
    const start = at + due.length;
    const body = octets.subarray(start, start + size);
    if (!sameOctets(octets.subarray(at, start), due) || body.length !== size) {
      throw new Wrong(`octet ${at}`, `the header of ${name} is not in its one form`);
    }
    const found = crc32(body);
    if (found !== crc) {
      throw new Wrong(name, "its octets have another CRC-32", crc.toString(16), found.toString(16));
    }
    if (before !== "" && compareNames(before, name) >= 0) {
      throw new Wrong(name, "stands twice, or not in its place");
    }
    directory.push(header(0x02014b50, [2, 0x0314], crc, size, name, [2, 0, 2, 0, 2, 0, 4, 0x81a40000, 4, at]));
    files.set(name, body);
    before = name;
    at = start + size;
    if (files.size > MOST_ENTRIES) throw new Wrong(`octet ${at}`, "more entries than a package may have");
  }
  const listed = joined(directory);
  const many = files.size;
  const end = numbers([4, 0x06054b50, 2, 0, 2, 0, 2, many, 2, many, 4, listed.length, 4, at, 2, 0]);
  if (!sameOctets(octets.subarray(at), joined([listed, end]))) {
    throw new Wrong(`octet ${at}`, "the directory is not the one that these entries have");
  }
  return files;
}

function header(signature, first, crc, size, name, behind) {
  const fields = [4, signature, ...first, 2, 20, 2, 0, 2, 0, 2, 0, 2, 0x21, 4, crc, 4, size, 4, size];
  return joined([numbers([...fields, 2, name.length, 2, 0, ...behind]), utf8(name)]);
}

/** Numbers, each behind its size in octets, in little-endian order. */
function numbers(fields) {
  const made = [];
  for (let at = 0; at < fields.length; at += 2) {
    for (let octet = 0; octet < fields[at]; octet++) {
      made.push(Math.floor(fields[at + 1] / 256 ** octet) & 255);
    }
  }
  return Uint8Array.from(made);
}

function compareNames(one, other) {
  return LAST.indexOf(one) - LAST.indexOf(other) || byCodePoints(one, other);
}

function* checkFiles(files) {
  for (const name of [...Object.keys(MEDIA_TYPES), ...LAST]) {
    if (!files.has(name) && !OPTIONAL.includes(name)) yield problem(name, "is missing");
  }
  for (const name of files.keys()) {
    if (!Object.hasOwn(MEDIA_TYPES, name) && !LAST.includes(name)) {
      yield problem(name, "is a file that no package has");
    }
  }
}

async function* checkManifest(package_) {
  const { files } = package_;
  const [listed, digest] = LAST.map((name) => package_.document(name));
  for (const name of LAST) yield* checkForm(package_, name);
  package_.id = await digestOf(files.get(LAST[0]));
  if (digest.hash !== package_.id) {
    yield problem(`${LAST[1]} hash`, "is not the digest of datapackage.json", package_.id, shown(digest.hash ?? null));
  }
  if (digest.path !== LAST[0]) yield problem(`${LAST[1]} path`, "names another file", LAST[0]);
  for (const name of Object.keys(digest)) {
    if (!["hash", "path", "signedData"].includes(name)) {
      yield problem(`${LAST[1]} ${name.slice(0, 60)}`, "is not allowed there");
    }
  }
  const due = [];
  for (const path of [...files.keys()].filter((name) => !LAST.includes(name)).sort(byCodePoints)) {
    due.push({
      bytes: files.get(path).length,
      hash: await digestOf(files.get(path)),
      mediatype: MEDIA_TYPES[path],
      name: path.replaceAll("/", "-"),
      path,
    });
  }
  yield* checkResources(listed.resources, due);
  const sums = due.filter((one) => one.path !== SUMS).map((one) => `${one.hash.slice(7)}  ${one.path}\n`);
  if (!sameOctets(files.get(SUMS), utf8(sums.join("")))) {
    yield problem(SUMS, "is not the list of these files and their digests");
  }
}

function* checkResources(listed, due) {
  if (!Array.isArray(listed) || listed.length !== due.length) {
    yield problem(`${LAST[0]} resources`, "do not name every file once, and no other", `${due.length} files`);
    return;
  }
  for (const [at, one] of due.entries()) {
    if (line(listed[at]) === line(one)) continue;
    const said = isObject(listed[at]) ? listed[at] : {};
    const member = Object.keys(one).find((name) => said[name] !== one[name]);
    const where = `${LAST[0]} resources[${at}]${member ? `.${member}` : ""}`;
    yield problem(where, `is not that of ${one.path}`, shown(member ? one[member] : one), shown((member ? said[member] : listed[at]) ?? null));
  }
}

function* checkForm(package_, path) {
  if (!sameOctets(package_.files.get(path), spelled(package_.document(path)))) {
    yield problem(path, "is not in its one form");
  }
}
