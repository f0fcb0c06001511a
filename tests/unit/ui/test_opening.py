import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

from salesanalytics.ui.opening import FromMemory, WhenReady


def run_apart(coroutine):
    """Run it on a thread of its own: a browser test before us may have left its loop running on this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


async def inner(scope, receive, send):
    if scope["type"] == "lifespan":
        await send({"type": "lifespan.startup.complete"})
        return
    await send({"type": "inner"})


def asked(app, **scope):
    sent = []

    async def send(message):
        sent.append(message)

    run_apart(app({"type": "http", "method": "GET", **scope}, None, send))
    return sent


def test_files_come_from_memory_and_only_those(tmp_path):
    (tmp_path / "static/js").mkdir(parents=True)
    (tmp_path / "static/js/a.js").write_text("let a", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("no", encoding="utf-8")
    app = FromMemory(inner, tmp_path)
    start, body = asked(app, path="/static/js/a.js")
    assert dict(start["headers"])[b"content-type"].startswith(b"text/javascript")
    assert b"immutable" in dict(start["headers"])[b"cache-control"]
    assert body["body"] == b"let a"
    for path in ("/", "/secret.txt", "/static/../secret.txt", "/static/js/b.js"):
        assert asked(app, path=path) == [{"type": "inner"}], path
    assert asked(app, path="/static/js/a.js", method="HEAD") == [{"type": "inner"}]


def test_our_own_file_stands_for_the_app_s_and_may_change(tmp_path):
    (tmp_path / "icon.png").write_bytes(b"ours")
    app = FromMemory(inner, tmp_path, {"/favicon.png": tmp_path / "icon.png"})
    start, body = asked(app, path="/favicon.png")
    assert body["body"] == b"ours"
    assert dict(start["headers"])[b"content-type"] == b"image/png"
    assert b"immutable" not in dict(start["headers"])[b"cache-control"]


def test_sessions_wait_for_the_imports_and_files_do_not():
    go, order = threading.Event(), []

    def prepare():
        go.wait(5)
        order.append("prepared")

    app = WhenReady(inner, prepare)

    async def run():
        async def send(message):
            order.append(message["type"])

        await app({"type": "lifespan"}, None, send)
        session = asyncio.create_task(app({"type": "websocket"}, None, send))
        await app({"type": "http"}, None, send)
        go.set()
        await session

    run_apart(run())
    assert order == ["lifespan.startup.complete", "inner", "prepared", "inner"]


def test_a_failed_preparation_keeps_nobody_waiting():
    def prepare():
        raise RuntimeError

    threading.excepthook, before = lambda _: None, threading.excepthook
    try:
        app = WhenReady(inner, prepare)

        async def run():
            async def send(message):
                pass

            await app({"type": "lifespan"}, None, send)
            await asyncio.wait_for(app({"type": "websocket"}, None, send), 5)

        run_apart(run())
    finally:
        threading.excepthook = before
