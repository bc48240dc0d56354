// Signatures of people: ECDSA on P-384 (FIPS 186-5), the one kind of key of a package.

const SPKI_HEAD = fromHex("3076301006072a8648ce3d020106052b8104002203620004");
const ORDER = BigInt(
  "0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
);
const SIGNED_MEMBERS = ["created", "hash", "publicKey", "signature", "software", "version"];
const NAMESPACE = "wacz@archiver";

/** A key from its SubjectPublicKeyInfo (RFC 5480, uncompressed), with its fingerprint; null for
 * every other kind and form. */
async function publicKey(spki) {
  if (spki.length !== SPKI_HEAD.length + 96 || !sameOctets(spki.subarray(0, SPKI_HEAD.length), SPKI_HEAD)) {
    return null;
  }
  try {
    const how = { name: "ECDSA", namedCurve: "P-384" };
    const key = await crypto.subtle.importKey("spki", spki, how, true, ["verify"]);
    return { key, spki, fingerprint: await digestOf(spki) };
  } catch (fault) {
    if (fault.name === "NotSupportedError") throw new NotHere("this browser does not know P-384");
    return null; // not a point of the curve
  }
}

/** Whether r and s (48 octets each) are the key's signature. Of the two values of s that hold,
 * only the lower one is taken. */
async function isSigned(key, signature, message, hash) {
  if (signature.length !== 96) return false;
  const [r, s] = [signature.subarray(0, 48), signature.subarray(48)].map((one) => BigInt(`0x${hex(one)}`));
  if (r <= 0n || r >= ORDER || s <= 0n || s > ORDER / 2n) return false;
  return crypto.subtle.verify({ name: "ECDSA", hash }, key.key, signature, message);
}

/** Check 3: the signature in the second manifest. */
async function* checkSignature(package_) {
  const where = `${LAST[1]} signedData`;
  const [listed, { signedData: signed }] = LAST.map((name) => package_.document(name));
  if (!isObject(signed)) {
    yield problem(where, "is not an object");
    return;
  }
  const odd = [...SIGNED_MEMBERS, ...Object.keys(signed)].find(
    (name) => !SIGNED_MEMBERS.includes(name) || !Object.hasOwn(signed, name),
  );
  if (odd !== undefined) {
    yield problem(`${where}.${odd.slice(0, 60)}`, SIGNED_MEMBERS.includes(odd) ? "is missing" : "is not allowed there");
    return;
  }
  const due = { created: listed.created, hash: package_.id, software: listed.software, version: "0.1.0" };
  for (const [name, value] of Object.entries(due)) {
    if (signed[name] !== value) {
      yield problem(`${where}.${name}`, "is not that of this package", shown(value ?? null), shown(signed[name]));
      return;
    }
  }
  const [spki, signature] = ["publicKey", "signature"].map((name) => fromBase64(signed[name]));
  const key = spki && (await publicKey(spki));
  if (!key) yield problem(`${where}.publicKey`, "is not a P-384 key in its one form");
  else if (!signature || !(await isSigned(key, signature, utf8(package_.id), "SHA-256"))) {
    yield problem(`${where}.signature`, "is not this key's signature over the package id", package_.id);
  } else {
    package_.signers.push({ key, where: "the package" });
  }
}

/** A public key from PEM (RFC 7468); null for what is none. */
async function fromPem(octets) {
  const match = /^\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----\s*$/.exec(latin1(octets));
  const spki = match && fromBase64(match[1].replace(/\s/g, ""));
  return spki && publicKey(spki);
}

// Signatures beside a file, as `ssh-keygen -Y verify` reads them (PROTOCOL.sshsig).

function sshString(octets) {
  const size = octets.length;
  return joined([Uint8Array.of(size >>> 24, (size >>> 16) & 255, (size >>> 8) & 255, size & 255), octets]);
}

function sshStrings(octets, count) {
  const reader = new Reader(octets);
  const found = Array.from({ length: count }, () => reader.vector(4));
  if (reader.left > 0) throw new RangeError("goes on");
  return found;
}

function sshNumber(octets) {
  const start = octets.findIndex((one) => one !== 0);
  const short = start < 0 ? octets.subarray(0, 0) : octets.subarray(start);
  return short[0] >= 0x80 ? joined([Uint8Array.of(0), short]) : short;
}

function sshArmored(spki, signature) {
  const kind = utf8("ecdsa-sha2-nistp384");
  const blob = joined([kind, utf8("nistp384"), spki.subarray(SPKI_HEAD.length - 1)].map(sshString));
  const halves = [signature.subarray(0, 48), signature.subarray(48)].map((one) => sshString(sshNumber(one)));
  const both = joined([sshString(kind), sshString(joined(halves))]);
  const parts = [blob, utf8(NAMESPACE), new Uint8Array(), utf8("sha256"), both];
  const octets = joined([utf8("SSHSIG"), Uint8Array.of(0, 0, 0, 1), ...parts.map(sshString)]);
  const lines = toBase64(octets).match(/.{1,70}/g);
  return ["-----BEGIN SSH SIGNATURE-----", ...lines, "-----END SSH SIGNATURE-----", ""].join("\n");
}

/** The key that signed a file with this digest. Throws `Wrong` where none did, or the signature
 * is not in its one form. */
async function sshSigner(name, octets, digest) {
  const text = latin1(octets);
  let [spki, signature] = [null, null];
  try {
    const inner = fromBase64(text.split("\n").slice(1, -2).join(""));
    const [blob, , , , both] = sshStrings(inner.subarray(10), 5);
    spki = joined([SPKI_HEAD.subarray(0, -1), sshStrings(blob, 3)[2]]);
    const halves = sshStrings(sshStrings(both, 2)[1], 2).map((one) => number(one, 48));
    signature = joined(halves);
  } catch {
    throw new Wrong(name, "is not a P-384 signature for a package, in its one form");
  }
  const key = await publicKey(spki);
  if (!key || sshArmored(spki, signature) !== text) {
    throw new Wrong(name, "is not a P-384 signature for a package, in its one form");
  }
  const parts = [utf8(NAMESPACE), new Uint8Array(), utf8("sha256"), fromHex(digest.slice(7))];
  const message = joined([utf8("SSHSIG"), ...parts.map(sshString)]);
  if (!(await isSigned(key, signature, message, "SHA-384"))) {
    throw new Wrong(name, "is not this key's signature over this file");
  }
  return key;
}
