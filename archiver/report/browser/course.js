// Check 6, the rules of manifest, claims, course, probe and controls (docs/format.md).

const CERTIFICATE_FAULTS = [
  "tls.expired", "tls.not_yet_valid", "tls.self_signed", "tls.wrong_host", "tls.untrusted",
  "tls.old_version",
];
const FINAL = ["http.invalid", "local.refused_by_policy"]; // after these nobody asks again
const ROLES = ["source", "requisite", "probe", "control"];
const ATTEMPT = "urn:archiver:attempt:";
const DAY = 86400;

function byRole(seen, role) {
  return seen.exchanges.filter((one) => one.role === role);
}

function statusOf(one) {
  return one.response?.status ?? null;
}

function faultOf(one) {
  return one.fault?.type ?? "";
}

function came(one) {
  const status = statusOf(one);
  return status !== null && status >= 200 && status < 300;
}

function targetOf(one) {
  return REDIRECTS.includes(statusOf(one)) ? one.response.location : null;
}

function isProved(one) {
  return one.tls !== null && one.tls.verified;
}

function pairsOf(many) {
  return many.slice(1).map((then, at) => [many[at], then]);
}

/** URL, date and status of the page that is listed (section 9). */
function mainPage(hops) {
  const [first, last] = [hops[0], hops.at(-1)];
  if (statusOf(last) === null) return { url: ATTEMPT + first.url, moment: first.date, status: null };
  const answered = hops.find((one) => one.url === first.url && one.response);
  return { url: first.url, moment: (answered ?? first).date, status: statusOf(last) };
}

async function* checkCourse(package_) {
  const { seen } = package_;
  const hops = byRole(seen, "source");
  if (hops.length === 0) {
    yield problem(CAPTURE, "there is no exchange with the source");
    return;
  }
  yield* checkListed(package_, hops);
  yield* checkClaims(package_);
  yield* checkSeed(package_);
  yield* checkMoments(seen, hops);
  yield* checkHops(seen, hops);
  yield* checkRepeated(seen);
  yield* checkProbes(seen, hops);
  yield* checkControls(package_, hops);
}

function* checkListed(package_, hops) {
  const { seen } = package_;
  const listed = package_.document(LAST[0]);
  const { url, moment } = mainPage(hops);
  const due = { id: seen.capture_id, software: seen.software, mainPageUrl: url, mainPageDate: moment };
  for (const [name, value] of Object.entries(due)) {
    if (listed[name] !== value) yield problem(`${LAST[0]} ${name}`, "is not what the capture gives", value, listed[name]);
  }
  const after = secondsOf(listed.created) - secondsOf(seen.ended);
  if (!(after >= 0 && after <= DAY)) {
    yield problem(`${LAST[0]} created`, "is not within a day after the end of the capture", seen.ended, listed.created);
  }
}

function* checkClaims(package_) {
  const { seen } = package_;
  const [claimed, assessed] = [CLAIMED, ASSESSED].map((path) => package_.document(path));
  for (const [path, one] of [[CLAIMED, claimed], [ASSESSED, assessed]]) {
    if (one.case !== seen.case) yield problem(`${path} case`, "is another case than that of the capture", seen.case, one.case);
  }
  if (claimed.source?.url !== seen.source) {
    yield problem(`${CLAIMED} source.url`, "is not the source that was captured", seen.source, shown(claimed.source?.url ?? null));
  }
}

async function* checkSeed(package_) {
  const { files } = package_;
  const said = package_.document(CLAIMED).seed_text ?? null;
  const text = files.get(SEED_TEXT);
  const listed = files.has(SEED) ? package_.document(SEED) : null;
  if ((said === null) !== (!text && listed === null)) {
    yield problem(SEED, "a seed text is claimed and not here, or the other way round");
    return;
  }
  if (said === null) return;
  const raw = listed?.forms.find((one) => one.form === "raw" && one.sha256);
  const publish = text ? "include" : (listed?.publish ?? null);
  const digest = text ? await digestOf(text) : raw?.sha256;
  if (said.publish !== publish || (publish === "include" && !text)) {
    yield problem(`${CLAIMED} seed_text.publish`, "is not how it is published", shown(publish), shown(said.publish ?? null));
  }
  if (said.sha256 !== digest) {
    yield problem(`${CLAIMED} seed_text.sha256`, "is not the digest of the seed text", digest, said.sha256);
  }
}

function* checkMoments(seen, hops) {
  const dates = [seen.started, seen.ended, ...seen.exchanges.map((one) => one.date)].sort();
  const inOrder = (many) => pairsOf(many).every(([one, then]) => one <= then);
  if (dates[0] !== seen.started || dates.at(-1) !== seen.ended) {
    yield problem(CAPTURE, "an exchange is dated outside the capture");
  }
  if (!inOrder(hops.map((one) => one.date)) || !inOrder(seen.exchanges.map((one) => ROLES.indexOf(one.role)))) {
    yield problem(CAPTURE, "the exchanges are out of order");
  }
  if (seen.clock === "SOURCE_DATE_EPOCH" && dates[0] !== dates.at(-1)) {
    yield problem(CAPTURE, "a clock that was set to one moment went on");
  }
}

