// Check 6, the rules of shared connections, records, requests and attachments (docs/format.md).

const INTERIM = "urn:archiver:interim:";
const PAGEINFO = "urn:pageinfo:";
const WARC_FIELDS = "application/warc-fields";
const OCTETS = "application/octet-stream";
const MOST_ATTACHED = 1 << 20;
const MOST_ASKED = 256 << 10;
const ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/** The numbers of the exchanges of each connection. */
function connectionsOf(many) {
  const found = new Map();
  for (const [number, one] of many.entries()) {
    if (one.connection !== null) found.set(one.connection, [...(found.get(one.connection) ?? []), number]);
  }
  return found;
}

/** The exchanges that did not go over a connection that was there before. */
function openersOf(many) {
  const later = new Set([...connectionsOf(many).values()].flatMap((numbers) => numbers.slice(1)));
  return new Set([...many.keys()].filter((number) => !later.has(number)));
}

function* checkConnections({ seen, byId }) {
  const many = seen.exchanges;
  const found = connectionsOf(many);
  const counted = [...found.keys()].every((connection, at) => connection === at + 1);
  if (!counted || many.some((one) => (one.connection === null) !== (one.ip === null))) {
    yield problem(CAPTURE, "the connections are not numbered by their first exchanges");
  }
  const handshakes = new Set();
  for (const numbers of found.values()) {
    for (const [before, number] of pairsOf(numbers)) {
      const where = `${CAPTURE} exchanges[${number}]`;
      if (!isShared(many[numbers[0]], many[before], many[number])) {
        yield problem(where, "it cannot have gone over the connection of another one");
      }
      if (!isLeftOpen(many[before], byId)) yield problem(where, "it went over a connection that had been closed");
    }
    const digest = byId.get(many[numbers[0]].tls?.handshake)?.digest;
    if (digest && handshakes.has(digest)) yield problem(CAPTURE, "two connections have one handshake");
    handshakes.add(digest);
  }
}

function isShared(first, before, one) {
  const server = (of) => serverOf(of.url) + line([of.ip, of.port]);
  const fresh = one.addresses.length > 0 || one.lookups.length > 0 || one.tls !== null;
  const roles = first.role === "requisite" && one.role === "requisite";
  const goesOn = before.phase === "done" && one.date >= before.date && ["request", "response", "done"].includes(one.phase);
  return roles && server(first) === server(one) && !fresh && goesOn;
}

function isLeftOpen(one, byId) {
  const [asked, answered] = [byId.get(one.request), byId.get(one.response?.record)];
  if (!asked || !answered?.response || asked.block.length > MOST_ATTACHED) return false;
  const { head, framing, complete, extra } = answered.response;
  if (!head || head.version !== "1.1" || head.status === 101 || !complete || extra > 0) return false;
  if ([...new Head(asked.block).words("connection"), ...head.words("connection")].includes("close")) return false;
  const codings = head.all("transfer-encoding").map((value) => value.toLowerCase());
  const lengths = head.all("content-length");
  if (framing === "length") return codings.length === 0;
  if (framing === "chunked") return line(codings) === '["chunked"]' && lengths.length === 0;
  return framing === "none" && codings.length === 0 && lengths.every((value) => value === "0");
}

/** What an exchange has besides HTTP: part, record id, target URI, content type. */
function attachmentsOf(one) {
  const found = [];
  for (const [number, asked] of one.lookups.entries()) {
    for (const part of ["question", "answer"]) {
      const uri = `urn:archiver:dns-${part}:${asked.server}:${asked.type}:${asked.name}`;
      found.push([`${part}.${number}`, asked[part], uri, "application/dns-message"]);
    }
  }
  for (const part of one.proxy ? ["request", "answer"] : []) {
    found.push([`proxy.${part}`, one.proxy[part], `urn:archiver:proxy-${part}:${one.url}`, OCTETS]);
  }
  if (one.tls) {
    const peer = one.tls.server_name + (one.port === null ? "" : `:${one.port}`);
    const { certificates, handshake } = one.tls;
    found.push(["certificates", certificates, `urn:archiver:tls-chain:${peer}`, "application/pem-certificate-chain"]);
    found.push(["handshake", handshake, `urn:archiver:tls-handshake:${peer}`, OCTETS]);
  }
  return found;
}

