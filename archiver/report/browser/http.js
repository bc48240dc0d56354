// Reading a response (docs/format.md §5.1).

const REDIRECTS = [301, 302, 303, 307, 308];
const MOST_STATED = 8192;

/** Text without the blanks at its ends that octets may have (09–0D, 20). */
function trimmed(text) {
  return text.replace(/^[\t-\r ]+|[\t-\r ]+$/g, "");
}

/** The same for the blanks of text, U+001C–001F, U+0085 and U+00A0 besides. */
function withoutBlanks(text) {
  return text.replace(/^[\t-\r\x1c-\x20\x85\xa0]+|[\t-\r\x1c-\x20\x85\xa0]+$/g, "");
}

/** A head: its size in octets, its status, its version, its fields. */
class Head {
  constructor(octets) {
    this.size = octets.length;
    this.status = null;
    this.version = "";
    this.fields = [];
    const text = latin1(octets);
    this.endsWell = text.endsWith("\r\n\r\n");
    const [first, ...lines] = text.split("\n").map((one) => one.replace(/\r$/, ""));
    const match = /^HTTP\/([0-9]\.[0-9])[ \t]+([0-9]{3})(?:[ \t].*)?$/is.exec(first);
    if (match) [this.version, this.status] = [match[1], Number(match[2])];
    for (const one of lines) this.read(one);
  }

  read(text) {
    const colon = text.indexOf(":");
    if (/^[ \t]/.test(text) && this.fields.length > 0) {
      this.fields.at(-1)[1] += " " + trimmed(text);
    } else if (colon >= 0) {
      const name = trimmed(text.slice(0, colon)).replace(/[A-Z]/g, (one) => one.toLowerCase());
      this.fields.push([name, trimmed(text.slice(colon + 1))]);
    }
  }

  all(name) {
    return this.fields.filter(([key]) => key === name).map(([, value]) => value);
  }

  /** The first field of that name, as long as `capture.json` has it; null without one. */
  stated(name) {
    return this.all(name)[0]?.slice(0, MOST_STATED) ?? null;
  }

  words(name) {
    const parts = this.all(name).flatMap((value) => value.split(","));
    return parts.map((part) => withoutBlanks(part).toLowerCase());
  }
}

/** Where the first head ends, that end included; -1 where none does. */
function endOfHead(octets, from) {
  for (let at = octets.indexOf(10, from); at >= 0; at = octets.indexOf(10, at + 1)) {
    if (octets[at + 1] === 10) return at + 2;
    if (octets[at + 1] === 13 && octets[at + 2] === 10) return at + 3;
  }
  return -1;
}

function beginsLikeHttp(octets, at = 0) {
  return latin1(octets.subarray(at, at + 5)).toUpperCase() === "HTTP/";
}

/** A response as its octets give it; `interim` are the octets of interim heads in front. */
function readResponse(octets) {
  const made = { head: null, framing: "none", body: octets, complete: false, extra: 0, interim: 0 };
  for (;;) {
    const end = beginsLikeHttp(octets, made.interim) ? endOfHead(octets, made.interim) : -1;
    if (end < 0) {
      made.body = octets.subarray(made.interim);
      made.framing = made.body.length > 0 ? "not-http" : "none";
      return made;
    }
    const head = new Head(octets.subarray(made.interim, end));
    if (head.status !== null && head.status >= 100 && head.status < 200 && head.status !== 101) {
      made.interim = end;
      continue;
    }
    made.head = head;
    readBody(made, octets.subarray(end));
    return made;
  }
}

function readBody(made, rest) {
  const { head } = made;
  const codings = head.words("transfer-encoding").filter((one) => one !== "" && one !== "identity");
  const lengths = [...new Set(head.words("content-length"))];
  if (head.status === null) made.framing = "conflict";
  else if ([101, 204, 304].includes(head.status)) made.framing = "none";
  else if (codings.length > 0) made.framing = codings.at(-1) === "chunked" ? "chunked" : "close";
  else if (lengths.length === 0) made.framing = "close";
  else if (lengths.length > 1 || !/^[0-9]{1,18}$/.test(lengths[0])) made.framing = "conflict";
  else made.framing = "length";
  if (made.framing === "chunked") {
    readChunks(made, rest);
    return;
  }
  const size = { none: 0, length: Number(lengths[0]) }[made.framing] ?? rest.length;
  made.body = rest.subarray(0, size);
  made.extra = rest.length - made.body.length;
  made.complete = made.framing === "close" || (made.framing !== "conflict" && rest.length >= size);
}

function readChunks(made, rest) {
  const parts = [];
  let [at, due] = [0, "size"];
  while (at < rest.length) {
    const end = find(rest, "\n", at, at + 65536);
    if (end < 0 && rest.length - at < 65536) break; // an unfinished line
    const text = end < 0 ? "" : latin1(rest.subarray(at, end)).replace(/\r$/, "");
    const size = /^[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\n]*)?$/.exec(text);
    if (end < 0 || (due === "size" && !size) || (due === "empty" && text !== "")) {
      parts.push(rest.subarray(at));
      break;
    }
    at = end + 1;
    if (due === "size") {
      const length = parseInt(size[1], 16);
      parts.push(rest.subarray(at, at + length));
      due = length > 0 ? "empty" : "trailer";
      at += length;
    } else if (due === "empty") {
      due = "size";
    } else if (text === "") {
      made.complete = true;
      made.extra = rest.length - at;
      break;
    }
  }
  made.body = joined(parts);
}

/** Whether octets are nothing but whole interim heads. */
function isInterimOnly(octets) {
  return readResponse(octets).interim === octets.length;
}

/** Whether a record's octets are no one response: interim heads in front, or a head without end. */
function isNoResponse(octets, read) {
  const start = octets.subarray(0, 327680);
  const endless = octets.length > start.length && endOfHead(start, 0) < 0;
  return read.interim > 0 || (endless && beginsLikeHttp(start));
}
