// Check 7: the key in a server's certificate, and whether it signed (RFC 8446 §4.2.3).

const OIDS = {
  "06092a864886f70d010101": "rsa",
  "06092a864886f70d01010a": "rsa-pss",
  "06072a8648ce3d0201": "ec",
  "06032b6570": "ed25519",
  "06032b6571": "ed448",
};
// Name, kind of key, hash, curve with the octets of a coordinate.
const SCHEMES = {
  0x0403: ["ecdsa_secp256r1_sha256", "ec", "SHA-256", "P-256", 32],
  0x0503: ["ecdsa_secp384r1_sha384", "ec", "SHA-384", "P-384", 48],
  0x0603: ["ecdsa_secp521r1_sha512", "ec", "SHA-512", "P-521", 66],
  0x0804: ["rsa_pss_rsae_sha256", "rsa", "SHA-256"],
  0x0805: ["rsa_pss_rsae_sha384", "rsa", "SHA-384"],
  0x0806: ["rsa_pss_rsae_sha512", "rsa", "SHA-512"],
  0x0807: ["ed25519", "ed25519"],
  0x0808: ["ed448", "ed448"],
  0x0809: ["rsa_pss_pss_sha256", "rsa-pss", "SHA-256"],
  0x080a: ["rsa_pss_pss_sha384", "rsa-pss", "SHA-384"],
  0x080b: ["rsa_pss_pss_sha512", "rsa-pss", "SHA-512"],
};

/** Everything in which a signature that is told does not stand under these messages. */
async function* misfitsOfSignature(tls, octets) {
  let read;
  try {
    read = await readSigned(octets);
  } catch (fault) {
    yield [fault instanceof Unsigned ? fault.message : "its handshake cannot be read"];
    return;
  }
  const whole = tls.version !== null; // one that failed after the signature may say less
  for (const [part, theirs] of [["version", "TLSv1.3"], ["cipher", read.cipher], ["alpn", read.alpn]]) {
    if (tls[part] !== theirs && (whole || tls[part] !== null)) {
      yield [`its tls.${part} is not what its handshake says`, shown(theirs), shown(tls[part])];
    }
  }
  const asked = sameIp(tls.server_name) === null ? tls.server_name : null;
  if (asked !== read.name) yield ["its handshake asks for another server", shown(asked), shown(read.name)];
  const chain = [];
  for (const one of read.chain) chain.push(await digestOf(one));
  if (line(chain) !== line(tls.chain)) yield ["its tls.chain is not what its handshake says", line(chain), line(tls.chain)];
  const scheme = SCHEMES[read.scheme];
  if (scheme?.[0] !== tls.signature) {
    yield ["its tls.signature is not the scheme of its handshake", shown(scheme?.[0] ?? `0x${read.scheme.toString(16)}`), shown(tls.signature)];
  } else if (!(await isSignedBy(read.chain[0], scheme, read.signature, read.signed))) {
    yield ["it is not signed by the certificate's key"];
  }
}

/** Whether the key of a certificate (DER) signed. Throws `NotHere` for kinds that this browser
 * does not know. */
async function isSignedBy(certificate, [name, kind, hash, curve, size], signature, signed) {
  let key;
  try {
    key = keyOf(certificate);
  } catch {
    return false;
  }
  if (key.kind !== kind) return false;
  const how = {
    rsa: { name: "RSA-PSS", hash },
    "rsa-pss": { name: "RSA-PSS", hash },
    ec: { name: "ECDSA", namedCurve: curve },
    ed25519: { name: "Ed25519" },
  }[kind];
  if (!how) throw new NotHere(`no browser knows ${name}`);
  const octets = kind === "ec" ? fromDer(signature, size) : signature;
  if (octets === null) return false;
  let imported;
  try {
    imported = await crypto.subtle.importKey("spki", key.octets, how, false, ["verify"]);
  } catch {
    throw new NotHere(`this browser does not know ${name}, or not this key`);
  }
  const way = { RSA: { saltLength: Number(hash?.slice(4)) / 8 }, ECDSA: { hash } }[how.name.split("-")[0]];
  return crypto.subtle.verify({ ...way, name: how.name }, imported, octets, signed);
}

