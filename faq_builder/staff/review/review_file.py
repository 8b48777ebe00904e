"""Write review questions as a Markdown file: somebody ticks boxes, and `faq decide --from` reads them as decisions."""

from collections.abc import Iterator, Sequence

from faq_builder.base.diagnostics import counted
from faq_builder.staff.review.questions import Choice, Passage, QuestionKind, ReviewQuestion
from faq_builder.staff.review.side_by_side import differences

_EXCERPT = 400  # characters
_START = """\
# Review

Tick a box, `- [x]`, and write a reason below it if you have one. Then run `faq decide --from {name}`.
Questions without a tick stay open. The most valuable of the {count} come first.
"""


def review_page(questions: Sequence[ReviewQuestion], name: str, tags_help: str) -> str:
    """Return the text of the file; `name` is its file name, `tags_help` says what to do about tags."""
    parts = [_START.format(name=name, count=len(questions))]
    parts += ["\n".join(_entry(number, question, tags_help)) for number, question in enumerate(questions, 1)]
    return "\n".join(parts)


def benefit_phrase(question: ReviewQuestion) -> str:
    """Return in words whom a verdict helps: everybody who asked."""
    if question.kind is QuestionKind.TAG:
        return counted(round(question.value), "question")
    asked = max((topic.asked for topic in question.topics), default=0)
    return f"asked by {asked} people" if asked > 1 else "asked by one person"


def _entry(number: int, question: ReviewQuestion, tags_help: str) -> Iterator[str]:
    yield f"## {number}. {question.question}"
    yield ""
    yield f"{question.kind.value}, {benefit_phrase(question)}"
    yield ""
    passages = question.passages
    is_pair = len(passages) == 2 and all(passage.title for passage in passages)
    titles = differences(passages[0].title, passages[1].title) if is_pair else ()
    for n, passage in enumerate(passages):
        title = " ".join(f"**{_safe(w)}**" if differs else _safe(w) for w, differs in titles[n]) if titles else ""
        yield f"- {_head(question, passage)}"
        yield from (f"  > {line}" for line in (title or _safe(passage.title), _safe(_excerpt(passage.text))) if line)
    yield ""
    if question.takes_several:
        yield "If only some of them ask the same, delete the others from the line."
        yield ""
    for choice in question.choices:
        yield from _boxes(choice) if choice.rulings else [f"{tags_help} `{tag_setting(question)}`"]
    yield ""


def tag_setting(question: ReviewQuestion) -> str:
    """Return the line for mkdocs.yml that joins two tags: "battery: [batteries]"."""
    kept, *others = (passage.reference for passage in question.passages)
    return f"{kept}: [{', '.join(others)}]"


def _head(question: ReviewQuestion, passage: Passage) -> str:
    return passage.head if question.kind is QuestionKind.TAG else f"{passage.head}: {_named(passage.reference)}"


def _boxes(choice: Choice) -> Iterator[str]:
    for ruling in choice.rulings:
        yield f"- [ ] `{ruling.kind.value}` {' '.join(map(_named, ruling.references))} — {choice.words}"


def _named(address: str) -> str:
    return f"<{address}>" if " " in address or "://" in address else address


def _excerpt(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _EXCERPT else f"{plain[:_EXCERPT]}…"


def _safe(text: str) -> str:
    """Escape a text so that nothing in it is taken for Markdown or HTML."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|~" else c for c in text)
