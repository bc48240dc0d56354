// Check 6, the rules of each exchange, its connection, names, and proxies (docs/format.md).

const FAULT_PHASES = {
  "local.proxy": ["dns", "tcp", "proxy", "tls", "request", "response"],
  local: ["address"],
  dns: ["dns"],
  tcp: ["tcp", "tls", "request", "response"],
  tls: ["tls", "request", "response"],
  http: ["request", "response"],
};
const ON_THE_WAY = "on the way through the proxy: ";
const WORST_FIRST = ["failed", "timeout", "servfail", "refused", "nodata", "nxdomain"];

function* checkExchanges({ seen, ours }) {
  const first = openersOf(seen.exchanges);
  for (const [number, one] of seen.exchanges.entries()) {
    const found = [...alone(one, seen.settings, ours), ...(first.has(number) ? opened(one) : [])];
    for (const [what, expected, was] of found) {
      yield problem(`${CAPTURE} exchanges[${number}]`, what, expected, was);
    }
  }
  yield* checkNames(seen);
}

function* alone(one, settings, ours) {
  if (!canBeAsked(one.url)) {
    yield ["its address is none that can be asked for", undefined, shown(one.url)];
    return;
  }
  const { scheme, host, port } = split(one.url);
  for (const { ip, port: tried } of one.addresses) {
    const right = sameIp(ip) !== null && (sameIp(host) ?? sameIp(ip)) === sameIp(ip);
    if (!right || tried !== (port || PORTS[scheme])) yield ["it went to an address that is not its URL's", undefined, `${ip} port ${tried}`];
  }
  if (ours) yield* policy(one, settings);
  yield* endOf(one, settings.max_octets, ours);
  yield* proxied(one, settings.proxy, scheme === "https");
}

function* policy(one, settings) {
  const named = one.role === "control" && settings.controls_given;
  const open = settings.allow_private_addresses || named || one.proxy !== null;
  for (const { ip, result } of [...one.addresses, ...(one.proxy?.addresses ?? [])]) {
    if (result === "refused_by_policy" ? isPublic(ip) : !(isPublic(ip) || open)) {
      yield [`${ip} was asked though it is not public, or refused though it is`];
    }
  }
}

function* endOf(one, most, ours) {
  const truncated = one.response?.truncated ?? null;
  const answered = statusOf(one) !== null;
  if (one.role === "source" && truncated === "length" && one.response.octets - one.response.head < most) {
    yield ["its response is cut off as too large, and is not", `${most}`, `${one.response.octets - one.response.head}`];
  }
  if (answered === (one.fault !== null)) yield ["it has a fault and an answer, or neither"];
  else if (answered) {
    const due = truncated ? "response" : "done";
    if (one.phase !== due) yield ["its phase is not that of its answer", due, one.phase];
    if (!truncated && one.request === null) yield ["it is answered, and nothing was asked"];
  } else yield* failed(one, truncated, ours);
}

function* failed(one, truncated, ours) {
  const { type, message } = one.fault;
  const word = type === "local.proxy" ? type : type.split(".")[0];
  if (!KNOWN.faults.some(([kind]) => kind === type) || !FAULT_PHASES[word]?.includes(one.phase)) {
    yield ["its fault is none that there is, or none of its phase", undefined, `${type} in phase ${one.phase}`];
  }
  if (ours && !isInWords(type, message)) yield ["its fault is told in other words than ours", undefined, shown(message)];
  const early = ["address", "dns", "tcp"].includes(one.phase);
  if (((one.proxy ?? one).ip === null) !== early) yield ["it has an address in a phase without one, or the other way round"];
  if ((one.request !== null) !== (one.phase === "response")) {
    yield ["it has a request in a phase without one, or the other way round"];
  }
  if (one.response && !one.proxy) {
    const fits = { "http.timeout": truncated === "time", "http.invalid": truncated !== "time" };
    const broken = ["tcp.reset", "tls.failed"].includes(type) && truncated === "disconnect";
    if (!(fits[type] ?? broken)) yield ["octets came that do not fit its fault"];
  }
}

/** Whether the list of faults has this one in these words; a lone N stands for a number. */
function isInWords(type, message) {
  const byProxy = type === "local.proxy" && message.startsWith(ON_THE_WAY);
  const words = byProxy ? message.slice(ON_THE_WAY.length) : message;
  return KNOWN.faults.some(([kind, form]) => {
    const [before, behind] = form.split("{}");
    const number = words.slice(before.length, words.length - (behind ?? "").length);
    const right = behind === undefined ? words === form : words === before + number + behind && /^[0-9]{1,3}$/.test(number);
    return (byProxy || kind === type) && right;
  });
}

