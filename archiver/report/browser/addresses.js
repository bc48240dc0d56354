// Addresses (docs/format.md §10: the same address, the sibling, public addresses). The browser's
// own reader of URLs is not asked: it mends what it reads, and here every character counts.

const PORTS = { http: 80, https: 443 };

/** A URL in its parts, `host` in small letters; null where it is none (RFC 3986 §3). */
function split(url) {
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(url);
  if (!match) return null;
  const [, scheme, authority = "", path, query = ""] = match;
  const behind = authority.slice(authority.lastIndexOf("@") + 1);
  const parts = /^(\[[^[\]]*\]|[^:[\]]*)(?::(.*))?$/s.exec(behind);
  if (!parts || (parts[2] && !(/^[0-9]+$/.test(parts[2]) && Number(parts[2]) <= 65535))) return null;
  const host = parts[1].replace(/^\[|\]$/g, "").toLowerCase();
  if (parts[1].startsWith("[") && ipOf(host) === null) return null;
  const port = parts[2] ? Number(parts[2]) : null;
  return { scheme: scheme.toLowerCase(), authority, host, port, path, query };
}

function hostOf(url) {
  return split(url)?.host ?? null;
}

/** Scheme, host and port as one text, to compare; null where a URL has none. */
function serverOf(url) {
  const parts = split(url);
  return parts && line([parts.scheme, parts.host, parts.port || (PORTS[parts.scheme] ?? null)]);
}

/** What a reference means against a URL (RFC 3986 §5.2). */
function resolve(url, reference) {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(reference)) return reference;
  const base = /^([^:/?#]+:\/\/[^/?#]*)([^?#]*)(\?[^#]*)?/s.exec(url);
  if (!base) return null;
  const [, site, path, query = ""] = base;
  if (reference.startsWith("//")) return site.slice(0, site.indexOf(":") + 1) + reference;
  const [, to, rest] = /^([^?#]*)(.*)$/s.exec(reference);
  if (to === "") return site + path + (rest.startsWith("?") ? rest : query + rest);
  const whole = to.startsWith("/") ? to : path.slice(0, path.lastIndexOf("/") + 1) + to;
  return site + withoutDots(whole.startsWith("/") ? whole : `/${whole}`) + rest;
}

function withoutDots(path) {
  const parts = path.split("/").slice(1);
  const kept = [];
  for (const one of parts) {
    if (one === "..") kept.pop();
    else if (one !== ".") kept.push(one);
  }
  if ([".", ".."].includes(parts.at(-1))) kept.push("");
  return `/${kept.join("/")}`;
}

/** A URL by what it leads to, as one text; null for what is no http(s) URL. */
function meaning(url) {
  const parts = split(url);
  if (!parts || !Object.hasOwn(PORTS, parts.scheme) || parts.host === "" || parts.authority.includes("@")) {
    return null;
  }
  const labels = parts.host.split(".").map(label);
  const path = segments(parts.path.replace(/;+$/, ""));
  return line([parts.scheme, labels, parts.port || PORTS[parts.scheme], path, unescaped(parts.query)]);
}

function sameAddress(one, other) {
  const found = meaning(one);
  return found !== null && found === meaning(other);
}

function label(text) {
  const plain = text.startsWith("xn--") ? (fromPunycode(text.slice(4)) ?? text) : text;
  return plain.toLowerCase().normalize("NFC");
}

/** RFC 3492 §6.2; null where it is none. */
function fromPunycode(text) {
  const at = text.lastIndexOf("-");
  const made = [...text.slice(0, Math.max(0, at))];
  let [number, place, bias] = [128, 0, 72];
  for (let next = at + 1; next < text.length; place++) {
    const before = place;
    for (let weight = 1, base = 36; ; base += 36) {
      const digit = "abcdefghijklmnopqrstuvwxyz0123456789".indexOf(text[next++] ?? "?");
      const least = Math.min(26, Math.max(1, base - bias));
      if (digit < 0 || place > 2 ** 31) return null;
      place += digit * weight;
      if (digit < least) break;
      weight *= 36 - least;
    }
    const size = made.length + 1;
    let delta = Math.floor((place - before) / (before === 0 ? 700 : 2));
    delta += Math.floor(delta / size);
    for (bias = 0; delta > 455; bias += 36) delta = Math.floor(delta / 35);
    bias += Math.floor((36 * delta) / (delta + 38));
    number += Math.floor(place / size);
    place %= size;
    if (number > 0x10ffff || (number >= 0xd800 && number < 0xe000)) return null;
    made.splice(place, 0, String.fromCodePoint(number));
  }
  return made.join("");
}

/** Where one `%` begins no escape, every `%` is taken literally. */
function literal(text) {
  const upper = text.replace(/%[0-9A-Fa-f]{2}/g, (one) => one.toUpperCase());
  const escapes = upper.match(/%[0-9A-F]{2}/g)?.length ?? 0;
  return escapes === upper.split("%").length - 1 ? upper : upper.replaceAll("%", "%25");
}

/** The octets of a text whose escapes are decoded, as text of one character each. */
function unescaped(text) {
  return unquoted(latin1(utf8(literal(text))));
}

function unquoted(text) {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, digits) => String.fromCharCode(parseInt(digits, 16)));
}

function segments(path) {
  const parts = literal(path).split("/").map(unescaped);
  const kept = [];
  for (const one of parts) {
    if (one === "..") kept.pop();
    else if (one !== ".") kept.push(one);
  }
  if (kept[0] !== "") kept.unshift("");
  if ([".", ".."].includes(parts.at(-1)) || kept.length === 1) kept.push("");
  return kept;
}

/** Where a redirect leads; null where that cannot be told. */
function ledTo(url, location) {
  if (location.length >= MOST_STATED || /[\x00-\x1f\x7f]/.test(location)) return null;
  const octets = toLatin1(location);
  return resolve(url, (octets && fromUtf8(octets)) ?? location);
}

function leadsTo(url, location, asked) {
  const target = ledTo(url, location);
  return target !== null && sameAddress(target, asked);
}

/** Whether a redirect leads to what surely can be asked for. */
function surelyAsked(url, location) {
  const target = ledTo(url, location) ?? "";
  if (utf8(target).length > 2730) return false;
  if (!canBeAsked(target.replace(/[\u00c0-\u02af\u0370-\u052f]/g, "x"))) return false;
  return /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z]{2,63}$/.test(hostOf(target) ?? "");
}

