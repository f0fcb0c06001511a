"""serve: the app in a browser."""

from __future__ import annotations

import threading
import time
import urllib.error
import urllib.request
import webbrowser
from argparse import Namespace

from salesanalytics.commands.output import write
from salesanalytics.errors import UserError
from salesanalytics.i18n import text

HOST = "127.0.0.1"
OPEN_WITHIN_SECONDS = 60.0


def _open_when_ready(url: str) -> None:
    """Open the user's browser once the server answers; a machine without one is told the address anyway."""
    until = time.monotonic() + OPEN_WITHIN_SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own loopback address
                break
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    webbrowser.open(url)


def serve(args: Namespace) -> int:
    """Serve the app on 127.0.0.1 until stopped, and open it in the browser."""
    # Imported here because only this command needs the web server's weight.
    from salesanalytics import serve as server

    url = f"http://{HOST}:{args.port}"
    write(text("cli.serving", args.lang, url=url))
    if not args.no_browser:
        threading.Thread(target=_open_when_ready, args=(url,), daemon=True).start()
    try:
        server.serve(port=args.port, workspace=args.workspace)
    except OSError:
        raise UserError("port-taken", port=args.port) from None
    except KeyboardInterrupt:
        return 0
    return 0
