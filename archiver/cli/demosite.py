"""The small site that `archiver demo` captures: on loopback, made up from beginning to end."""

from __future__ import annotations

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SEED_TEXT = """\
date 2026-03-14 Harbour bridge will stay closed until autumn

The harbour authority said on Friday that the old swing bridge will stay closed until autumn, \
after divers found cracks in two of its piers.

“Nobody was in danger at any time,” the authority's spokeswoman said. The first cracks had been \
reported in January.

Some 4,200 people crossed the bridge on an ordinary day. They will have to take the ferry, which \
runs every twenty minutes and is free of charge for residents.

{url}
"""

_STYLE = "body { max-width: 40em; margin: auto; font-family: serif } img { width: 100% }\n"
_IMAGE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 3"><path d="M0 2h8M1 2l1-1h4l1 1" '
    'fill="none" stroke="#246"/></svg>\n'
)
_ARTICLE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Harbour bridge will stay closed until autumn &ndash; The Quay</title>
<link rel="stylesheet" href="/style.css">
<style>nav {{ display: flex }}</style>
</head>
<body>
<nav><a href="/">The Quay</a> <a href="/harbour/">Harbour</a></nav>
<article>
<h1>Harbour bridge will stay closed until autumn</h1>
<p class="byline">14 March 2026</p>
<img src="/bridge.svg" alt="The swing bridge">
<p>The harbour authority said on Friday that the old
<a href="/bridge">swing bridge</a> will stay closed until <em>autumn</em>, after
divers found cracks in two of its piers.</p>
<p>&ldquo;Nobody was in danger at any time,&rdquo; the authority&#39;s spokeswoman
said. The first cracks had been reported in {month}.</p>
<p>Some 4,200 people crossed the bridge on an ordinary&nbsp;day. They will have to take the
ferry, which runs every twenty minutes and is free of charge for residents.</p>
</article>
<footer>The Quay is made up: it exists only inside this demonstration.</footer>
</body>
</html>
"""
_GONE = "<!doctype html><title>404</title><h1>Not found</h1><p>There is no such page here.</p>\n"
_SOFT = (
    "<!doctype html><title>Page not found – The Quay</title><h1>Oops!</h1>"
    "<p>We could not find what you were looking for. Try our front page.</p>\n"
)
_FRONT = "<!doctype html><title>The Quay</title><h1>The Quay</h1><p>News of the harbour.</p>\n"


class DemoSite:
    """A running site. `changed` switches the article to the version with one word edited."""

    def __init__(self) -> None:
        self.changed = False
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.port = int(self._server.server_address[1])
        # Bound but never listening: connections to it are refused, and nobody else gets it.
        self._dead = socket.socket()
        self._dead.bind(("127.0.0.1", 0))
        self.dead_port = int(self._dead.getsockname()[1])

    def __enter__(self) -> DemoSite:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._dead.close()

    def url(self, path: str) -> str:
        """The address of a page of the site."""
        return f"http://127.0.0.1:{self.port}{path}"

    def dead_url(self, path: str) -> str:
        """The address of a page on a port where nothing listens."""
        return f"http://127.0.0.1:{self.dead_port}{path}"

    def answer(self, path: str) -> tuple[int, str, str]:
        """Status, media type and body of a page."""
        month = "February" if self.changed else "January"
        pages = {
            "/": (200, "text/html; charset=utf-8", _FRONT),
            "/style.css": (200, "text/css", _STYLE),
            "/bridge.svg": (200, "image/svg+xml", _IMAGE),
            "/harbour/bridge-closed": (
                200,
                "text/html; charset=utf-8",
                _ARTICLE.format(month=month),
            ),
        }
        if path.startswith("/archive/"):  # a part of the site that never says 404
            return 200, "text/html; charset=utf-8", _SOFT
        return pages.get(path, (404, "text/html; charset=utf-8", _GONE))

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                status, media_type, body = site.answer(self.path)
                octets = body.encode("utf-8")
                self.send_response(status)
                self.send_header("Content-Type", media_type)
                self.send_header("Content-Length", str(len(octets)))
                self.end_headers()
                self.wfile.write(octets)

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler
