"""The line in a page's head that saves two failing requests: only in pages, once, with a length that is true."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from salesanalytics.ui.one_address import OneAddress

PAGE = b"<!DOCTYPE html><html><head><title>x</title></head></html>"


def answered(path, body=PAGE, kind=b"text/html; charset=utf-8", method="GET", accept=b"text/html,*/*"):
    """What the browser gets: headers and body; and the headers the app was asked with."""
    sent, asked = [], []

    async def app(scope, receive, send):
        asked.append(dict(scope["headers"]))
        headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body[:9], "more_body": True})
        await send({"type": "http.response.body", "body": body[9:]})

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "headers": [(b"accept", accept), (b"accept-encoding", b"gzip")],
    }
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, OneAddress(app)(scope, None, send)).result()
    return dict(sent[0]["headers"]), b"".join(one["body"] for one in sent[1:]), asked[0]


def test_a_page_says_where_the_server_is():
    headers, body, asked = answered("/trends")
    assert body.count(b"BACKEND_BASE_URL") == 1
    assert body.startswith(b"<!DOCTYPE html><html><head><script>")
    assert headers[b"content-length"] == str(len(body)).encode()
    assert b"accept-encoding" not in asked


def test_everything_else_stays_as_it_is():
    for path, more in (
        ("/_stcore/health", {}),
        ("/static/js/a.js", {}),
        ("/media/x", {"kind": b"image/png"}),
        ("/trends", {"accept": b"*/*"}),
        ("/trends", {"method": "HEAD"}),
    ):
        headers, body, _ = answered(path, **more)
        assert body == PAGE, path
        assert headers[b"content-length"] == str(len(PAGE)).encode()
