"""A progress bar when a person watches, plain lines otherwise."""

import sys

WIDTH = 24


class ProgressBar:
    """Shows how far a long step is: redrawn on a terminal, one line a step elsewhere; on standard error."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty()
        self._step = ""
        self._shown = -1

    def __call__(self, step: str, done: int, total: int) -> None:
        """Show that `done` of `total` are done in a step."""
        if not self._watched:
            if step != self._step:
                print(f"{step} ...", file=sys.stderr, flush=True)
            self._step = step
            return
        filled = WIDTH * done // max(total, 1)
        if (step, filled) == (self._step, self._shown):
            return
        self._step, self._shown = step, filled
        bar = "━" * filled + " " * (WIDTH - filled)
        print(f"\r\x1b[K{step:<10} {bar} {done}/{total}", end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        """Clear the line, so that what is printed next stands alone."""
        if self._watched and self._step:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
        self._step = ""