async function* checkRecords({ seen, byId, records }) {
  if (records.some((one) => one.date < seen.started || one.date > seen.ended)) {
    yield problem(WARC, "a record is dated outside the capture");
  }
  const named = new Set();
  for (const [number, one] of seen.exchanges.entries()) {
    for await (const [what, expected, found] of misfitsOf(one, seen, byId, named)) {
      yield problem(`${CAPTURE} exchanges[${number}]`, what, expected, found);
    }
    const early = INTERIM + one.url;
    if (faultOf(one) === "http.invalid" && !one.response && !records.some((record) => record.uri === early)) {
      yield problem(`${CAPTURE} exchanges[${number}]`, "octets are said to have come that were no HTTP, and are not here");
    }
  }
  const urls = new Set(seen.exchanges.map((one) => one.url));
  for (const [number, one] of records.entries()) {
    if (number > 0) yield* checkUnnamed(one, `${WARC} record ${number}`, named, urls);
  }
}

/** A record that no exchange names may only be one of our own kinds, about an exchange. */
function* checkUnnamed(one, where, named, urls) {
  const isAbout = (start) => one.uri.startsWith(start) && urls.has(one.uri.slice(start.length));
  const own = one.type === "resource" && [ATTEMPT, INTERIM, PAGEINFO].some(isAbout);
  const metadata = one.type === "metadata" && one.contentType === WARC_FIELDS && urls.has(one.uri);
  if (!named.has(one.id) && !own && !metadata) yield problem(where, `no exchange speaks of this ${one.type}`, undefined, one.id);
  if (own && one.uri.startsWith(INTERIM) && !isInterimOnly(one.block)) {
    yield problem(where, "holds something else than interim responses");
  }
}

async function* misfitsOf(one, seen, byId, named) {
  const blocks = new Map();
  const due = [...attachmentsOf(one), ["request", one.request, one.url, null], ["response", one.response?.record ?? null, one.url, null]];
  for (const [part, id, uri, contentType] of due) {
    if (id === null) continue;
    const record = byId.get(id);
    if (!record || named.has(id) || record.type !== (contentType ? "resource" : part)) {
      yield [`its ${part} is not a record of its own`, undefined, id];
      continue;
    }
    named.add(id);
    const told = line([uri, one.date, one.ip, contentType ?? record.contentType]);
    const found = line([record.uri, record.date, record.ip, record.contentType]);
    if (told !== found) yield [`its ${part} is not the record's: URL, date, address or type`, found, told];
    if (contentType && record.block.length > MOST_ATTACHED) yield [`its ${part} is larger than it may be`];
    blocks.set(part, record.block);
    if (part === "response") yield* misfitsOfResponse(one, record);
  }
  yield* misfitsOfAttached(one, seen, blocks);
}

function* misfitsOfResponse(one, record) {
  const said = one.response;
  const { head, framing, complete, size, digest } = record.response;
  const found = {
    octets: record.block.length,
    truncated: record.truncated,
    head: head?.size ?? 0,
    status: head?.status ?? null,
    media_type: head?.stated("content-type") ?? "",
    location: head?.stated("location") ?? null,
    server_date: head?.stated("date") ?? null,
    framing,
    entity: size,
    entity_digest: digest,
  };
  for (const [name, value] of Object.entries(found)) {
    if (said[name] !== value) yield [`its response.${name} is not what its record gives`, shown(value), shown(said[name])];
  }
  if (isNoResponse(record.block, record.response)) yield ["its record holds no one response"];
  if (said.truncated === null && !complete && framing !== "not-http") yield ["its response is not whole, and not marked"];
  if (said.truncated !== null && complete && framing !== "close" && one.request !== null) {
    yield ["its response is whole, and marked as truncated"];
  }
}

async function* misfitsOfAttached(one, seen, blocks) {
  if (one.proxy) yield* misfitsOfProxy(one, blocks.get("proxy.request"), blocks.get("proxy.answer"));
  if (one.tls) {
    const chain = await certificatesOf(blocks.get("certificates") ?? new Uint8Array());
    if (line(chain) !== line(one.tls.chain)) yield ["its tls.chain is not that of its certificates", line(chain), line(one.tls.chain)];
    const handshake = blocks.get("handshake");
    if (handshake) yield* misfitsOfHandshake(one.tls, handshake, one.phase === "tls");
  }
  const name = hostOf(one.proxy ? (seen.settings.proxy ?? "") : one.url);
  for (const [number, asked] of one.lookups.entries()) {
    const pair = [blocks.get(`question.${number}`), blocks.get(`answer.${number}`)];
    for (const [what, expected, found] of misfitsOfLookup(asked, name, ...pair)) {
      yield [`look-up ${number}: ${what}`, expected, found];
    }
  }
}

