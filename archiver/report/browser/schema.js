// JSON Schema 2020-12, as far as our schemas use it, and the formats of docs/format.md §4.

/** Everything in which a value is not what its schema says. */
function* faultsOf(schema, value, where) {
  if (schema === true) return;
  if (schema === false) {
    yield problem(where, "is not allowed there");
    return;
  }
  const types = [schema.type ?? []].flat();
  if (types.length > 0 && !types.includes(typeOf(value))) {
    yield problem(where, "is of another type", types.join(" or "), typeOf(value));
    return;
  }
  if (Object.hasOwn(schema, "const") && value !== schema.const) {
    yield problem(where, "is another value", shown(schema.const), shown(value));
  }
  if (schema.enum && !schema.enum.includes(value)) {
    yield problem(where, "is none of the allowed values", schema.enum.map(shown).join(", "), shown(value));
  }
  if (schema.if) {
    const holds = faultsOf(schema.if, value, where).next().done;
    yield* faultsOf((holds ? schema.then : schema.else) ?? true, value, where);
  }
  if (typeof value === "string") yield* faultsOfText(schema, value, where);
  if (typeof value === "number") yield* faultsOfSize(schema, "imum", value, where);
  if (Array.isArray(value)) {
    yield* faultsOfSize(schema, "Items", value.length, where);
    for (const [at, one] of value.entries()) {
      yield* faultsOf(schema.items ?? true, one, `${where}[${at}]`);
    }
  }
  if (isObject(value)) yield* faultsOfObject(schema, value, where);
}

/** The place of a member; that of a document's own ends with a blank. */
function under(where, name) {
  return where.endsWith(" ") ? where + name : `${where}.${name}`;
}

function typeOf(value) {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value === "number" ? "integer" : typeof value;
}

function shown(value) {
  const text = typeof value === "string" ? value : line(value);
  return text.length > 300 ? text.slice(0, 299) + "…" : text;
}

function* faultsOfSize(schema, what, size, where) {
  const [least, most] = [schema[`min${what}`] ?? size, schema[`max${what}`] ?? size];
  if (size < least) yield problem(where, "is too small or too short", `at least ${least}`, `${size}`);
  if (size > most) yield problem(where, "is too large or too long", `at most ${most}`, `${size}`);
}

function* faultsOfText(schema, value, where) {
  yield* faultsOfSize(schema, "Length", [...value].length, where);
  if (schema.pattern && !patternOf(schema.pattern).test(value)) {
    yield problem(where, "does not have its form", schema.pattern, shown(value));
  }
  if (schema.format && !FORMATS[schema.format](value)) {
    yield problem(where, `is not of the format ${schema.format}`, undefined, shown(value));
  }
}

function* faultsOfObject(schema, value, where) {
  for (const name of schema.required ?? []) {
    if (!Object.hasOwn(value, name)) yield problem(under(where, name), "is missing");
  }
  for (const [name, inner] of Object.entries(value)) {
    const fitting = Object.entries(schema.patternProperties ?? {})
      .filter(([form]) => patternOf(form).test(name))
      .map(([, one]) => one);
    if (Object.hasOwn(schema.properties ?? {}, name)) fitting.push(schema.properties[name]);
    if (fitting.length === 0) fitting.push(schema.additionalProperties ?? true);
    for (const one of fitting) yield* faultsOf(one, inner, under(where, name.slice(0, 60)));
  }
}

// What `\s` means to Python, which reads the schemas as well.
const BLANK_CLASS = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const patterns = new Map();

function patternOf(source) {
  if (!patterns.has(source)) {
    const made = source
      .replaceAll("[\\s\\S]", "[^]")
      .replace(/\\(.)/gs, (pair, letter) => (letter === "s" ? BLANK_CLASS : pair));
    patterns.set(source, new RegExp(made, "u"));
  }
  return patterns.get(source);
}

// Formats.

/** Whether this is a day of the calendar. */
function isDay(text) {
  const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

/** Whether this is a day and a time on it; `whole`: with seconds and a zone. */
function isTime(text, whole) {
  const at = text.indexOf("T");
  const clock = /^([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,9})?)?(Z|[+-]([0-9]{2}):([0-9]{2}))?$/;
  const match = at < 0 ? null : clock.exec(text.slice(at + 1));
  if (!match || !isDay(text.slice(0, at))) return false;
  if (whole && !(match[3] && match[4])) return false;
  return [[1, 23], [2, 59], [3, 60], [5, 14], [6, 59]].every(
    ([group, most]) => Number(match[group] ?? 0) <= most,
  );
}

/** Whether this is a moment: `YYYY-MM-DDThh:mm:ssZ`. */
function isMoment(text) {
  const right = typeof text === "string" && text.length === 20 && text[10] === "T" && text[19] === "Z";
  return right && isTime(text, true) && Number(text.slice(17, 19)) < 60;
}

/** Seconds since 1970 of a moment. */
function secondsOf(moment) {
  return Date.parse(moment) / 1000;
}

const FORMATS = {
  date: isDay,
  "archiver-day-or-time": (text) => isDay(text) || isTime(text, true),
  "archiver-published": (text) => {
    const rest = { 4: "-01-01", 7: "-01" }[text.length] ?? "";
    return text === "unknown" || isDay(text + rest) || isTime(text, false);
  },
  "archiver-language": (text) => {
    const [language, ...others] = text.split("-");
    const known = language.length === 2 ? KNOWN.languages.includes(language) : language.length === 3;
    return known && others.every((one) => one.length !== 2 || KNOWN.countries.includes(one));
  },
  "archiver-country": (text) => KNOWN.countries.includes(text),
};
