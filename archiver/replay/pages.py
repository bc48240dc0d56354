"""What the two servers give: our frame with its banner, and the viewer under a policy of ours.

The viewer (replayweb.page) rewrites archived pages in a service worker. Its own policy lets web
sockets through; so our worker stands before it and puts ours on everything that it makes.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from hashlib import sha256
from html import escape
from urllib.parse import quote

from archiver.report.escape import terminal
from archiver.report.html.style import STYLE

PACKAGE, WORKER, VIEWER_WORKER = "/package.wacz", "/sw.js", "/viewer-sw.js"
VIEWER_SCRIPT = "/ui.js"
# What an archived page may do: run, show what the worker gives, and ask for nothing else.
_ARCHIVED = (
    "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; connect-src 'self' data: blob:; "
    "frame-src 'self' data: blob:; worker-src 'self' blob:; form-action 'self'; base-uri 'self'; "
    "object-src 'none'; frame-ancestors 'self' {frame}"
)
# What no content policy reaches, WebRTC above all, is cut off by this in Chromium since 152. The
# viewer redirects to the recorded moment; where to, the content policy decides.
CONNECTIONS = "(response-origin);redirects=allow"
_WORKER_POLICY = "default-src 'none'; script-src 'self' 'unsafe-eval'; connect-src 'self'"
_FRAME_POLICY = (
    "default-src 'none'; style-src 'sha256-{style}'; img-src data:; frame-src {archived}; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_WORKER = """// Puts our policy on every answer that the viewer's worker makes, then lets it work.
"use strict";
const policy = {policy};
// Chromium ends a page that uses WebRTC against the list of connections. So what the viewer runs
// first in every page takes it away: most pages that look for it do without.
const without = "delete self.RTCPeerConnection; delete self.webkitRTCPeerConnection;\\n";
if (self.FetchEvent) {{ // the viewer runs this as a plain worker too
  const respond = FetchEvent.prototype.respondWith;
  FetchEvent.prototype.respondWith = function (made) {{
    const first = new URL(this.request.url).pathname === "/static/wombat.js" ? without : null;
    respond.call(this, Promise.resolve(made).then((response) => bound(response, first)));
  }};
}}

async function bound(response, first) {{
  if (response.type !== "default") return response; // from our server, which has bound it
  const headers = new Headers(response.headers);
  headers.set("Content-Security-Policy", policy);
  headers.set("Connection-Allowlist", "{connections}");
  headers.set("Referrer-Policy", "no-referrer");
  headers.set("X-DNS-Prefetch-Control", "off");
  const {{ status, statusText }} = response;
  const isEmpty = [204, 205, 304].includes(status);
  const whole = first === null ? response.body : new Blob([first, await response.blob()]);
  const body = isEmpty ? null : whole;
  return new Response(body, {{ status, statusText, headers }});
}}

importScripts({viewer});
"""
_VIEWER = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Replay</title>
<link rel="icon" href="data:,">
<script src="{script}"></script>
<body>
<replay-app-main></replay-app-main>
</body>
</html>
"""
_STYLE = """
html, body { height: 100%; }
body { display: flex; flex-direction: column; padding: 0; }
.banner { padding: .6rem 1.1rem .7rem; border-bottom: .25rem solid var(--care); }
.banner p { margin: 0; font-size: .88rem; }
.banner .what { font-weight: 600; font-size: .95rem; }
iframe { flex: 1; width: 100%; border: 0; background: #ffffff; }
"""
_FRAME = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>{title}</title>
<style>{style}</style>
<body>
<div class="banner" role="banner">
<p class="what">Recorded, not live: {source}</p>
{lines}
</div>
<iframe src="{url}" title="What was recorded" sandbox="allow-scripts allow-same-origin allow-forms"
 allow="" referrerpolicy="no-referrer"></iframe>
</body>
</html>
"""


def archived_policy(frame: str) -> str:
    """The policy of everything archived, which only `frame`, an origin, may hold."""
    return _ARCHIVED.format(frame=frame)


def worker_policy() -> str:
    """The policy of the worker itself: it asks its own server, and nobody else."""
    return _WORKER_POLICY


def worker(frame: str) -> bytes:
    """The service worker that stands before the viewer's."""
    policy = f'"{archived_policy(frame)}"'
    return _WORKER.format(
        policy=policy, connections=CONNECTIONS, viewer=f'"{VIEWER_WORKER}"'
    ).encode("ascii")


def viewer() -> bytes:
    """The page that holds the viewer."""
    return _VIEWER.format(script=VIEWER_SCRIPT).encode("ascii")


def viewer_path(url: str, moment: str) -> str:
    """Where the viewer shows the page of this URL and moment."""
    digits = "".join(one for one in moment if one.isdigit())
    shown = f"#view=pages&url={quote(url, safe='')}&ts={digits}"
    return f"/?source={PACKAGE}&embed=default{shown}"


def frame(source: str, lines: Sequence[str], origin: str, path: str) -> bytes:
    """Our page around the replay. `lines` are told above it; all of them, and the source, are
    text from outside."""
    told = "\n".join(f"<p><bdi>{escape(terminal(one, 600))}</bdi></p>" for one in lines)
    return _FRAME.format(
        title=escape(terminal(f"Recorded: {source}", 200)),
        style=STYLE + _STYLE,
        source=f"<bdi>{escape(terminal(source, 300))}</bdi>",
        lines=told,
        url=escape(origin + path),
    ).encode()


def frame_policy(archived: str) -> str:
    """The policy of our page: no script at all, and one origin in its frame."""
    digest = base64.b64encode(sha256((STYLE + _STYLE).encode()).digest()).decode("ascii")
    return _FRAME_POLICY.format(style=digest, archived=archived)
