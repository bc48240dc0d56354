// Check 3: the web archive (docs/format.md §5).

const WARC = "archive/data.warc";
const FIELDS = [
  "WARC-Type", "WARC-Record-ID", "WARC-Date", "WARC-Target-URI", "WARC-IP-Address",
  "WARC-Concurrent-To", "WARC-Truncated", "WARC-Payload-Digest", "WARC-Block-Digest",
  "Content-Type", "Content-Length",
];
const ALWAYS = [...FIELDS.slice(0, 3), ...FIELDS.slice(-3)];
const RECORD_TYPES = ["warcinfo", "response", "request", "metadata", "resource"];
const TRUNCATED = ["length", "time", "disconnect", "unspecified"];
const ID = /^<urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}>$/;
const MOST_RECORDS = 65536;

/** All records, in order; of a response also what its octets give. */
async function readArchive(octets) {
  const records = [];
  for (let at = 0; at < octets.length; at += records.at(-1).size) {
    if (records.length === MOST_RECORDS) throw new Wrong(WARC, "has more records than it may have");
    records.push(await readRecord(octets, at));
  }
  if (records.length === 0) throw new Wrong(WARC, "has no record");
  return records;
}

async function readRecord(octets, at) {
  const where = `${WARC} octet ${at}`;
  const end = find(octets, "\r\n\r\n", at, at + 65536 + 10);
  if (!startsWith(octets, "WARC/1.1\r\n", at) || end < 0) throw new Wrong(where, "no record begins here");
  const { values, beside } = readFields(latin1(octets.subarray(at + 10, end + 2)), where);
  const start = end + 4;
  const after = start + Number(values["Content-Length"]);
  const block = octets.subarray(start, after);
  if (block.length !== after - start || !startsWith(octets, "\r\n\r\n", after)) {
    throw new Wrong(where, "the record has no end where it should");
  }
  const digest = await digestOf(block);
  if (values["WARC-Block-Digest"] !== digest) {
    throw new Wrong(where, "the block has another digest than the record says", values["WARC-Block-Digest"], digest);
  }
  const record = {
    id: values["WARC-Record-ID"].slice(1, -1),
    type: values["WARC-Type"],
    date: values["WARC-Date"],
    uri: values["WARC-Target-URI"] ?? null,
    ip: values["WARC-IP-Address"] ?? null,
    beside,
    truncated: values["WARC-Truncated"] ?? null,
    payload: values["WARC-Payload-Digest"] ?? null,
    contentType: values["Content-Type"],
    block,
    digest,
    offset: at,
    size: after + 4 - at,
    whole: await digestOf(octets.subarray(at, after + 4)),
    response: null,
  };
  if (record.type === "response") {
    const { body, ...read } = readResponse(block);
    record.response = { ...read, size: body.length, digest: await digestOf(body) };
  }
  return record;
}

/** The fields of a record's head, each in its form; `beside` are the ids of concurrent ones. */
function readFields(text, where) {
  const values = {};
  const beside = [];
  let last = -1;
  for (const one of text.split(/(?<=\r\n)/)) {
    const match = /^([A-Za-z-]+): ([!-~](?:[ -~]*[!-~])?)\r\n$/.exec(one);
    const place = match ? FIELDS.indexOf(match[1]) : -1;
    const again = place === last && FIELDS[place] === "WARC-Concurrent-To";
    if (place < 0) throw new Wrong(where, "has a field that records do not have", undefined, one.slice(0, 80));
    if (place <= last && !again) throw new Wrong(where, `has ${match[1]} twice, or not in its place`);
    if (match[1] === "WARC-Concurrent-To") beside.push(match[2]);
    else values[match[1]] = match[2];
    last = place;
  }
  const missing = ALWAYS.find((name) => !Object.hasOwn(values, name));
  if (missing) throw new Wrong(where, `has no ${missing}`);
  if (!RECORD_TYPES.includes(values["WARC-Type"])) throw new Wrong(where, "is of a type that there is not");
  if (![values["WARC-Record-ID"], ...beside].every((one) => ID.test(one))) {
    throw new Wrong(where, "has an id that is none");
  }
  if (!/^(?:0|[1-9][0-9]{0,17})$/.test(values["Content-Length"])) throw new Wrong(where, "has no length");
  const payload = values["WARC-Payload-Digest"];
  if (payload !== undefined && !/^sha256:[0-9a-f]{64}$/.test(payload)) {
    throw new Wrong(where, "has a digest that is none", undefined, payload);
  }
  if (!isMoment(values["WARC-Date"])) {
    throw new Wrong(where, "has a date that is no moment", undefined, values["WARC-Date"]);
  }
  return { values, beside: beside.map((one) => one.slice(1, -1)) };
}

function* checkArchive(records) {
  const ids = new Set(records.map((one) => one.id));
  if (ids.size !== records.length) yield problem(WARC, "has an id twice");
  for (const [number, one] of records.entries()) {
    const where = `${WARC} record ${number}`;
    if ((number === 0) !== (one.type === "warcinfo")) {
      yield problem(where, "only the first record is the warcinfo", undefined, one.type);
    }
    if (one.beside.some((id) => id === one.id || !ids.has(id))) {
      yield problem(where, "is concurrent to a record that is not here, or to itself");
    }
    yield* checkRecord(one, where);
  }
}

function* checkRecord(one, where) {
  if ((one.uri === null) !== (one.type === "warcinfo")) yield problem(where, "has no target, or one too many");
  const due = `application/http;msgtype=${one.type}`;
  if (["request", "response"].includes(one.type) && one.contentType !== due) {
    yield problem(where, "has another content type", due, one.contentType);
  }
  if (one.truncated !== null && !TRUNCATED.includes(one.truncated)) {
    yield problem(where, "is truncated for a reason that there is not", undefined, one.truncated);
  }
  if (one.type !== "response") {
    if (one.truncated !== null || one.payload !== null) yield problem(where, "says what only a response says");
  } else if (one.payload !== null && one.payload !== one.response.digest && !isNoResponse(one.block, one.response)) {
    yield problem(where, "the payload has another digest than the record says", one.payload, one.response.digest);
  }
}