/** Whether somebody can ask for a URL at all (rule 15). */
function canBeAsked(url) {
  const match = /^https?:\/\/([^/?#@]+)(?:[/?#].*)?$/i.exec(url);
  if (!match || url.length > 8192 || !/^[!#-;=?-[\]-~]+$/.test(url)) return false;
  const found = /^(\[[^\]]*\]|[^:[]*)(?::([0-9]{1,5}))?$/.exec(match[1]);
  if (!found || (found[2] && !(Number(found[2]) >= 1 && Number(found[2]) <= 65535))) return false;
  const host = found[1];
  if (host.startsWith("[")) return !host.includes("%") && host.includes(":") && ipOf(host.slice(1, -1)) !== null;
  const labels = host.split(".");
  const right = labels.every((one) => /^[A-Za-z0-9_][A-Za-z0-9_-]{0,62}$/.test(one));
  const isNumber = /^(?:[0-9]+|0[xX][0-9A-Fa-f]*)$/.test(labels.at(-1));
  return right && host.length <= 253 && !(isNumber && ipOf(host) === null);
}

const PROGRAM =
  /^(?:.*\.(?:php[0-9]?|aspx?|jspx?|cgi|cfm|do|pl|fcgi|dll|exe)|index|default|watch|item|view|show|story|article|news|read|post|node|page)$/is;
const FOLLOWS = /^(?:utm_.*|[a-z]*clid|ref|ref_src|source|from|share|amp|cmpid|s_cid)$/i;
const NAMES_PAGE = /^(?:.*id|[pvanqst]|article|story|slug|post|title|doc|item|news|topic)$/i;

/** The address beside the source's that names nothing; null where there is none. */
async function siblingOf(url, moment) {
  const match = /^(https?:\/\/[^/?#]+)([^?#]*)(?:\?([^#]*))?/i.exec(url);
  if (!match) return null;
  const [, site, path, query = ""] = match;
  const word = (await digestOf(utf8(`${url}\n${moment}`))).slice(7, 23);
  const open = path.replace(/\/+$/, "");
  const [before, name] = [open.slice(0, open.lastIndexOf("/") + 1), open.slice(open.lastIndexOf("/") + 1)];
  const pairs = query.split("&").map((one) => /^([^=]*)(?:=(.*))?$/s.exec(one));
  const valued = pairs.filter(([, key, value]) => value && !FOLLOWS.test(key));
  let made = null;
  if (valued.length > 0 && (name === "" || PROGRAM.test(name))) {
    const chosen = valued.find(([, key]) => NAMES_PAGE.test(key)) ?? valued.at(-1);
    const other = pairs.map((one) => (one === chosen ? `${one[1]}=${word}` : one[0]));
    made = `${site}${path || "/"}?${other.join("&")}`;
  } else if (name !== "") {
    const ending = /\.[A-Za-z][A-Za-z0-9]{1,4}$/.exec(name)?.[0] ?? "";
    made = `${site}${before}${word}${ending}${path.endsWith("/") ? "/" : ""}`;
  }
  return made === null || made.length > 8000 ? null : made;
}
