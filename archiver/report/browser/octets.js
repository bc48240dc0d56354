// Octets: digests, CRC-32, spellings, and a reader that takes them from the front.

/** What ends a check: a place, and what is wrong there. */
class Wrong extends Error {
  constructor(where, what, expected, found) {
    super(what);
    this.problem = problem(where, what, expected, found);
  }
}

/** What this browser cannot do, so that nothing is said of it. */
class NotHere extends Error {}

/** Something wrong: the place, what it is, and where that can be told what was due and found. */
function problem(where, what, expected, found) {
  return { where, what, expected, found };
}

/** The SHA-256 of octets, spelled `sha256:` and 64 hex digits (FIPS 180-4). */
async function digestOf(octets) {
  return "sha256:" + hex(await crypto.subtle.digest("SHA-256", octets));
}

function hex(octets) {
  return [...new Uint8Array(octets)].map((one) => one.toString(16).padStart(2, "0")).join("");
}

function fromHex(text) {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function utf8(text) {
  return new TextEncoder().encode(text);
}

/** Octets as text, one character each (ISO 8859-1; `TextDecoder` knows only windows-1252). */
function latin1(octets) {
  const parts = [];
  for (let at = 0; at < octets.length; at += 8192) {
    parts.push(String.fromCharCode(...octets.subarray(at, at + 8192)));
  }
  return parts.join("");
}

/** Text of U+0000 to U+00FF as octets; null where it has other characters. */
function toLatin1(text) {
  const octets = Uint8Array.from(text, (one) => one.charCodeAt(0));
  return /^[\u0000-\u00ff]*$/.test(text) ? octets : null;
}

/** Octets as UTF-8; null where they are none. A byte order mark stays, as a character. */
function fromUtf8(octets) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    return null;
  }
}

function sameOctets(one, other) {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

function startsWith(octets, text, at = 0) {
  for (let place = 0; place < text.length; place++) {
    if (octets[at + place] !== text.charCodeAt(place)) return false;
  }
  return true;
}

/** Where an ASCII text stands in octets from `at` on, and ends before `limit`; -1 for nowhere. */
function find(octets, text, at = 0, limit = octets.length) {
  const first = text.charCodeAt(0);
  const last = Math.min(limit, octets.length) - text.length;
  for (let place = octets.indexOf(first, at); place >= 0 && place <= last; ) {
    if (startsWith(octets, text, place)) return place;
    place = octets.indexOf(first, place + 1);
  }
  return -1;
}

function joined(parts) {
  const made = new Uint8Array(parts.reduce((size, one) => size + one.length, 0));
  let at = 0;
  for (const one of parts) {
    made.set(one, at);
    at += one.length;
  }
  return made;
}

/** Octets from base64 in its one spelling (RFC 4648 §3.5); null for any other text. */
function fromBase64(text) {
  if (typeof text !== "string" || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  try {
    const octets = toLatin1(atob(text));
    return toBase64(octets) === text ? octets : null;
  } catch {
    return null;
  }
}

function toBase64(octets) {
  return btoa(latin1(octets));
}

const CRC = (() => {
  // Eight tables, for eight octets at a time (CRC-32 of ISO 3309, as ZIP has it).
  const tables = Array.from({ length: 8 }, () => new Int32Array(256));
  for (let octet = 0; octet < 256; octet++) {
    let value = octet;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    tables[0][octet] = value;
  }
  for (let octet = 0; octet < 256; octet++) {
    for (let table = 1; table < 8; table++) {
      const before = tables[table - 1][octet];
      tables[table][octet] = (before >>> 8) ^ tables[0][before & 255];
    }
  }
  return tables;
})();

function crc32(octets) {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = CRC;
  let crc = -1;
  let at = 0;
  for (; at + 8 <= octets.length; at += 8) {
    crc ^= octets[at] | (octets[at + 1] << 8) | (octets[at + 2] << 16) | (octets[at + 3] << 24);
    crc =
      t7[crc & 255] ^ t6[(crc >>> 8) & 255] ^ t5[(crc >>> 16) & 255] ^ t4[crc >>> 24] ^
      t3[octets[at + 4]] ^ t2[octets[at + 5]] ^ t1[octets[at + 6]] ^ t0[octets[at + 7]];
  }
  for (; at < octets.length; at++) crc = (crc >>> 8) ^ t0[(crc ^ octets[at]) & 255];
  return ~crc >>> 0;
}

/** Octets taken from the front; numbers are in network order. Throws where they end early. */
class Reader {
  constructor(octets) {
    this.octets = octets;
    this.at = 0;
  }

  get left() {
    return this.octets.length - this.at;
  }

  take(size) {
    if (size > this.left) throw new RangeError("ends early");
    this.at += size;
    return this.octets.subarray(this.at - size, this.at);
  }

  number(size) {
    return this.take(size).reduce((value, octet) => value * 256 + octet, 0);
  }

  /** Octets behind their length, which has so many octets itself. */
  vector(size) {
    return this.take(this.number(size));
  }
}
