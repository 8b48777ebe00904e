"""Read single keys and lines from a terminal, or lines alone if the system cannot read single keys."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

INTERRUPT, END = "\x03", "\x04"  # Ctrl-C and Ctrl-D, as a terminal sends them
_ENTER, _ERASE = ("\r", "\n"), ("\x7f", "\b")


@dataclass(frozen=True, kw_only=True)
class Keyboard:
    """What a person types: one key, or a line that ends with Enter."""

    key: Callable[[], str]
    line: Callable[[], str]


def keyboard() -> Keyboard | None:
    """Return the keyboard; None if standard input or output is not a terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return None
    try:
        import termios  # noqa: PLC0415 - not on Windows
        import tty  # noqa: PLC0415
    except ImportError:

        def line() -> str:
            return (sys.stdin.readline() or END).strip()

        return Keyboard(key=lambda: line()[:1] or " ", line=line)

    def key() -> str:
        file = sys.stdin.fileno()
        before = termios.tcgetattr(file)
        try:
            tty.setcbreak(file, termios.TCSADRAIN)  # keeps keys that were typed ahead
            pressed = sys.stdin.read(1) or END
        finally:
            termios.tcsetattr(file, termios.TCSADRAIN, before)
        return pressed

    return Keyboard(key=key, line=lambda: line_of(key))


def line_of(key: Callable[[], str]) -> str:
    """Read keys up to Enter and return the line, with what was erased left out; Ctrl-C gives an empty line."""
    typed = ""
    while (pressed := key()) not in _ENTER:
        if pressed in (INTERRUPT, END):
            typed = ""
            break
        if pressed in _ERASE:
            typed, shown = typed[:-1], "\b \b" if typed else ""
        else:
            typed, shown = typed + pressed, pressed
        print(shown, end="", flush=True)
    print()
    return typed.strip()
