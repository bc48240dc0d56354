// Addresses of the internet protocol (RFC 4291, RFC 5952), and which of them are public.

/** An address as its octets; null for what is none. A zone (`%…`) is not taken. */
function ipOf(text) {
  if (/^[0-9]{1,3}(?:\.[0-9]{1,3}){3}$/.test(text)) {
    const parts = text.split(".");
    const right = parts.every((one) => Number(one) <= 255 && (one === "0" || !one.startsWith("0")));
    return right ? parts.map(Number) : null;
  }
  if (!/^[0-9A-Fa-f:.]+$/.test(text) || !text.includes(":")) return null;
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const [front, back] = halves.map((half, at) => groupsOf(half, at === halves.length - 1));
  if (!front || back === null) return null;
  const missing = 16 - front.length - (back?.length ?? 0);
  if (back === undefined ? missing !== 0 : missing < 2) return null;
  return [...front, ...new Array(missing).fill(0), ...(back ?? [])];
}

/** The octets of groups between colons; null where one of them is none. The last group of all
 * may be an IPv4 address. */
function groupsOf(text, isLast) {
  const made = [];
  const groups = text === "" ? [] : text.split(":");
  for (const [at, one] of groups.entries()) {
    const four = isLast && at === groups.length - 1 && one.includes(".") ? ipOf(one) : null;
    if (four?.length === 4) made.push(...four);
    else if (/^[0-9A-Fa-f]{1,4}$/.test(one)) made.push(parseInt(one, 16) >> 8, parseInt(one, 16) & 255);
    else return null;
  }
  return made;
}

/** An address in its one spelling (RFC 5952), from its octets. */
function ipText(octets) {
  if (octets.length === 4) return octets.join(".");
  const mapped = octets.slice(0, 10).every((one) => one === 0) && octets[10] === 255 && octets[11] === 255;
  if (mapped) return `::ffff:${octets.slice(12).join(".")}`;
  const groups = [];
  for (let at = 0; at < 16; at += 2) groups.push(octets[at] * 256 + octets[at + 1]);
  let [start, size] = [0, 0];
  for (let at = 0; at < 8; at++) {
    let end = at;
    while (end < 8 && groups[end] === 0) end++;
    if (end - at > size) [start, size] = [at, end - at];
  }
  const parts = groups.map((one) => one.toString(16));
  if (size < 2) return parts.join(":");
  return `${parts.slice(0, start).join(":")}::${parts.slice(start + size).join(":")}`;
}

/** An address with its zone, if it has one, to compare it with others; null for what is none. */
function sameIp(text) {
  const [address, zone] = /^([^%]*:[^%]*)(%[^%]+)$/.exec(text)?.slice(1) ?? [text, ""];
  const octets = ipOf(address);
  return octets && octets.join(".") + zone;
}

const CLOSED = [
  "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
  "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
  "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
  "224.0.0.0/4", "240.0.0.0/4", "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48",
  "3fff::/20",
];

function isPublic(text) {
  const octets = ipOf(text);
  if (!octets || (octets.length === 16 && !within(octets, "2000::/3"))) return false;
  return !CLOSED.some((net) => within(octets, net));
}

function within(octets, net) {
  const [start, size] = net.split("/");
  const first = ipOf(start);
  if (first.length !== octets.length) return false;
  const bits = (of) => of.map((one) => one.toString(2).padStart(8, "0")).join("").slice(0, Number(size));
  return bits(first) === bits(octets);
}
