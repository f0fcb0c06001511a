"""The server answers at once: the browser's scripts come from memory, and what pages need is imported while the browser reads them."""

from __future__ import annotations

import asyncio
import mimetypes
import threading
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from pathlib import Path
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

FOREVER = b"public, immutable, max-age=31536000"
"""Streamlit's bundles have a digest of their content in their names."""
FOR_A_DAY = b"public, max-age=86400"


class FromMemory:
    """Serves the files below ``folder``/static from memory and hands everything else on: sixty small scripts through a thread each took a third of a second.

    ``own``: files of ours by their address, instead of what the app has there.
    """

    def __init__(self, app: App, folder: Path, own: Mapping[str, Path] | None = None) -> None:
        self._app = app
        self._own = dict(own or {})
        self._paths = {f"/{path.relative_to(folder).as_posix()}": path for path in (folder / "static").rglob("*.*")}
        self._paths |= self._own
        self._read: dict[str, tuple[list[tuple[bytes, bytes]], bytes]] = {}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] not in self._paths:
            await self._app(scope, receive, send)
            return
        headers, body = self._file(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _file(self, name: str) -> tuple[list[tuple[bytes, bytes]], bytes]:
        if name not in self._read:
            body = self._paths[name].read_bytes()
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            kind = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
            sized = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode())]
            kept = FOR_A_DAY if name in self._own else FOREVER
            self._read[name] = ([*sized, (b"cache-control", kept)], body)
        return self._read[name]


class WhenReady:
    """Begins ``prepare`` in a thread once the server has started, and lets nobody's session begin before it is done; files are served meanwhile.

    Sessions wait, since two threads importing the same modules can find them half imported.
    """

    def __init__(self, app: App, prepare: Callable[[], None]) -> None:
        self._app = app
        self._prepare = prepare
        self._ready = threading.Event()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request, or the server's own start and end."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, self._told(send))
            return
        if scope["type"] == "websocket" and not self._ready.is_set():
            await asyncio.to_thread(self._ready.wait)
        await self._app(scope, receive, send)

    def _told(self, send: Send) -> Send:
        async def tell(message: Message) -> None:
            await send(message)
            if message["type"] == "lifespan.startup.complete":
                threading.Thread(target=self._run, name="prepare-imports", daemon=True).start()

        return tell

    def _run(self) -> None:
        try:
            self._prepare()
        finally:
            self._ready.set()
