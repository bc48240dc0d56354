// Check 8, as far as it goes without the rules of outcome and comparison (docs/format.md §4–6).

const CONFORMS = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/";

/** What this page does not derive again. It is told wherever the verdict is. */
const NOT_DERIVED = [
  "the outcome (captured, absent, blocked …)",
  "the comparison (which passages stand on the page)",
  "the forms of an included seed text",
  "the page's title in the list of pages",
];

async function* checkDerived(package_) {
  const { files, records, ours } = package_;
  if (!sameOctets(files.get("indexes/index.cdx"), indexOf(records))) {
    yield problem("indexes/index.cdx", "is not the index of these records");
  }
  yield* checkPages(package_);
  if (files.has(SEED_TEXT) && !files.has(SEED)) yield problem(SEED, "is missing beside the seed text");
  if (!ours) return;
  const { seen } = package_;
  const { url, moment } = mainPage(byRole(seen, "source"));
  const listed = package_.document(LAST[0]);
  const due = {
    created: listed.created,
    description: `Evidence package for <${seen.source}>`,
    id: seen.capture_id,
    mainPageDate: moment,
    mainPageUrl: url,
    name: `archiver-${seen.capture_id.slice(9)}`,
    profile: "data-package",
    resources: listed.resources,
    software: seen.software,
    title: package_.document(CLAIMED).claimed.title || seen.source,
    wacz_version: "1.1.1",
  };
  for (const name of new Set([...Object.keys(due), ...Object.keys(listed)])) {
    const [ours, theirs] = [due[name] ?? null, listed[name] ?? null];
    if (line(ours) !== line(theirs)) yield problem(`${LAST[0]} ${name}`, "is not what follows from the capture", shown(ours), shown(theirs));
  }
  yield* checkPlan(package_);
}

/** An id from a digest (RFC 9562 §5.8). */
function uuid8(digest) {
  const octets = fromHex(digest.slice(7, 39));
  octets[6] = (octets[6] & 15) | 0x80;
  octets[8] = (octets[8] & 63) | 0x80;
  return `urn:uuid:${hex(octets).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")}`;
}

/** Whether the records are those that follow from capture.json and the octets of the wire. */
async function* checkPlan(package_) {
  const { seen, records, byId } = package_;
  const early = new Map();
  for (const one of records) {
    if (one.type !== "resource" || !one.uri.startsWith(INTERIM)) continue;
    for (const beside of one.beside.length > 0 ? one.beside : [one.uri]) early.set(beside, one);
  }
  const interimOf = (one) => early.get(one.response?.record ?? one.request ?? INTERIM + one.url) ?? null;
  const capture = await digestOf(utf8(line(withoutIds(seen, byId, interimOf))));
  if (seen.capture_id !== uuid8(capture)) {
    yield problem(`${CAPTURE} capture_id`, "does not follow from what was recorded", uuid8(capture), seen.capture_id);
    return;
  }
  const due = [];
  for (const one of await planned(seen, byId, interimOf, capture)) {
    const named = line([due.length, one.type, one.uri, one.date, one.digest]);
    const id = uuid8(await digestOf(joined([fromHex(capture.slice(7)), utf8(named)])));
    due.push({ ...one, id });
    if (one.told !== null && one.told !== id) {
      yield problem(`${WARC} record ${due.length - 1}`, "has an id that does not follow from its content", id, one.told);
    }
  }
  if (records.length !== due.length) {
    yield problem(WARC, "has more records than follow from capture.json, or fewer", `${due.length}`, `${records.length}`);
  }
  for (const [number, one] of due.slice(0, records.length).entries()) {
    const beside = one.beside === null ? [] : [due[one.beside].id];
    const asDue = { ...one, beside };
    for (const name of ["id", "type", "date", "uri", "ip", "beside", "truncated", "payload", "contentType", "digest"]) {
      const [theirs, ours] = [asDue[name], records[number][name]];
      if (line(theirs) !== line(ours)) {
        yield problem(`${WARC} record ${number}`, `its ${name} is not what follows from capture.json`, shown(theirs), shown(ours));
      }
    }
  }
}

/** capture.json in which the digest of a record's block stands for its id (section 6). */
function withoutIds(seen, byId, interimOf) {
  const copy = JSON.parse(line(seen));
  const digest = (id) => (id === null ? null : (byId.get(id)?.digest ?? id));
  copy.capture_id = null;
  for (const [number, one] of copy.exchanges.entries()) {
    one.interim = interimOf(seen.exchanges[number])?.digest ?? null;
    one.request = digest(one.request);
    if (one.response) one.response.record = digest(one.response.record);
    for (const part of ["certificates", "handshake"]) if (one.tls) one.tls[part] = digest(one.tls[part]);
    for (const part of ["request", "answer"]) if (one.proxy) one.proxy[part] = digest(one.proxy[part]);
    for (const asked of one.lookups) {
      for (const part of ["question", "answer"]) asked[part] = digest(asked[part]);
    }
  }
  return copy;
}

