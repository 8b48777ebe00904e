"""Show progress: a bar on a terminal, plain lines elsewhere."""

import sys

WIDTH = 24


class ProgressBar:
    """Shows progress on standard error: a bar that is redrawn on a terminal, one line per step elsewhere."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty()
        self._step = ""
        self._shown = -1

    def __call__(self, step: str, done: int, total: int) -> None:
        """Show that `done` of `total` items of a step are done."""
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
        """Clear the line before something else is printed."""
        if self._watched and self._step:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
        self._step = ""
