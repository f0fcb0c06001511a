"""serve: the app in a browser."""

from __future__ import annotations

from argparse import Namespace


def serve(args: Namespace) -> int:
    """Serve the app on 127.0.0.1 until stopped."""
    # Imported here because only this command needs the web server's weight.
    from salesanalytics import serve as server

    return server.serve(port=args.port, workspace=args.workspace, open_browser=not args.no_browser, lang=args.lang)