/** The records that are due, in order. `told` is the id that capture.json has, `beside` the
 * number of the record that it is concurrent to. */
async function planned(seen, byId, interimOf, capture) {
  const due = [];
  const add = (type, date, uri, ip, more) =>
    due.push({ type, date, uri, ip, told: null, beside: null, truncated: null, payload: null, ...more }) - 1;
  const software = [["software", seen.software], ["format", "WARC File Format 1.1"], ["conformsTo", CONFORMS], ["isPartOf", uuid8(capture)]];
  add("warcinfo", seen.started, null, null, { contentType: WARC_FIELDS, digest: await fieldsDigest(software) });
  for (const one of seen.exchanges) {
    const here = [one.date, one.url, one.ip];
    let beside = null;
    if (one.response) {
      const { response, digest } = byId.get(one.response.record);
      const plain = ["none", "length", "close"].includes(response.framing) && response.head?.endsWell && response.extra === 0;
      beside = add("response", ...here, {
        told: one.response.record,
        truncated: one.response.truncated,
        payload: plain ? response.digest : null,
        contentType: "application/http;msgtype=response",
        digest,
      });
    }
    if (one.request) {
      const { digest } = byId.get(one.request);
      const at = add("request", ...here, { told: one.request, beside, contentType: "application/http;msgtype=request", digest });
      beside ??= at;
    }
    const interim = interimOf(one);
    const also = interim ? [["", interim.id, INTERIM + one.url, OCTETS]] : [];
    for (const [, told, uri, contentType] of [...also, ...attachmentsOf(one)]) {
      if (told) add("resource", one.date, uri, one.ip, { told, beside, contentType, digest: byId.get(told).digest });
    }
    for (const digest of await ownWords(one, !one.response && !interim)) {
      add("metadata", ...here, { beside, contentType: WARC_FIELDS, digest });
    }
  }
  await addPage(add, seen);
  return due;
}

function fieldsDigest(pairs) {
  return digestOf(utf8(pairs.map(([name, value]) => `${name}: ${value}\r\n`).join("")));
}

async function ownWords(one, silent) {
  if (one.fault) {
    return [await fieldsDigest([
      ["fetchOutcome", silent ? "no-response" : "no-http-response"],
      ["fetchErrorPhase", one.phase],
      ["fetchErrorType", one.fault.type],
      ["fetchErrorMessage", one.fault.message],
    ])];
  }
  return one.tls && !one.tls.verified ? [await fieldsDigest([["serverIdentity", "not verified"]])] : [];
}

async function addPage(add, seen) {
  const hops = byRole(seen, "source");
  const { url, date } = hops[0];
  const urls = {};
  for (const one of hops) {
    urls[one.url] = { status: statusOf(one) ?? 0, ...(one.fault ? { error: one.fault.type } : {}) };
  }
  const page = uuid8(await digestOf(utf8(`${seen.source} ${date}`))).slice(9);
  const info = spelled({ pageid: page, url, ts: date, urls });
  add("resource", date, PAGEINFO + url, null, { contentType: "application/json", digest: await digestOf(info) });
  if (statusOf(hops.at(-1)) !== null) return;
  const digest = await digestOf(utf8(attemptPage(seen.software, hops)));
  add("resource", date, ATTEMPT + url, null, { contentType: "text/html; charset=utf-8", digest });
}

function escaped(text) {
  const names = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };
  return text.replace(/[&<>"']/g, (one) => names[one]);
}

/** The page that an attempt without an answer leaves. It is only digested here, never shown. */
function attemptPage(software, hops) {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Attempt record: ${escaped(hops[0].url)}</title></head>
<body>
<h1>Attempt record</h1>
<p>This page was written by ${escaped(software)}. It is not a page of the site. It says what an attempt to fetch the address below came to; what may be concluded from it stands elsewhere in the package.</p>
${hops.map(attemptRow).join("")}</body>
</html>
`;
}

function attemptRow(one) {
  const tried = (one.proxy ?? one).addresses.map(({ ip, port, result }) => `${ip} port ${port}: ${result}`).join(", ");
  const happened = one.fault ? `${one.fault.message} (${one.fault.type})` : `HTTP status ${statusOf(one)}`;
  return `<h2>${escaped(one.url)}</h2>
<dl>
<dt>Started</dt><dd>${one.date}</dd>
<dt>Came as far as</dt><dd>${one.phase}</dd>
<dt>Addresses tried${one.proxy ? " (the proxy's)" : ""}</dt><dd>${escaped(tried || "none")}</dd>
<dt>What happened</dt><dd>${escaped(happened)}</dd>
</dl>
`;
}
