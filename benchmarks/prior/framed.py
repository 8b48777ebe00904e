"""Tasks as questions: "To create a bucket" and "Inserting a Chart" become "How do I create a bucket?" and the like.

Only of lines that start with a verb; the words stay the authors', the frame is ours.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator

from benchmarks.prior.lines import lines

FRAMES = """
How do I {task}?
How can I {task}?
How to {task}
how to {task}
Is there a way to {task}?
Is it possible to {task}?
What is the best way to {task}?
I want to {task}
I am trying to {task}
Can't {task}
Why can't I {task}?
{task}
can I {task}
Unable to {task}
""".strip().splitlines()
_LONGEST = 14  # words of a task; longer ones tell circumstances that nobody asks with

_TOLD = re.compile(
    r"^(?:In order to|To|If you want to|If you (?:need|wish|would like) to|(?:Here|Now,? |Then,? )?[Yy]ou can(?: also)?"
    r"|Use this \w+ to|.*?\b(?:[Aa]llows?|[Ee]nables?|[Ll]ets?) you(?: to)?)\s+([a-z][^,;:()]*)"
)
_HOW = re.compile(r"\s+(?:by|using|if|when|as follows|in which case|so that|because|which|although|but)\b.*$")
_POINTS = re.compile(r"\b(?:this|these|that|above|below|here|following|it|them|such|same)\b")
_NO_OBJECT = {"of", "is", "are", "was", "has", "can", "by", "mode", "type", "name", "failed", "-", "and", "or"}
_ARTICLES = {"a", "an", "the", "all", "one", "your", "information"}
_PERSONS = (("yourself", "myself"), ("your", "my"), ("you are", "I am"), ("you", "I"))


def framed(texts: Iterable[str], verbs: frozenset[str]) -> list[str]:
    """A question, a wish or a complaint for each line that names a task, each task once."""
    return list(lines(_frame(task).format(task=task) for task in _tasks(texts, verbs)))


def _tasks(texts: Iterable[str], verbs: frozenset[str]) -> Iterator[str]:
    found = (_told(text, verbs) if _TOLD.match(text) else _task(text, verbs) for text in texts)
    once = {task.lower(): task for task in found}
    return (task for task in once.values() if 3 <= len(task.split()) <= _LONGEST)


def _frame(task: str) -> str:
    """One that hangs on the task alone."""
    return FRAMES[int.from_bytes(hashlib.sha256(task.encode()).digest()[:8]) % len(FRAMES)]


def _told(sentence: str, verbs: frozenset[str]) -> str:
    """What a sentence says how to do ("To delete a row, click ..."), unless it points at what stands elsewhere."""
    found = _TOLD.match(sentence)
    task = _task(_HOW.sub("", found[1]), verbs) if found else ""
    return "" if _POINTS.search(task) else task


def _task(line: str, verbs: frozenset[str]) -> str:
    """The line as an infinitive without "to" and in the words of who asks; nothing where it is no task."""
    first, _, rest = re.sub(r"^(?:To|How to)\s+(?=[a-z])", "", line).partition(" ")
    second = rest.partition(" ")[0]
    verb = _infinitive(first, second, verbs)
    if not verb or not rest[:1].isalpha() or second.lower() in _NO_OBJECT:
        return ""
    words = rest.split()
    if sum(word[0].isupper() for word in words) > len(words) / 2:  # a title
        rest = rest.lower()
    for theirs, mine in _PERSONS:
        rest = re.sub(rf"\b{theirs}\b", mine, rest, flags=re.IGNORECASE)
    return re.sub(r"[.,?!].*$", "", f"{verb} {rest}")


def _infinitive(first: str, second: str, verbs: frozenset[str]) -> str:
    """Of "Create", "Creating" or, before an article, "Creates"; nothing where it is no verb."""
    word = first.lower()
    if word.endswith("ing") and (base := _base(word.removesuffix("ing"), verbs)):
        return base
    if word.endswith("s") and first[0].isupper() and word[:-1] in verbs and second in _ARTICLES:
        return word[:-1]
    return word if word in verbs else ""


def _base(stem: str, verbs: frozenset[str]) -> str:
    """The verb of a stem: "us" of "use", "runn" of "run"; a short one like "add" needs no e."""
    short = stem in verbs and len(stem) < 4 and stem.endswith(("t", "n", "r", "s", "d", "l"))
    single = stem[:-1] if stem[-2:-1] == stem[-1:] else ""
    known = (word for word in ((stem if short else f"{stem}e"), stem, single) if word in verbs)
    return next(known, "")