// As much of DER as that takes (X.690 §8.1.3).

function elementAt(octets, at) {
  let [length, start] = [octets[at + 1], at + 2];
  if (length >= 0x80) {
    const size = length & 0x7f;
    length = octets.subarray(start, start + size).reduce((value, one) => value * 256 + one, 0);
    start += size;
  }
  if (!(start + length <= octets.length)) throw new RangeError("ends early");
  return { tag: octets[at], whole: octets.subarray(at, start + length), inside: octets.subarray(start, start + length) };
}

function inside(octets, tag) {
  const found = elementAt(octets, 0);
  if (found.tag !== tag) throw new RangeError("another kind");
  return found.inside;
}

/** The kind of the key in a certificate, and the key as WebCrypto takes it (RFC 5280 §4.1). */
function keyOf(certificate) {
  const body = inside(inside(certificate, 0x30), 0x30);
  let at = body[0] === 0xa0 ? elementAt(body, 0).whole.length : 0;
  for (let field = 0; field < 5; field++) at += elementAt(body, at).whole.length;
  const octets = elementAt(body, at).whole;
  const parts = inside(octets, 0x30);
  const algorithm = elementAt(parts, 0);
  const kind = OIDS[hex(elementAt(algorithm.inside, 0).whole)];
  if (kind !== "rsa-pss") return { kind, octets };
  // WebCrypto takes an RSA key under its plain name only: the same key, so named.
  const plain = joined([fromHex("300d06092a864886f70d0101010500"), parts.subarray(algorithm.whole.length)]);
  return { kind, octets: joined([fromHex("30"), lengthOf(plain.length), plain]) };
}

function lengthOf(size) {
  if (size < 0x80) return Uint8Array.of(size);
  return size < 0x100 ? Uint8Array.of(0x81, size) : Uint8Array.of(0x82, size >> 8, size & 255);
}

/** An ECDSA signature in DER as r and s, one behind the other; null where it is none. */
function fromDer(signature, size) {
  try {
    const both = inside(signature, 0x30);
    const first = elementAt(both, 0);
    const second = elementAt(both, first.whole.length);
    if (elementAt(signature, 0).whole.length !== signature.length) return null;
    if (first.whole.length + second.whole.length !== both.length) return null;
    if (first.tag !== 2 || second.tag !== 2) return null;
    return joined([first, second].map((one) => number(one.inside, size)));
  } catch {
    return null;
  }
}

function number(octets, size) {
  const needless = octets.length > 1 && octets[0] === 0 && octets[1] < 0x80;
  const short = octets[0] === 0 ? octets.subarray(1) : octets;
  if (octets.length === 0 || octets[0] >= 0x80 || needless || short.length > size) throw new RangeError("no number");
  return joined([new Uint8Array(size - short.length), short]);
}

async function* checkHandshakes(package_) {
  for (const [number, one] of package_.seen.exchanges.entries()) {
    if (!one.tls || one.tls.signature === null) continue;
    const block = package_.byId.get(one.tls.handshake)?.block ?? new Uint8Array();
    for await (const [what, expected, found] of misfitsOfSignature(one.tls, block)) {
      yield problem(`${CAPTURE} exchanges[${number}].tls`, what, expected, found);
    }
  }
}

/** What check 7 proves, and of how many connections. */
function handshakesProve(seen) {
  const secure = seen.exchanges.filter((one) => one.tls && (one.tls.version !== null || one.tls.signature !== null));
  const signed = (one) => one.tls.signature !== null;
  const count = secure.filter(signed).length;
  const said = `the certificate's key signed the handshake of ${count} of ${secure.length} TLS connection${secure.length === 1 ? "" : "s"}`;
  const source = secure.filter((one) => one.role === "source").map(signed);
  if (!source.includes(true)) return `${said}, none with the source`;
  return source.includes(false) ? `${said}, not all with the source` : said;
}
