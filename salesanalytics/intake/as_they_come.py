"""What a child process says, awaited so that whoever waits can report, or give up, in between."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from typing import TypeVar

T = TypeVar("T")
PATIENCE_SECONDS = 0.25


def as_they_come(read: Callable[[], T], is_last: Callable[[T], bool]) -> Iterator[T | None]:
    """Yield what each call of ``read`` gives up to the last one, and None whenever nothing has come for a quarter of a second.

    ``read`` is called in a thread of its own; what it raises is raised here. Whoever gives up early has to make ``read`` fail (by ending the
    child), or the thread stays.
    """
    arrived: SimpleQueue[tuple[T] | BaseException] = SimpleQueue()

    def keep_reading() -> None:
        while True:
            try:
                answer = read()
            except BaseException as error:  # handed over
                arrived.put(error)
                return
            arrived.put((answer,))
            if is_last(answer):
                return

    threading.Thread(target=keep_reading, name="child's answers", daemon=True).start()
    while True:
        try:
            answer = arrived.get(timeout=PATIENCE_SECONDS)
        except Empty:
            yield None
            continue
        if isinstance(answer, BaseException):
            raise answer
        yield answer[0]
        if is_last(answer[0]):
            return
