"""Headless Chromium, driven over the debugging pipe: no port, no websocket, no library."""

from __future__ import annotations

import json
import os
import select
import subprocess
import time
from pathlib import Path
from typing import Any

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()


class Browser:
    """One page. What is not for `site` goes to `proxy`, service workers and loopback included."""

    def __init__(self, program: str, profile: Path, *, site: str, proxy: str) -> None:
        ways = [f"--proxy-server={proxy}", f"--proxy-bypass-list=<-loopback>;{site}"]
        command = [program, *FLAGS, *ways, "--remote-debugging-pipe", f"--user-data-dir={profile}"]
        # Chromium reads its orders from descriptor 3 and answers on 4.
        self._process = subprocess.Popen(
            ["sh", "-c", 'exec "$@" 3<&0 4>&1 </dev/null >/dev/null', "sh", *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._pending = b""
        self._number = 0
        self.heard: list[dict[str, Any]] = []  # what the browser told besides answers
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        attached = self._call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = str(attached["sessionId"])

    def close(self) -> None:
        with self._process as process:
            process.terminate()
            process.wait(30)

    def open(self, url: str) -> None:
        self._call("Page.navigate", self._session, url=url)

    def watch(self) -> None:
        """Have it tell of dialogs, requests, and whatever it complains about."""
        for domain in ("Page", "Network", "Log", "Runtime"):
            self._call(f"{domain}.enable", self._session)

    def look(self, *, width: int = 1200, dark: bool = False) -> None:
        """Show pages in this width (CSS pixels), light or dark."""
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self._call("Emulation.setDeviceMetricsOverride", self._session, **size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._call("Emulation.setEmulatedMedia", self._session, features=[scheme])

    def pump(self) -> None:
        """Hear what it tells, even of a page that has ended."""
        self._call("Target.getTargets")

    def run(self, script: str) -> Any:
        """The value of an expression in the page, awaited where it is a promise."""
        order = {"expression": script, "returnByValue": True, "awaitPromise": True}
        said = self._call("Runtime.evaluate", self._session, **order)
        return said["result"].get("value")

    def wait_for(self, script: str, seconds: float = 30) -> Any:
        """The first true value of an expression, which may throw until then."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            value = self.run(f"(() => {{ try {{ return {script} }} catch {{ return null }} }})()")
            if value:
                return value
            time.sleep(0.1)
        raise AssertionError(f"never true: {script}")

    def run_in(self, part: str, script: str) -> Any:
        """The value of an expression in the frame whose address has this part; None where
        there is no such frame."""
        tree = self._call("Page.getFrameTree", self._session)["frameTree"]
        found = next((one for one in _frames(tree) if part in one["url"]), None)
        if found is None:
            return None
        made = self._call("Page.createIsolatedWorld", self._session, frameId=found["id"])
        order = {"expression": script, "returnByValue": True, "awaitPromise": True}
        context = made["executionContextId"]
        said = self._call("Runtime.evaluate", self._session, contextId=context, **order)
        return said["result"].get("value")

    def choose(self, selector: str, *files: Path) -> None:
        """Choose files in an input of the page."""
        order = {"expression": f"document.querySelector({json.dumps(selector)})"}
        found = self._call("Runtime.evaluate", self._session, **order)["result"]["objectId"]
        named = [str(one) for one in files]
        self._call("DOM.setFileInputFiles", self._session, files=named, objectId=found)

    def drop(self, selector: str, *files: Path) -> None:
        """Drag files or folders onto the middle of an element, as a hand does."""
        found = f"document.querySelector({json.dumps(selector)}).getBoundingClientRect()"
        x, y = self.run(f"(one => [one.x + one.width / 2, one.y + one.height / 2])({found})")
        data = {"items": [], "files": [str(one) for one in files], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            order = {"type": kind, "x": x, "y": y, "data": data}
            self._call("Input.dispatchDragEvent", self._session, **order)

    def _call(self, method: str, session: str | None = None, **params: Any) -> dict[str, Any]:
        self._number += 1
        order = {"id": self._number, "method": method, "params": params}
        if session:
            order["sessionId"] = session
        assert self._process.stdin
        self._process.stdin.write(json.dumps(order).encode() + b"\0")
        self._process.stdin.flush()
        while (said := self._next()).get("id") != self._number:
            self.heard.append(said)
        assert "error" not in said, said
        return dict(said["result"])

    def _next(self) -> dict[str, Any]:
        assert self._process.stdout
        answers = self._process.stdout.fileno()
        while b"\0" not in self._pending:
            assert select.select([answers], [], [], 30)[0], "Chromium says nothing"
            piece = os.read(answers, 1 << 20)
            assert piece, "Chromium has ended"
            self._pending += piece
        message, _, self._pending = self._pending.partition(b"\0")
        return dict(json.loads(message))


def _frames(tree: dict[str, Any]) -> list[dict[str, Any]]:
    """The frames of a page, the innermost last."""
    inner = [one for child in tree.get("childFrames", []) for one in _frames(child)]
    return [dict(tree["frame"]), *inner]
