// The index and the list of pages (docs/format.md §9).

const UNESCAPED = "!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~";
const PATH_SESSIONS = [
  /^(.*\/)\((?:[a-z]\([0-9a-z]{24}\))+\)\/([^?]+\.aspx.*)$/is,
  /^(.*\/)\([0-9a-z]{24}\)\/([^?]+\.aspx.*)$/is,
];
const QUERY_SESSIONS = [
  "jsessionid=[0-9a-z]{32}", "phpsessid=[0-9a-z]{32}", "sid=[0-9a-z]{32}",
  "ASPSESSIONID[a-z]{8}=[a-z]{24}", "cfid=[^&]+&cftoken=[^&]+",
].map((session) => new RegExp(`^(.*)${session}(?:&(.*))?$`, "is"));
const PAGES_HEAD = '{"format":"json-pages-1.0","id":"pages","title":"All Pages"}\n';

/** The index of these records. */
function indexOf(records) {
  const lines = [];
  for (const one of records) {
    const head = one.response?.head ?? null;
    const listed = one.type === "resource" || (head !== null && head.status !== null);
    if (!listed || one.uri === null) continue;
    const mime = head ? (head.all("content-type")[0] ?? "") : one.contentType;
    const row = [
      ["url", one.uri],
      ["mime", withoutBlanks(mime.split(";")[0]) || "unk"],
      ...(head ? [["status", `${head.status}`]] : []),
      ["digest", head ? one.response.digest : one.digest],
      ["length", `${one.size}`],
      ["offset", `${one.offset}`],
      ["filename", "data.warc"],
      ["recordDigest", one.whole],
    ].map(([name, value]) => `"${name}":${inAscii(value)}`);
    lines.push(`${surt(one.uri)} ${one.date.replace(/[^0-9]/g, "")} {${row.join(",")}}\n`);
  }
  return utf8(lines.sort().join(""));
}

/** A text as a JSON string of ASCII. */
function inAscii(text) {
  return JSON.stringify(text).replace(/[^ -~]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The key of a URI: what replay tools look it up by. */
function surt(uri) {
  if (!/^https?:\/\//i.test(uri)) {
    const [, scheme, path, query] = /^([^:]*):?([^?]*)\??(.*)$/s.exec(uri);
    return `${scheme}:${pathKey(decoded(path))}${queryKey(query)}`;
  }
  const { scheme, host, port, path, query } = split(uri);
  const name = host.replaceAll("..", ".").replace(/^\.+|\.+$/g, "").replace(/^www[0-9]*\./, "");
  const kept = [];
  for (const segment of decoded(path || "/").split("/").slice(1)) {
    if (segment === ".." && kept.length > 0) kept.pop();
    else if (segment !== ".") kept.push(segment);
  }
  const last = kept.pop() ?? "";
  const whole = `/${kept.filter((one) => one !== "").map((one) => `${one}/`).join("")}${last}`;
  const at = port === null || port === PORTS[scheme] ? "" : `:${port}`;
  return `${name.split(".").reverse().join(",")}${at})${pathKey(whole)}${queryKey(query)}`;
}

/** Without any escape, as text of one character an octet. */
function decoded(text) {
  let [octets, before] = [latin1(utf8(text)), null];
  while (octets !== before) [before, octets] = [octets, unquoted(octets)];
  return octets;
}

function encoded(octets) {
  return octets.replace(/[^]/g, (one) =>
    /[A-Za-z0-9]/.test(one) || UNESCAPED.includes(one)
      ? one
      : `%${one.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}

function withoutSessions(text, sessions) {
  for (const session of sessions) {
    const match = session.exec(text);
    if (match) text = match[1] + (match[2] ?? "");
  }
  return text;
}

function pathKey(octets) {
  const path = withoutSessions(encoded(octets).toLowerCase(), PATH_SESSIONS);
  return path.length > 1 ? path.replace(/\/$/, "") : path;
}

function queryKey(query) {
  const left = withoutSessions(encoded(decoded(query)), QUERY_SESSIONS);
  const pairs = left.toLowerCase().split("&").map((part) => {
    const at = part.indexOf("=");
    return at < 0 ? [part] : [part.slice(0, at), part.slice(at + 1)];
  });
  pairs.sort((one, other) => byCodePoints(one[0], other[0]) || byCodePoints(one[1] ?? "", other[1] ?? "") || one.length - other.length);
  return left ? `?${pairs.map((pair) => pair.join("=")).join("&")}` : "";
}

/** Whether the list of pages is that of this capture, but for the page's own title. */
async function* checkPages({ seen, files }) {
  const hops = byRole(seen, "source");
  const { url, moment, status } = mainPage(hops);
  const text = fromUtf8(files.get("pages/pages.jsonl")) ?? "";
  const due = { depth: 0, id: (await digestOf(utf8(`${url} ${moment}`))).slice(7, 39), seed: true, ts: moment, url };
  due.title = `Attempt record: ${seen.source}`;
  if (status !== null) {
    const last = hops.at(-1);
    const doubts = [
      ...(last.tls && !last.tls.verified ? ["server's identity not verified"] : []),
      ...(last.response.truncated ? ["incomplete"] : []),
    ];
    due.status = status;
    due.title = ownTitle(text);
    if (doubts.length > 0 && !due.title?.endsWith(` (${doubts.join(", ")})`)) {
      yield problem("pages/pages.jsonl", "the title does not say what is in doubt", doubts.join(", "), shown(due.title ?? null));
    }
  }
  if (due.title === null || text !== `${PAGES_HEAD}${line(due)}\n`) {
    yield problem("pages/pages.jsonl", "is not the list of this capture's page");
  }
}

/** The title that the list of pages has; null where it cannot be read. */
function ownTitle(text) {
  try {
    const { title } = JSON.parse(text.slice(PAGES_HEAD.length));
    return typeof title === "string" ? title : null;
  } catch {
    return null;
  }
}
