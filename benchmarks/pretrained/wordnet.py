"""Read WordNet's files: examples, verbs and names of persons (formats: wndb(5WN), senseidx(5WN))."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

_PERSON = "18"  # the file of nouns for persons (lexnames(5WN)); @i points from a person to what he or she was
_VERB, _OTHERS = "2", "135"  # WordNet's ss_type
# verbs that name no task, or that describe things more often than tasks
_DULL = """
use see note can may must will might print show specify set be do have let like go get output display please want
"""
# as often nouns as verbs in WordNet's counts, but mostly verbs in what people ask of a program
_TASKS = """
add delete remove create install configure enable disable update upgrade copy paste move rename open close save print
share import export list view edit change convert merge split sort filter format insert select start stop restart run
test build deploy sync backup restore download upload log connect disconnect pair scan record play pause mute check
find search replace undo redo resize rotate crop zoom attach detach assign cancel schedule send reply forward block
report reset recover encrypt decrypt sign verify access manage register subscribe unsubscribe customize define return
retrieve
"""


def examples(wordnet: Path) -> Iterator[str]:
    """Yield the sentences and phrases that show how a word is used."""
    for kind in ("noun", "verb", "adj", "adv"):
        for line in _data(wordnet, kind):
            yield from re.findall(r'"([^"]+)"', line.partition(" | ")[2])


def verbs(wordnet: Path) -> frozenset[str]:
    """Return verbs of one word that are more often verbs than anything else, and the verbs of `_TASKS`."""
    counts: Counter[tuple[str, str]] = Counter()
    for line in (wordnet / "cntlist.rev").read_text(encoding="latin-1").splitlines():
        sense, _, count = line.split()
        word, _, rest = sense.partition("%")
        counts[word, rest[0]] += int(count)
    tasks, dull = _TASKS.split(), _DULL.split()
    listed = (line.split(" ", 1)[0] for line in (wordnet / "index.verb").read_text(encoding="latin-1").splitlines())
    return frozenset(
        word
        for word in listed
        if word.isalpha() and len(word) > 2 and word not in dull
        if word in tasks or counts[word, _VERB] > 1.5 * max(counts[word, kind] for kind in _OTHERS)
    )


def persons(wordnet: Path) -> frozenset[str]:
    """Return first and last names of persons, except names that are ordinary words too ("Grant")."""
    names, words = set(), set()
    for kind in ("noun", "verb", "adj"):
        for line in _data(wordnet, kind):
            fields = line.split()
            parts = {part for word in fields[4 : 4 + 2 * int(fields[3], 16) : 2] for part in word.split("_")}
            if fields[1] == _PERSON and " @i " in line:
                names |= {part for part in parts if part.istitle()}
            else:
                words |= {part for part in parts if part.islower()}
    return frozenset(name for name in names if name.lower() not in words)


def _data(wordnet: Path, kind: str) -> list[str]:
    """Return the lines of a data file, one for each meaning."""
    text = (wordnet / f"data.{kind}").read_text(encoding="latin-1")
    return [line for line in text.splitlines() if not line.startswith(" ")]
