// Handshakes (docs/format.md §5.3), and the server's signature under those of TLS 1.3
// (RFC 8446 §4.4).

const VERSIONS = { 0x300: "SSLv3", 0x301: "TLSv1", 0x302: "TLSv1.1", 0x303: "TLSv1.2", 0x304: "TLSv1.3" };
const CIPHERS = {
  0x1301: ["TLS_AES_128_GCM_SHA256", "SHA-256"],
  0x1302: ["TLS_AES_256_GCM_SHA384", "SHA-384"],
  0x1303: ["TLS_CHACHA20_POLY1305_SHA256", "SHA-256"],
  0x1304: ["TLS_AES_128_CCM_SHA256", "SHA-256"],
  0x1305: ["TLS_AES_128_CCM_8_SHA256", "SHA-256"],
};
const MESSAGES = { 1: "ClientHello", 2: "ServerHello", 8: "EncryptedExtensions", 11: "Certificate", 13: "CertificateRequest", 15: "CertificateVerify" };
// RFC 8446 §4.1.3: the random of a ServerHello that asks for another ClientHello.
const RETRY = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";

// What kinds a whole handshake of TLS 1.3 has, in their order; 25: the certificates, compressed.
const IN_ORDER = /^1,2,(?:1,2,)?8,(?:13,)?(?:11|25),15$/;
const COMPRESSED = 25;
const MOST_MESSAGES = 64;

/** The messages, each with its head of four octets. Throws where they end early. */
function* messagesOf(octets) {
  const reader = new Reader(octets);
  while (reader.left > 0) {
    const start = reader.at;
    const kind = reader.number(1);
    const body = reader.vector(3);
    yield { kind, body, whole: octets.subarray(start, reader.at) };
  }
}

function extensionsOf(reader) {
  const found = new Map();
  const listed = new Reader(reader.left > 0 ? reader.vector(2) : new Uint8Array());
  while (listed.left > 0) found.set(listed.number(2), listed.vector(2));
  return found;
}

function asciiOf(octets) {
  if (octets.some((one) => one > 127)) throw new RangeError("not ASCII");
  return latin1(octets);
}

/** What the messages say, as far as anybody can read them. Throws where nobody can. */
async function readHandshake(octets) {
  const said = { kinds: [], name: "", version: null, number: null, alpn: null, chain: [] };
  let certificates = null;
  for (const { kind, body } of messagesOf(octets)) {
    if (said.kinds.push(kind) > MOST_MESSAGES) {
      said.kinds.pop(); // what may come after so many says nothing of the handshake
      break;
    }
    const reader = new Reader(body);
    if (kind === 1) {
      reader.take(34);
      for (const size of [1, 2, 1]) reader.vector(size);
      const names = extensionsOf(reader).get(0);
      if (names) said.name = asciiOf(new Reader(new Reader(names).vector(2).subarray(1)).vector(2));
    } else if (kind === 2) {
      const first = reader.take(34).subarray(0, 2);
      reader.vector(1);
      said.number = reader.number(2);
      reader.take(1);
      const extensions = extensionsOf(reader);
      said.version = VERSIONS[new Reader(extensions.get(43) ?? first).number(2)] ?? null;
      readAlpn(said, extensions);
    } else if (kind === 8) {
      readAlpn(said, extensionsOf(reader));
    } else if (kind === 11 && certificates === null) {
      certificates = certificatesIn(reader, said.version === "TLSv1.3");
    }
  }
  for (const one of certificates ?? []) said.chain.push(await digestOf(one));
  return said;
}

function readAlpn(said, extensions) {
  const chosen = extensions.get(16);
  if (chosen) said.alpn = asciiOf(new Reader(new Reader(chosen).vector(2)).vector(1));
}

function certificatesIn(reader, late) {
  if (late) reader.vector(1);
  const listed = new Reader(reader.vector(3));
  const found = [];
  while (listed.left > 0) {
    found.push(listed.vector(3));
    if (late) listed.vector(2);
  }
  return found;
}

/** Everything in which a handshake is not what `tls` says; `failed`: it may say less. */
async function* misfitsOfHandshake(tls, octets, failed) {
  let said;
  try {
    said = await readHandshake(octets);
  } catch {
    yield ["its handshake cannot be read"];
    return;
  }
  const isWhole = !failed && said.version === "TLSv1.3";
  if (isWhole ? !IN_ORDER.test(said.kinds.join()) : said.kinds[0] !== 1) {
    yield ["its handshake has other messages than it should, or in another order", undefined, said.kinds.join(", ")];
  }
  const due = sameIp(tls.server_name) === null ? tls.server_name.toLowerCase() : "";
  if (said.name.toLowerCase() !== due) yield ["its handshake asks for another server", due, said.name];
  const named = Object.values(CIPHERS).map(([name]) => name);
  let cipher = CIPHERS[said.number]?.[0] ?? null;
  if (said.number !== null && said.version !== "TLSv1.3") {
    cipher = named.includes(tls.cipher) ? null : tls.cipher;
  }
  const chain = said.kinds.includes(COMPRESSED) ? tls.chain : said.chain;
  const pairs = { cipher, version: said.version, alpn: said.alpn, chain };
  for (const [part, theirs] of Object.entries(pairs)) {
    const empty = tls[part] === null || tls[part].length === 0;
    if (line(tls[part]) !== line(theirs) && !(failed && empty)) {
      yield [`its tls.${part} is not what its handshake says`, line(theirs), line(tls[part])];
    }
  }
}

