// JSON as docs/format.md §3 has it: strictly read, and written in its one form.

const MOST_OCTETS = 33554432;
const MOST_MARKS = 2 ** 22;
const MOST_VALUES = 2 ** 20;
const MOST_LEVELS = 64;

/** A document from its octets. Throws `Wrong` for all that §3 refuses. */
function readStrictly(octets, where) {
  if (octets.length > MOST_OCTETS) throw new Wrong(where, "is larger than a document may be");
  let marks = 0;
  for (const octet of octets) if (octet === 0x2c || octet === 0x5b || octet === 0x7b) marks++;
  if (marks > MOST_MARKS) throw new Wrong(where, "has more parts than a document may have");
  const text = fromUtf8(octets);
  if (text === null) throw new Wrong(where, "is not UTF-8");
  const value = new Json(text, where).document();
  if (!isObject(value)) throw new Wrong(where, "is not an object");
  return value;
}

function isObject(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** A reader of one text. `JSON.parse` takes a key twice and numbers that it cannot hold. */
class Json {
  constructor(text, where) {
    this.text = text;
    this.where = where;
    this.at = 0;
    this.values = 0;
  }

  wrong(what) {
    return new Wrong(this.where, `${what}, at character ${this.at}`);
  }

  document() {
    const value = this.value(0);
    this.blanks();
    if (this.at < this.text.length) throw this.wrong("goes on behind its end");
    return value;
  }

  blanks() {
    while (" \t\n\r".includes(this.text[this.at] ?? "x")) this.at++;
  }

  value(level) {
    if (level > MOST_LEVELS) throw this.wrong("is deeper than a document may be");
    if (++this.values > MOST_VALUES) throw this.wrong("has more values than a document may have");
    this.blanks();
    const first = this.text[this.at];
    if (first === "{") return this.object(level);
    if (first === "[") return this.list(level);
    if (first === '"') return this.string();
    for (const [word, value] of [["true", true], ["false", false], ["null", null]]) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    return this.integer();
  }

  object(level) {
    const made = Object.create(null);
    this.each("}", () => {
      this.blanks();
      if (this.text[this.at] !== '"') throw this.wrong("has no key");
      const key = this.string();
      if (Object.hasOwn(made, key)) throw this.wrong(`has the key ${key.slice(0, 60)} twice`);
      this.blanks();
      if (this.text[this.at++] !== ":") throw this.wrong("has no colon");
      made[key] = this.value(level + 1);
    });
    return made;
  }

  list(level) {
    const made = [];
    this.each("]", () => made.push(this.value(level + 1)));
    return made;
  }

  each(end, one) {
    this.at++;
    this.blanks();
    if (this.text[this.at] === end) {
      this.at++;
      return;
    }
    for (;;) {
      one();
      this.blanks();
      const mark = this.text[this.at++];
      if (mark === end) return;
      if (mark !== ",") throw this.wrong("is no JSON");
    }
  }

  string() {
    const start = this.at;
    for (;;) {
      this.at = this.text.indexOf('"', this.at + 1);
      if (this.at < 0) throw new Wrong(this.where, "has a string without an end");
      let before = this.at - 1;
      while (this.text[before] === "\\") before--;
      if ((this.at - before) % 2 === 1) break;
    }
    this.at++;
    let value;
    try {
      value = JSON.parse(this.text.slice(start, this.at));
    } catch {
      throw this.wrong("has a string that is none");
    }
    if (/[\ud800-\udfff]/u.test(value)) throw this.wrong("has half a surrogate pair");
    return value;
  }

  integer() {
    const [spelled] = /^-?(?:0|[1-9][0-9]*)/.exec(this.text.slice(this.at, this.at + 40)) ?? [""];
    const behind = this.text[this.at + spelled.length] ?? "";
    if (spelled === "" || ".eE".includes(behind || "x")) throw this.wrong("has no integer");
    if (spelled.length > 17 || !Number.isSafeInteger(Number(spelled))) {
      throw this.wrong("has an integer that is too large");
    }
    this.at += spelled.length;
    return Number(spelled) + 0;
  }
}

/** The octets of a document in its one form. */
function spelled(value) {
  return utf8(written(value, "\n") + "\n");
}

/** A value on one line, without blanks (RFC 8785, for values that are no fractions). */
function line(value) {
  return written(value, "");
}

function written(value, newline) {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const deeper = newline && newline + "  ";
  const isList = Array.isArray(value);
  const colon = newline ? ": " : ":";
  const parts = isList
    ? value.map((one) => written(one, deeper))
    : Object.keys(value)
        .sort(byCodePoints)
        .map((key) => JSON.stringify(key) + colon + written(value[key], deeper));
  const [open, close] = isList ? "[]" : "{}";
  return parts.length === 0
    ? open + close
    : open + deeper + parts.join("," + deeper) + newline + close;
}

/** Order by code points; that of JavaScript is by halves of surrogate pairs. */
function byCodePoints(one, other) {
  const size = Math.min(one.length, other.length);
  for (let at = 0; at < size; at++) {
    const [left, right] = [one.charCodeAt(at), other.charCodeAt(at)].map((unit) =>
      unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x10000 : unit,
    );
    if (left !== right) return left - right;
  }
  return one.length - other.length;
}
