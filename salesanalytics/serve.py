"""Serve the app with uvicorn on Streamlit's ASGI application: loopback only, tuned as ARCHITECTURE.md measured."""

from __future__ import annotations

import gc
import os
import socket
from pathlib import Path
from typing import Any

import uvicorn
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from salesanalytics.ui.one_address import OneAddress
from salesanalytics.ui.opening import FromMemory, WhenReady
from salesanalytics.ui.sections import HOME

ICON = Path(__file__).resolve().parent / "ui" / "assets" / "favicon.png"
APP = Path(__file__).resolve().parent.parent / "app.py"
HOST = "127.0.0.1"
DEFAULT_PORT = 8501


def listening_socket(port: int, host: str = HOST) -> socket.socket:
    """Return a bound socket whose connections send at once (TCP_NODELAY is inherited on accept).

    Raises ``OSError`` when the port is taken.
    """
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        bound.bind((host, port))
    except OSError:
        bound.close()
        raise
    return bound


def application(app: Path = APP) -> Any:
    """Return the ASGI application of a script, with Streamlit's old pages/ layout off before the first visitor.

    Until the first ``st.navigation`` of the process Streamlit would otherwise run a page under pages/ on its own.
    """
    os.chdir(APP.parent)  # Streamlit finds .streamlit/config.toml from the working directory
    import streamlit as st
    from streamlit import delta_generator
    from streamlit.components.v2 import manifest_scanner
    from streamlit.runtime.pages_manager import PagesManager

    PagesManager.uses_pages_directory = False
    # ours are inline; looking for others reads the metadata of every installed package, a third of a second of each start
    manifest_scanner.scan_component_manifests = lambda *_: []
    # whether to warn of a start without a server is found out by looking up the file of every module there is: a fifth of a second of the first page
    delta_generator._use_warning_has_been_displayed = True
    return st.App(str(app), routes=[Route(f"/{HOME.name}", _to_home)])


async def _to_home(request: Request) -> Response:
    """Lead ``/overview`` to ``/``: the first page has no address of its own in Streamlit. What the link asks for goes along."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{request.scope.get('root_path', '')}/{query}")


def serve(port: int = DEFAULT_PORT, workspace: Path | None = None, app: Path = APP) -> None:
    """Serve until interrupted. ``workspace``: the user's folder, else the environment's or ``workspace/``. ``app``: another script, to measure beside.

    Raises ``OSError`` when the port is taken.
    """
    bound = listening_socket(port)
    if workspace is not None:
        os.environ["SALESANALYTICS_WORKSPACE"] = str(workspace.resolve())
    gc.disable()  # while modules are loaded, a collection only visits the same objects over and over
    opening = WhenReady(
        FromMemory(OneAddress(application(app)), _static_folder(), {"/favicon.png": ICON}),
        lambda: _prepare(warm=app == APP),
    )
    config = uvicorn.Config(
        opening,
        log_level="warning",
        access_log=False,
        ws="websockets-sansio",
        timeout_graceful_shutdown=2,
    )
    uvicorn.Server(config).run(sockets=[bound])


def _static_folder() -> Path:
    from streamlit import file_util

    return Path(file_util.get_static_dir())


def _prepare(*, warm: bool) -> None:
    """Load the app's modules before the first session, and tell the collector to leave them alone; then begin to warm up."""
    try:
        import salesanalytics.ui.frame
        import salesanalytics.ui.overview.page
        import salesanalytics.ui.sample
        import salesanalytics.ui.topbar  # noqa: F401
        from salesanalytics.ui.warm_up import start_warm_up
    finally:
        gc.freeze()
        gc.enable()
    if warm:
        start_warm_up()
