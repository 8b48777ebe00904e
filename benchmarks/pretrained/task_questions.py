"""Turn tasks into questions: "To create a bucket" -> "How do I create a bucket?".

Only lines that start with a verb name a task. The words of the task are kept; the sentence around them is ours.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator

from benchmarks.pretrained.lines import clean_lines

SENTENCES = """
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
_MAX_TASK_WORDS = 14  # longer tasks describe circumstances that nobody puts into a question

_INSTRUCTION = re.compile(
    r"^(?:In order to|To|If you want to|If you (?:need|wish|would like) to|(?:Here|Now,? |Then,? )?[Yy]ou can(?: also)?"
    r"|Use this \w+ to|.*?\b(?:[Aa]llows?|[Ee]nables?|[Ll]ets?) you(?: to)?)\s+([a-z][^,;:()]*)"
)
_CIRCUMSTANCE = re.compile(r"\s+(?:by|using|if|when|as follows|in which case|so that|because|which|although|but)\b.*$")
_POINTS_ELSEWHERE = re.compile(r"\b(?:this|these|that|above|below|here|following|it|them|such|same)\b")
_NO_OBJECT = {"of", "is", "are", "was", "has", "can", "by", "mode", "type", "name", "failed", "-", "and", "or"}
_ARTICLES = {"a", "an", "the", "all", "one", "your", "information"}
_PERSONS = (("yourself", "myself"), ("your", "my"), ("you are", "I am"), ("you", "I"))


def task_questions(texts: Iterable[str], verbs: frozenset[str]) -> list[str]:
    """Return a question, a wish or a complaint for each line that names a task, each task once."""
    return list(clean_lines(_sentence_for(task).format(task=task) for task in _tasks(texts, verbs)))


def _tasks(texts: Iterable[str], verbs: frozenset[str]) -> Iterator[str]:
    found = (_task_of_instruction(text, verbs) if _INSTRUCTION.match(text) else _task(text, verbs) for text in texts)
    once = {task.lower(): task for task in found}
    return (task for task in once.values() if 3 <= len(task.split()) <= _MAX_TASK_WORDS)


def _sentence_for(task: str) -> str:
    """Choose a sentence by the hash of the task, so that other tasks do not change the choice."""
    return SENTENCES[int.from_bytes(hashlib.sha256(task.encode()).digest()[:8]) % len(SENTENCES)]


def _task_of_instruction(sentence: str, verbs: frozenset[str]) -> str:
    """Return the task that a sentence explains: "To delete a row, click ..." -> "delete a row".

    Return "" if the task refers to another sentence ("delete these rows").
    """
    found = _INSTRUCTION.match(sentence)
    task = _task(_CIRCUMSTANCE.sub("", found[1]), verbs) if found else ""
    return "" if _POINTS_ELSEWHERE.search(task) else task


def _task(line: str, verbs: frozenset[str]) -> str:
    """Return a line as an infinitive without "to", in the first person: "Running your job" -> "run my job".

    Return "" if the line names no task.
    """
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
    """Return the infinitive of "Create", "Creating" or, before an article, "Creates"; "" if the word is not a verb."""
    word = first.lower()
    if word.endswith("ing") and (base := _base(word.removesuffix("ing"), verbs)):
        return base
    if word.endswith("s") and first[0].isupper() and word[:-1] in verbs and second in _ARTICLES:
        return word[:-1]
    return word if word in verbs else ""


def _base(stem: str, verbs: frozenset[str]) -> str:
    """Return the verb of an -ing form's stem: "us" -> "use", "runn" -> "run"; a short verb like "add" needs no e."""
    short = stem in verbs and len(stem) < 4 and stem.endswith(("t", "n", "r", "s", "d", "l"))
    single = stem[:-1] if stem[-2:-1] == stem[-1:] else ""
    known = (word for word in ((stem if short else f"{stem}e"), stem, single) if word in verbs)
    return next(known, "")
