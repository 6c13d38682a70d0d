"""Reads the texts that were there before their key became searchable, in a thread, beside writers and readers."""

import logging
import sqlite3
import threading
from collections.abc import Callable

_log = logging.getLogger(__name__)
PAUSE_SECONDS = 0.001
"""Between two steps, so that a writer who waits for the index gets it: a lock taken again at once is unfair."""


class TextBuilder:
    """Takes one step after the other until there is no more to do. Each step is durable by itself."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._asked_again = False

    def start(self, step: Callable[[], bool]) -> None:
        """Begin, or go on; a thread that is at work does what has come meanwhile as well.

        Args:
            step: does some of the work and returns whether there is more. It is not kept when the work is done: it is
                a method of the index, whose arrays are to be freed as soon as the index is let go.
        """
        with self._lock:
            if self._thread is not None:
                self._asked_again = True
            elif not self._stopping.is_set():
                self._thread = threading.Thread(target=self._run, args=(step,), name="text-builder", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """End after the step that is being taken; what is left is done after the next start of the process."""
        self._stopping.set()
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self, step: Callable[[], bool]) -> None:
        try:
            while step() or self._is_asked_again():
                if self._stopping.wait(PAUSE_SECONDS):
                    return
        except sqlite3.Error:
            _log.exception("building a text index stopped; it goes on at the next start")

    def _is_asked_again(self) -> bool:
        """Return whether more has come since the last step; if not, the thread counts as ended from here on."""
        with self._lock:
            again, self._asked_again = self._asked_again, False
            if not again:
                self._thread = None
            return again