function* misfitsOfProxy(one, asked, said) {
  const { host, port } = split(one.url) ?? {};
  const there = `${host?.includes(":") ? `[${host}]` : host}:${port || PORTS.https}`;
  const due = `CONNECT ${there} HTTP/1.1\r\nHost: ${there}\r\n\r\n`;
  if (asked && latin1(asked) !== due) yield ["the proxy was asked for another way", due, latin1(asked)];
  const status = readResponse(said ?? new Uint8Array()).head?.status ?? null;
  if ((said && !asked) || one.proxy.status !== status) {
    yield ["its proxy.status is not that of the proxy's answer", shown(status), shown(one.proxy.status)];
  }
}

/** The digests of certificates in PEM (RFC 7468 §5); null where it is not in its one form. */
async function certificatesOf(pem) {
  const text = latin1(pem);
  const form = /-----BEGIN CERTIFICATE-----\n([A-Za-z0-9+/=\n]+)-----END CERTIFICATE-----\n/g;
  const found = [];
  let written = "";
  for (const [, lines] of text.matchAll(form)) {
    const der = fromBase64(lines.replaceAll("\n", ""));
    if (der === null) return null;
    found.push(await digestOf(der));
    const made = toBase64(der).match(/.{1,64}/g).map((one) => `${one}\n`);
    written += `-----BEGIN CERTIFICATE-----\n${made.join("")}-----END CERTIFICATE-----\n`;
  }
  return written === text ? found : null;
}

/** Requests: what they ask for, in which words, and which cookies they bring. */
function* checkRequests({ seen, byId, ours }) {
  const cookies = new Map(ROLES.map((role) => [role, new Set()]));
  for (const [number, one] of seen.exchanges.entries()) {
    const known = cookies.get(one.role);
    const asked = byId.get(one.request);
    for (const what of asked ? misasked(asked.block, one, seen.settings.user_agent, known, ours) : []) {
      yield problem(`${CAPTURE} exchanges[${number}]`, what);
    }
    const head = byId.get(one.response?.record)?.response?.head;
    for (const value of head?.all("set-cookie") ?? []) known.add(plainCookie(value.split(";")[0]));
  }
}

function* misasked(octets, one, agent, known, ours) {
  const start = firstLines(one);
  if (start === null || !startsWith(octets, start) || octets.length > MOST_ASKED) {
    yield "its request asks for something else than its URL";
    return;
  }
  const text = latin1(octets);
  const fields = text.slice(0, -4).split("\r\n").slice(1);
  const names = fields.map((field) => /^(host|user-agent|accept|accept-encoding|connection|cookie):[^\r\n]*$/i.exec(field)?.[1].toLowerCase());
  if (text.indexOf("\r\n\r\n") !== text.length - 4) yield "its request goes on after its end";
  if (names.includes(undefined) || new Set(names).size !== names.length) yield "its request has fields that ours do not have";
  const head = new Head(octets);
  if (line(head.all("user-agent")) !== line([agent])) yield "its request names another user agent than the settings";
  const words = `User-Agent: ${agent}\r\nAccept: ${ACCEPT}\r\nAccept-Encoding: gzip, deflate\r\n`;
  const rest = text.slice(start.length + words.length);
  const inWords = text.startsWith(start + words) && /^Connection: (?:close|keep-alive)\r\n(?:Cookie: [^\r\n]+\r\n)?\r\n$/.test(rest);
  if (ours && !inWords) yield "its request is not in this version's words";
  const pairs = head.all("cookie").flatMap((value) => value.split("; "));
  if (!pairs.every((pair) => known.has(plainCookie(pair)))) yield "its request has a cookie that no answer before had set";
}

/** The first two lines of the request for a URL; null where it is none. */
function firstLines(one) {
  if (meaning(one.url) === null || !/^[\x00-\x7f]*$/.test(one.url)) return null;
  const { scheme, authority, path, query } = split(one.url);
  const whole = one.proxy && scheme === "http" ? `http://${authority}` : "";
  return `GET ${whole}${path || "/"}${query ? `?${query}` : ""} HTTP/1.1\r\nHost: ${authority}\r\n`;
}

function plainCookie(pair) {
  const at = pair.indexOf("=");
  const parts = at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
  return parts.map(withoutBlanks).join(at < 0 ? "" : "=").replace(/[\\"]/g, "");
}