function follows(one, then) {
  const target = targetOf(one);
  if (target !== null) return then.attempt === 1 && leadsTo(one.url, target, then.url);
  if (one.url !== then.url || !one.fault) return false;
  if (CERTIFICATE_FAULTS.includes(faultOf(one))) return then.attempt === one.attempt && !isProved(then);
  return then.attempt === one.attempt + 1 && !FINAL.includes(faultOf(one));
}

function* checkHops(seen, hops) {
  if (!sameAddress(seen.source, hops[0].url)) {
    yield problem(CAPTURE, "the first exchange is not with the source", seen.source, hops[0].url);
  }
  for (const [one, then] of pairsOf(hops)) {
    if (!follows(one, then)) yield problem(CAPTURE, `nothing led from ${shown(one.url)} to ${shown(then.url)}`);
  }
  if (hops.some((one) => one.attempt > seen.settings.attempts)) {
    yield problem(CAPTURE, "the source was asked more often than was set", `${seen.settings.attempts}`);
  }
  const led = pairsOf(hops).filter(([one]) => targetOf(one) !== null);
  const asked = [hops[0].url, ...led.map(([, then]) => then.url)];
  if (new Set(asked).size !== asked.length) yield problem(CAPTURE, "the same address was asked again later");
  if (byRole(seen, "requisite").length > 0 && !(came(hops.at(-1)) && seen.settings.requisites)) {
    yield problem(CAPTURE, "there are requisites of a page that did not come, or against what was set");
  }
  if (!isStopped(seen.stop, hops.at(-1), asked)) {
    yield problem(`${CAPTURE} stop`, "does not fit the last answer", undefined, shown(seen.stop));
  }
}

function isStopped(stop, last, asked) {
  const target = targetOf(last);
  if (target === null || stop === null) return target === null && stop === null;
  if (stop === "redirect.loop") return asked.some((url) => leadsTo(last.url, target, url));
  if (stop === "redirect.too_many") return asked.length > 20;
  return !surelyAsked(last.url, target);
}

function* checkRepeated(seen) {
  const first = openersOf(seen.exchanges);
  for (const [number, one] of seen.exchanges.entries()) {
    const where = `${CAPTURE} exchanges[${number}]`;
    const [before, then] = [seen.exchanges[number - 1], seen.exchanges[number + 1]];
    const same = before !== undefined && before.url === one.url && before.role === one.role;
    const doubted = same && CERTIFICATE_FAULTS.includes(faultOf(before));
    const twice = ["source", "probe"].includes(one.role);
    if (one.tls && !one.tls.verified && one.phase !== "tls" && !(doubted && twice)) {
      yield problem(where, "the server was not asked to prove who it is, for no reason");
    }
    const again = then && then.role === one.role && then.url === one.url && then.attempt === one.attempt;
    if (CERTIFICATE_FAULTS.includes(faultOf(one)) && twice && !doubted && !again) {
      yield problem(where, "a server whose certificate was at fault was not asked again without proof");
    }
    const retried = same && before.attempt === 1 && before.response === null && !first.has(number - 1) && first.has(number);
    const allowed = retried && one.role === "requisite" ? [1, 2] : [1];
    if ((one.role !== "source" || number === 0) && !allowed.includes(one.attempt)) {
      yield problem(where, "a first attempt is not numbered 1", "1", `${one.attempt}`);
    }
  }
}

async function* checkProbes(seen, hops) {
  const probes = byRole(seen, "probe");
  const sibling = await siblingOf(hops[0].url, hops[0].date);
  const whole = came(hops.at(-1)) && hops.at(-1).response.truncated === null;
  if ((probes.length > 0) !== (whole && sibling !== null && seen.settings.probe)) {
    yield problem(CAPTURE, "a sibling of the page was asked for, or not, against what was set");
  } else if (probes.length > 0 && !sameAddress(sibling, probes[0].url)) {
    yield problem(CAPTURE, "the probe is not the sibling that follows from the first exchange", sibling, probes[0].url);
  }
  for (const [one, then] of pairsOf(probes)) {
    if (!follows(one, then)) yield problem(CAPTURE, `nothing led the probe to ${shown(then.url)}`);
  }
}

function* checkControls({ seen, ours }, hops) {
  const [controls, last] = [byRole(seen, "control"), hops.at(-1)];
  const due = last.fault ? faultOf(last) !== "local.refused_by_policy" : last.tls !== null && !isProved(last);
  if ((controls.length > 0) !== due) yield problem(CAPTURE, "controls were asked for no reason, or not in spite of one");
  const named = seen.settings.controls;
  const right = controls.length === named.length && controls.every((one, at) => sameAddress(named[at], one.url));
  if (controls.length > 0 && !right) yield problem(CAPTURE, "other controls were asked than the settings name");
  if (ours && !seen.settings.controls_given && line(named) !== line(KNOWN.controls)) {
    yield problem(`${CAPTURE} settings.controls`, "names controls that nobody gave", line(KNOWN.controls), line(named));
  }
}
