"""Make questions from WordNet: the words of one gloss, put into sentences of ours.

The questions mean little ("How do I stop power from advocating the aviator?"), but embeddings fitted to vectors of
words among other words are worth more than the vector of each word alone
(faq_builder/search/meaning/pretrained/README.md).
"""

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

KINDS = {"1": "noun", "2": "verb", "3": "adj", "5": "adj"}  # WordNet's ss_type in sense keys (senseidx(5WN))
_EMPTY = """
be have do the a an of or and in to for with by from that which who as is are used usually especially having
being not something someone one some any other it its at on into than make cause very more most such out up
down off over about
"""
EMPTY_WORDS = frozenset(_EMPTY.split())  # words that do not say what a gloss is about
_SENTENCES = """
How do I {verb} a {noun}?
How can I {verb} my {noun} in {other}?
How to {verb} {noun} with {other}
Why does my {noun} not {verb}?
Why is the {noun} so {adj}?
What is the difference between {noun} and {other}?
Is there a way to {verb} {nouns}?
Can I {verb} {noun} without {other}?
{noun} does not {verb} the {other}
{noun} {other} not working
Where can I find the {noun} for {other}?
How do I stop {other} from {verbing} the {noun}?
I want to {verb} my {noun} but the {other} is {adj}
Cannot {verb} {noun} after {verbing} {other}
Is it possible to {verb} several {nouns} at once?
Best {noun} for {verbing} {nouns}?
What does {adj} {noun} mean?
Problem with {noun} when {verbing} {other}
how to get rid of {nouns} in {other}
Which {noun} should I use to {verb} {other}?
Do I need a {noun} to {verb} {other}?
My {noun} keeps {verbing}, what can I do?
Should I {verb} the {noun} or the {other}?
Is {noun} {adj}?
When should a {noun} be {adj}?
How long does it take to {verb} a {noun}?
how much does a {noun} cost
the {noun} on my {other} is broken
{verbing} {nouns} from {other} to {third}
Show {noun} in {other} instead of {third}
Is there a {adj} {noun} for {other}?
Error: {noun} could not {verb} {other}
Change the {noun} of a {other}
What happens if I {verb} the {noun}?
I can't {verb} {noun} on my {other}
Who can {verb} my {noun}?
How do you say {noun} {verb} in {other}?
Does anyone know how {nouns} {verb}?
turn off {noun} for {other}
missing {noun} in {other} {third}
{adj} {noun} or {adj} {other}?
why won't {other} let me {verb} {noun}
recover a {noun} that was {adj}
set up {noun} and {other}
Are {nouns} {adj} in {other}?
"""
SENTENCES = _SENTENCES.strip().splitlines()


@dataclass(frozen=True)
class Gloss:
    """The content words of a definition or an example, by part of speech."""

    nouns: list[str]
    verbs: list[str]
    adjectives: list[str]


def gloss_questions(wordnet: Path, vocabulary: frozenset[str], seed: int, often: int) -> Iterator[str]:
    """Yield questions with words of the vocabulary, in random order.

    A gloss is skipped if each of its nouns and verbs was used `often` times already.
    """
    random_ = random.Random(seed)
    kinds = _kinds(wordnet, vocabulary)
    found = (_gloss(text, kinds) for text in _glosses(wordnet))
    glosses = [gloss for gloss in found if len(gloss.nouns) > 1 and gloss.verbs]
    random_.shuffle(glosses)
    used: Counter[str] = Counter()
    for gloss in glosses:
        if min(used[word] for word in gloss.nouns + gloss.verbs) >= often:
            continue
        sentence = random_.choice(SENTENCES)
        if "{adj}" in sentence and not gloss.adjectives:
            continue
        words = _chosen_words(gloss, used, random_)
        used.update(words[kind] for kind in ("noun", "other", "verb", "adj"))
        noun, verb = words["noun"], words["verb"]
        text = sentence.format(**words, nouns=_plural(noun), verbing=_progressive(verb))
        yield text.lower() if random_.random() < 0.4 else text


def _chosen_words(gloss: Gloss, used: Mapping[str, int], random_: random.Random) -> dict[str, str]:
    """Choose a word of the gloss for each part of speech in a sentence, rarely used words first."""

    def pick(words: list[str]) -> str:
        return min(random_.sample(words, min(3, len(words))), key=lambda word: used[word])

    noun = pick(gloss.nouns)
    other = pick([word for word in gloss.nouns if word != noun])
    third = random_.choice(gloss.nouns)
    verb = pick(gloss.verbs)
    adjective = pick(gloss.adjectives) if gloss.adjectives else ""
    return {"noun": noun, "other": other, "third": third, "verb": verb, "adj": adjective}


def _kinds(wordnet: Path, vocabulary: frozenset[str]) -> Mapping[str, set[str]]:
    """Return the usual parts of speech of each word: all at least a third as frequent as the most frequent one."""
    counts: Counter[tuple[str, str]] = Counter()
    for line in (wordnet / "cntlist.rev").read_text(encoding="latin-1").splitlines():
        sense, _, count = line.split()
        word, _, rest = sense.partition("%")
        counts[word, KINDS.get(rest[0], "")] += int(count)
    found: dict[str, set[str]] = {}
    for kind in ("noun", "verb", "adj"):
        for line in (wordnet / f"index.{kind}").read_text(encoding="latin-1").splitlines():
            word = line.split(" ", 1)[0]
            if word in vocabulary:
                found.setdefault(word, set()).add(kind)
    return {
        word: {kind for kind in of if counts[word, kind] * 3 >= max(counts[word, other] for other in KINDS.values())}
        for word, of in found.items()
    }


def _glosses(wordnet: Path) -> Iterator[str]:
    """Yield every definition with the first two words that it defines, then every example."""
    lines = [
        line
        for kind in ("noun", "verb", "adj", "adv")
        for line in (wordnet / f"data.{kind}").read_text(encoding="latin-1").splitlines()
        if not line.startswith(" ")
    ]
    for line in lines:
        left, _, gloss = line.partition(" | ")
        defined = [word.replace("_", " ").split("(")[0] for word in left.split()[4:8:2][: int(left.split()[3], 16)]]
        definition = _EXAMPLES.sub("", gloss.strip())
        yield f"{', '.join(defined)}: {definition}"
    for line in lines:
        yield from re.findall(r'"([^"]+)"', line.partition(" | ")[2])


_EXAMPLES = re.compile(r';?\s*"[^"]*"?.*$')


def _gloss(text: str, kinds: Mapping[str, set[str]]) -> Gloss:
    words = re.findall("[a-z]+", text.lower())
    words = [word if word in kinds else word.removesuffix("s") for word in words]
    known = list(dict.fromkeys(w for w in words if w in kinds and w not in EMPTY_WORDS and len(w) > 2))
    nouns, verbs, adjectives = ([word for word in known if kind in kinds[word]] for kind in ("noun", "verb", "adj"))
    return Gloss(nouns, verbs, adjectives)


def _progressive(verb: str) -> str:
    return f"{verb[:-1]}ing" if verb.endswith("e") and not verb.endswith("ee") else f"{verb}ing"


def _plural(noun: str) -> str:
    if noun.endswith(("s", "x", "z", "ch")):
        return f"{noun}es"
    return f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2] not in "aeiou" else f"{noun}s"
