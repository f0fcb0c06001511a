"""Tells the browser where the server is: without it a page opened by its own address first looks for the server below that page, two requests that fail."""

from __future__ import annotations

from salesanalytics.ui.opening import App, Message, Receive, Send

# relative to the page as its scripts are, so that a prefix before the app stays one
_SCRIPT = b'<script>window.__streamlit = { BACKEND_BASE_URL: new URL(".", location.href).href }</script>'
_HEAD = b"<head>"


class OneAddress:
    """Puts one line into the HTML Streamlit answers a page's address with, and hands everything else on."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "GET" or not _asks_for_a_page(scope):
            await self._app(scope, receive, send)
            return
        headers = [
            pair for pair in scope["headers"] if pair[0] != b"accept-encoding"
        ]  # a packed page cannot be added to
        await self._app({**scope, "headers": headers}, receive, _Adding(send))


def _asks_for_a_page(scope: Message) -> bool:
    accepted = dict(scope.get("headers", ())).get(b"accept", b"")
    last = str(scope["path"]).rpartition("/")[2]
    return b"text/html" in accepted and "." not in last and "/_stcore/" not in str(scope["path"])


class _Adding:
    """Holds an HTML answer back until it is whole, then sends it with the line in its head."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_html(message):
            self._start = message
            return
        if self._start is None:
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        body = self._body.replace(_HEAD, _HEAD + _SCRIPT, 1)
        kept = [pair for pair in self._start["headers"] if pair[0].lower() != b"content-length"]
        headers = [*kept, (b"content-length", str(len(body)).encode())]
        await self._send({**self._start, "headers": headers})
        await self._send({**message, "body": body})


def _is_html(start: Message) -> bool:
    headers = {name.lower(): value for name, value in start["headers"]}
    return (
        start["status"] == 200
        and headers.get(b"content-type", b"").startswith(b"text/html")
        and b"content-encoding" not in headers
    )
