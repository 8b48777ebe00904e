"""Write open questions as a Markdown file: somebody ticks boxes, and `faq decide --from` reads them as decisions."""

from collections.abc import Iterator, Sequence

from faq_builder.base.diagnostics import counted
from faq_builder.staff.review.doubts import Choice, Doubt, DoubtKind, Side
from faq_builder.staff.review.side_by_side import differences

_EXCERPT = 400  # characters
_START = """\
# Review

Tick a box, `- [x]`, and write a reason below it if you have one. Then run `faq decide --from {name}`.
Questions without a tick stay open. The most valuable of the {count} come first.
"""


def review_page(doubts: Sequence[Doubt], name: str, tags_help: str) -> str:
    """Return the text of the file; `name` is its file name, `tags_help` says what to do about tags."""
    parts = [_START.format(name=name, count=len(doubts))]
    parts += ["\n".join(_entry(number, doubt, tags_help)) for number, doubt in enumerate(doubts, 1)]
    return "\n".join(parts)


def benefit_phrase(doubt: Doubt) -> str:
    """Return in words how much a decision helps."""
    if doubt.kind is DoubtKind.TAG:
        return counted(doubt.value, "question")
    return {0: "helps nobody yet", 1: "helps one person"}.get(doubt.value, f"helps {doubt.value} people")


def _entry(number: int, doubt: Doubt, tags_help: str) -> Iterator[str]:
    yield f"## {number}. {doubt.question}"
    yield ""
    yield f"{doubt.kind.value}, {benefit_phrase(doubt)}"
    yield ""
    titles = differences(doubt.left.title, doubt.right.title) if doubt.left.title and doubt.right.title else None
    for side, words in zip((doubt.left, doubt.right), titles or (None, None), strict=True):
        shown = " ".join(f"**{_safe(w)}**" if differs else _safe(w) for w, differs in words) if words else ""
        yield f"- {_head(doubt, side)}"
        yield from (f"  > {line}" for line in (shown or _safe(side.title), _safe(_excerpt(side.text))) if line)
    yield ""
    for choice in doubt.choices:
        yield (
            _box(choice)
            if choice.kind
            else f"{tags_help} `{choice.references[0]}: [{', '.join(choice.references[1:])}]`"
        )
    yield ""


def _head(doubt: Doubt, side: Side) -> str:
    return side.head if doubt.kind is DoubtKind.TAG else f"{side.head}: {_named(side.address)}"


def _box(choice: Choice) -> str:
    assert choice.kind is not None
    return f"- [ ] `{choice.kind.value}` {' '.join(map(_named, choice.references))} — {choice.words}"


def _named(address: str) -> str:
    return f"<{address}>" if " " in address or "://" in address else address


def _excerpt(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _EXCERPT else f"{plain[:_EXCERPT]}…"


def _safe(text: str) -> str:
    """Escape a text so that nothing in it is taken for Markdown or HTML."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|~" else c for c in text)
