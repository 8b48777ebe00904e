"""Read single keys from a terminal, or lines if the system cannot read single keys."""

import sys
from collections.abc import Callable

ReadKey = Callable[[], str]

INTERRUPT, END = "\x03", "\x04"  # Ctrl-C and Ctrl-D, as a terminal sends them


def key_reader() -> ReadKey | None:
    """Return a function that reads one key; None if standard input or output is not a terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return None
    try:
        import termios  # noqa: PLC0415 - not on Windows
        import tty  # noqa: PLC0415
    except ImportError:
        return lambda: (sys.stdin.readline() or END).strip()[:1] or " "

    def read() -> str:
        file = sys.stdin.fileno()
        before = termios.tcgetattr(file)
        try:
            tty.setcbreak(file, termios.TCSADRAIN)  # keeps keys that were typed ahead
            key = sys.stdin.read(1) or END
        finally:
            termios.tcsetattr(file, termios.TCSADRAIN, before)
        return key

    return read
