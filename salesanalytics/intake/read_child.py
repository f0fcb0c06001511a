"""The reading child: ``python -m salesanalytics.intake.read_child``. Takes files on stdin, gives their sheets on stdout, until stdin ends.

A hostile file may take this process down, fill its memory or hang it; the parent (read.py) outlives it. So it imports next to nothing.
"""

from __future__ import annotations

import gc
import sys
from typing import Any, BinaryIO

from salesanalytics.intake.child_process import bind_memory, bind_processor_time, private_stdout
from salesanalytics.intake.read_text import read_text
from salesanalytics.intake.read_wire import read_message, write_message
from salesanalytics.intake.read_workbook import read_workbook
from salesanalytics.intake.sniff import Format, sniff
from salesanalytics.intake.unreadable import Unreadable


def main() -> None:
    """Answer one request after another: (limits, content) → messages, the last of which is ``done`` or ``refused``."""
    answers = private_stdout()
    requests = sys.stdin.buffer
    gc.disable()  # cells are no cycles; one file's garbage goes by reference count
    limits: dict[str, Any] = read_message(requests)
    bind_memory(limits["child_memory_bytes"])
    while True:
        try:
            content = read_message(requests)
        except (EOFError, OSError):
            return
        bind_processor_time(limits["read_seconds"])
        _answer(content, limits, answers)
        del content
        answers.flush()


def _answer(content: bytes, limits: dict[str, Any], answers: BinaryIO) -> None:
    def send(message: tuple[Any, ...]) -> None:
        write_message(answers, message)
        answers.flush()

    try:
        form = sniff(content)
        if form is Format.TEXT:
            read_text(content, limits, send)
        else:
            read_workbook(content, form, limits, send)
    except Unreadable as refusal:
        send(("refused", refusal.kind, refusal.params))
    except MemoryError:
        send(("refused", "out-of-memory", {}))
    except (KeyboardInterrupt, SystemExit, BrokenPipeError):
        raise
    except BaseException:  # a panic of the Rust reader is a BaseException
        send(("refused", "corrupt", {}))
    else:
        send(("done",))


if __name__ == "__main__":
    main()