function* proxied(one, named, secure) {
  const { proxy, phase } = one;
  const type = faultOf(one);
  if ((proxy === null) !== (named === null)) yield ["it went through a proxy, or not, against what was set"];
  if (proxy === null || named === null) {
    if (phase === "proxy" || type === "local.proxy") yield ["a proxy failed that there was not"];
    return;
  }
  const port = split(named)?.port;
  if (one.addresses.length > 0 || one.ip !== null || one.port !== null || proxy.addresses.some((tried) => tried.port !== port)) {
    yield ["it has addresses that only the proxy knows, or the proxy has others than were set"];
  }
  if (proxy.request !== null && !secure) yield ["the proxy was asked to open a way that was not needed"];
  const opened = proxy.status !== null && proxy.status >= 200 && proxy.status < 300;
  if (["tls", "request", "response", "done"].includes(phase) && opened !== secure) {
    yield ["the proxy did not open the way, or opened one that was not needed"];
  }
  const shown = one.tls !== null && [...CERTIFICATE_FAULTS, "tls.failed", "http.closed", "http.invalid"].includes(type);
  if (type && !shown && !["local.proxy", "local.refused_by_policy"].includes(type)) {
    yield ["a fault that may be the proxy's is told as the source's", "local.proxy", type];
  }
}

/** How a connection came about. */
function* opened(one) {
  const peer = one.proxy ?? one;
  const { phase, tls } = one;
  const results = peer.addresses.map((tried) => tried.result);
  const connected = peer.addresses.find((tried) => tried.result === "connected");
  if (peer.ip !== (connected?.ip ?? null) || peer.port !== (connected?.port ?? null) || results.slice(0, -1).includes("connected")) {
    yield ["another address answered than the one it connected to"];
  }
  if (!connected && (one.request !== null || one.response !== null)) yield ["octets went without a connection"];
  const last = results.at(-1) ?? "";
  const fits = {
    dns: results.length === 0,
    address: results.every((result) => ["refused_by_policy", "not_tried"].includes(result)),
    tcp: one.proxy ? last.startsWith("tcp.") : results.length > 0 && last === faultOf(one),
  };
  if (!(fits[phase] ?? results.slice(0, -1).every((result) => result.startsWith("tcp.")))) {
    yield ["what became of its addresses does not fit its phase"];
  }
  const due = connected !== undefined && /^https:/i.test(one.url) && phase !== "proxy";
  if (due !== (tls !== null) || (phase === "tls" && tls === null)) yield ["it has TLS where there can be none, or none where it must"];
  else if (tls && (tls.server_name !== hostOf(one.url) || (tls.verified && phase === "tls"))) {
    yield ["its TLS is with another server, or did not fail", hostOf(one.url), tls.server_name];
  }
}

/** Names: which look-ups there are, what follows from them, which addresses they gave. */
function* checkNames(seen) {
  const behind = new Map();
  const given = seen.settings.resolvers;
  let attempt = 1;
  for (const [number, one] of seen.exchanges.entries()) {
    const where = `${CAPTURE} exchanges[${number}]`;
    if (one.role === "source") {
      if (one.attempt > attempt) behind.clear();
      attempt = one.attempt;
    }
    const name = hostOf(one.proxy ? seen.settings.proxy ?? "" : one.url) ?? "";
    const own = one.lookups;
    const servers = given.length > 0 ? given : own.slice(0, 1).map((asked) => asked.server);
    const due = servers.flatMap((server) => ["A", "AAAA"].map((kind) => [server, kind]));
    const isIp = sameIp(name) !== null;
    if (own.length > 0 && (isIp || line(due) !== line(own.map((asked) => [asked.server, asked.type])))) {
      yield problem(where, "its look-ups are not one for A and one for AAAA of each name server");
    }
    const told = own.length > 0 || one.role === "control" ? own : (behind.get(name) ?? []);
    behind.set(name, told);
    const type = faultOf(one);
    if (type.startsWith("dns.")) {
      const results = told.map((asked) => asked.result);
      const explained = results.length > 0 && !results.includes("answered");
      const words = explained ? [WORST_FIRST.find((word) => results.includes(word))] : ["failed", "timeout"];
      if (!words.includes(type.slice(4))) {
        yield problem(where, "its fault is not what the name servers told", words.map((word) => `dns.${word}`).join(" or "), type);
      }
    }
    const gave = told.flatMap((asked) => asked.addresses.map(sameIp));
    const tried = (one.proxy ?? one).addresses.map(({ ip }) => sameIp(ip));
    if (given.length > 0 && !isIp && !tried.every((ip) => gave.includes(ip))) {
      yield problem(where, "it went to an address that no name server gave");
    }
  }
}