// The signature.

class Unsigned extends Error {}

function body(message) {
  return new Reader(message.body);
}

function ended(reader, message) {
  if (reader.left > 0) throw new Unsigned(`its ${MESSAGES[message.kind]} is longer than it says`);
}

function onceEach(reader, message) {
  const listed = new Reader(reader.vector(2));
  const found = new Map();
  while (listed.left > 0) {
    const number = listed.number(2);
    if (found.has(number)) throw new Unsigned(`its ${MESSAGES[message.kind]} has an extension twice`);
    found.set(number, listed.vector(2));
  }
  ended(reader, message);
  return found;
}

/** What the server signed, and how, of a handshake of TLS 1.3 that has all its messages. */
async function readSigned(octets) {
  const messages = [...messagesOf(octets)];
  const kinds = messages.map((one) => one.kind);
  if (!IN_ORDER.test(kinds.join()) || kinds.includes(COMPRESSED)) throw new Unsigned("its handshake is not all that TLS 1.3 has up to the signature, in order");
  const again = kinds[2] === 1;
  const names = new Set(messages.filter((one) => one.kind === 1).map(askedName));
  const suites = new Set(messages.filter((one) => one.kind === 2).map((one) => suiteOf(one, again && one === messages[1])));
  if (names.size !== 1 || suites.size !== 1) throw new Unsigned("its second hello is unlike the first one");
  const [cipher, hash] = CIPHERS[[...suites][0]];
  const before = messages.slice(0, -1).map((one) => one.whole);
  if (again) {
    const digest = new Uint8Array(await crypto.subtle.digest(hash, before[0]));
    before[0] = joined([Uint8Array.of(254, 0, 0, digest.length), digest]);
  }
  const certificates = messages.at(-2);
  const inside = body(certificates);
  if (inside.vector(1).length > 0) throw new Unsigned("its Certificate answers a request");
  const listed = new Reader(inside.vector(3));
  ended(inside, certificates);
  const chain = [];
  while (listed.left > 0) {
    chain.push(listed.vector(3));
    listed.vector(2);
  }
  if (chain.length === 0) throw new Unsigned("its Certificate holds no certificate");
  const last = body(messages.at(-1));
  const [scheme, signature] = [last.number(2), last.vector(2)];
  ended(last, messages.at(-1));
  const digest = new Uint8Array(await crypto.subtle.digest(hash, joined(before)));
  const signed = joined([utf8(" ".repeat(64) + "TLS 1.3, server CertificateVerify\0"), digest]);
  const hello = messages.find((one) => one.kind === 8);
  return { name: [...names][0], cipher, alpn: chosenProtocol(hello), chain, scheme, signature, signed };
}

function askedName(message) {
  const reader = body(message);
  reader.take(34);
  for (const size of [1, 2, 1]) reader.vector(size);
  const named = onceEach(reader, message).get(0);
  if (!named) return null;
  const listed = new Reader(named);
  const entry = new Reader(listed.vector(2));
  ended(listed, message);
  if (entry.number(1) !== 0) throw new Unsigned("its ClientHello asks for something else than a host name");
  const name = entry.vector(2);
  ended(entry, message);
  return asciiOf(name);
}

function suiteOf(message, retry) {
  const reader = body(message);
  reader.take(2);
  if ((hex(reader.take(32)) === RETRY) !== retry) throw new Unsigned("its ServerHello asks for another hello where none can be, or the reverse");
  reader.vector(1);
  const suite = reader.number(2);
  reader.take(1);
  const version = onceEach(reader, message).get(43);
  if (!version || hex(version) !== "0304") throw new Unsigned("its ServerHello did not choose TLS 1.3");
  if (!CIPHERS[suite]) throw new Unsigned("its ServerHello has a cipher that is unknown here");
  return suite;
}

function chosenProtocol(message) {
  const chosen = onceEach(body(message), message).get(16);
  if (!chosen) return null;
  const listed = new Reader(chosen);
  const entry = new Reader(listed.vector(2));
  ended(listed, message);
  const name = entry.vector(1);
  ended(entry, message);
  return asciiOf(name);
}
