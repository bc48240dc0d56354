// Messages of name servers (docs/format.md §5.2; RFC 1035 §4).

const RESULTS = { 2: "servfail", 3: "nxdomain", 5: "refused" };
const DNS_TYPES = { 1: "A", 5: "CNAME", 6: "SOA", 28: "AAAA", 41: "OPT" };
const NOTHING = { addresses: [], aliases: [], seconds: null, soa: null };

/** What a message says of a name and a type; null where nothing is read of it. */
function readMessage(octets, name, kind) {
  try {
    return message(octets, name, kind);
  } catch {
    return null;
  }
}

function message(octets, name, kind) {
  const reader = new Reader(octets);
  const [number, flags, many, ...counts] = Array.from({ length: 6 }, () => reader.number(2));
  if (Math.max(many, counts[0] + counts[1] + counts[2]) > 4096) throw new RangeError("too many");
  const asked = [];
  for (let count = 0; count < many; count++) {
    const of = nameAt(reader);
    asked.push([of.toLowerCase(), dnsType(reader)]);
  }
  const records = [];
  for (const [section, count] of counts.entries()) {
    for (let left = count; left > 0; left--) {
      const of = nameAt(reader);
      const type = dnsType(reader);
      const seconds = reader.number(4);
      const size = reader.number(2);
      records.push({ section, of, type, seconds, at: reader.at, data: reader.take(size) });
    }
  }
  const code = (records.find((one) => one.type === "OPT")?.seconds ?? 0) >>> 24;
  return { number, isAnswer: flags >= 0x8000, asked, said: told(octets, records, code * 16 + (flags & 15), name, kind) };
}

function told(octets, records, code, name, kind) {
  const inAnswer = (type) => records.filter((one) => one.section === 0 && one.type === type);
  const answers = inAnswer(kind);
  const aliases = inAnswer("CNAME").map((one) => nameAt(readerAt(octets, one.at)));
  const addresses = answers.map((one) => {
    if (one.data.length !== { A: 4, AAAA: 16 }[kind]) throw new RangeError("no address");
    return ipText([...one.data]);
  });
  const said = { ...NOTHING, aliases: [...new Set(aliases)] };
  said.result = code === 0 ? (answers.length > 0 ? "answered" : "nodata") : (RESULTS[code] ?? "failed");
  if (said.result === "answered") {
    said.addresses = [...new Set(addresses)];
    said.seconds = Math.min(...answers.map((one) => (one.seconds < 2 ** 31 ? one.seconds : 0)));
  }
  if (["nodata", "nxdomain"].includes(said.result)) {
    const zones = records.filter((one) => one.section === 1 && one.type === "SOA");
    said.soa = authority(octets, zones, [name, ...said.aliases].map(bare));
  }
  return said;
}

function bare(name) {
  return name.toLowerCase().replace(/\.+$/, "");
}

function authority(octets, zones, below) {
  for (const one of zones) {
    const zone = bare(one.of);
    if (!below.some((name) => zone === "" || name === zone || name.endsWith(`.${zone}`))) continue;
    const reader = readerAt(octets, one.at);
    nameAt(reader);
    nameAt(reader);
    const [serial, , , , minimum] = Array.from({ length: 5 }, () => reader.number(4));
    return { zone: one.of, serial, minimum };
  }
  return null;
}

function readerAt(octets, at) {
  const reader = new Reader(octets);
  reader.at = at;
  return reader;
}

function dnsType(reader) {
  const number = reader.number(2);
  return reader.number(2) === 1 || number === 41 ? (DNS_TYPES[number] ?? null) : null;
}

/** The name that begins here; the reader goes on behind it. */
function nameAt(reader) {
  const { octets } = reader;
  let [at, start, end, size, text] = [reader.at, reader.at, null, 0, ""];
  for (;;) {
    if (at >= octets.length) throw new RangeError("ends early");
    const length = octets[at];
    if (length === 0) break;
    if (length >= 0xc0) {
      end ??= at + 2;
      at = (length & 63) * 256 + octets[at + 1];
      if (!(at < start)) throw new RangeError("leads on");
      start = at;
      continue;
    }
    const octetsOf = octets.subarray(at + 1, at + 1 + length);
    size += octetsOf.length + 1;
    if (length > 63 || octetsOf.length < length || size > 255) throw new RangeError("no label");
    text += `${[...octetsOf].map(nameCharacter).join("")}.`;
    at += 1 + length;
  }
  reader.at = end ?? at + 1;
  return text || ".";
}

function nameCharacter(octet) {
  const character = String.fromCharCode(octet);
  if ('"().;\\@$'.includes(character)) return `\\${character}`;
  return octet >= 0x21 && octet <= 0x7e ? character : `\\${String(octet).padStart(3, "0")}`;
}

/** Everything in which a look-up is not what its messages say. */
function* misfitsOfLookup(said, name, question, answer) {
  const put = question && readMessage(question, said.name, said.type);
  const due = line([[`${bare(said.name)}.`, said.type]]);
  if (said.name !== name) yield ["is of another name than the one that was connected to", name, said.name];
  if (question && (!put || put.isAnswer || line(put.asked) !== due)) yield ["its question is for another name"];
  if (answer && !question) yield ["there is an answer without a question"];
  const found = answer && readMessage(answer, said.name, said.type);
  let shown = null;
  if (put && found && found.isAnswer && found.number === put.number) {
    const open = ["servfail", "refused", "failed"].includes(found.said.result);
    if (line(found.asked) === due || (open && found.asked.length === 0)) shown = found.said;
  }
  const silent = !answer && said.result === "timeout" ? "timeout" : "failed";
  shown ??= { ...NOTHING, result: silent };
  for (const part of ["result", "addresses", "aliases", "seconds", "soa"]) {
    const [theirs, ours] = [line(shown[part]), line(said[part])];
    if (theirs !== ours) yield [`its ${part} is not what its answer says`, theirs, ours];
  }
}
