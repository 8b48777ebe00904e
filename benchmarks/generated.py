"""Generate topics of the size and shape of real ones: fixed seed, invented vocabulary, Zipf's law."""

import hashlib
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

from faq_builder.model import (
    Answer,
    Author,
    JoinedBy,
    Member,
    Message,
    PublicText,
    PublicThread,
    Reason,
    Role,
    ThreadKey,
    Topic,
    Url,
)

SOURCES = ("forum", "tracker", "blog")
VOCABULARY = 8000  # words in a forum's answers to 10,000 questions, without names and typing mistakes
ONSETS = re.findall(r"\w+", "b br c ch d dr f fl g gr h j k kl l m n p pl qu r s sh sl st t tr v w z")
VOWELS = re.findall(r"\w+", "a e i o u ai ea ee oo ou")
CODAS = ["", "", "", *re.findall(r"\w+", "b d g k l m n ng nd p r rk s st t x")]
TAGS = tuple(f"{a} {b}" for a in ("red", "blue", "small", "outdoor") for b in ("widget", "gear", "mount", "firmware"))
FIRST_DAY = datetime(2019, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Vocabulary:
    """Words by frequency: the n-th word is n times rarer than the first."""

    words: tuple[str, ...]
    weights: tuple[float, ...]  # cumulative

    def draw(self, random_: random.Random, count: int) -> list[str]:
        """Draw `count` words by their frequency."""
        return random_.choices(self.words, cum_weights=self.weights, k=count)

    def text(self, random_: random.Random, count: int) -> str:
        """Return about `count` words as sentences in paragraphs."""
        sentences, left = [], count
        while left > 0:
            words = self.draw(random_, random_.randint(6, 18))
            left -= len(words)
            words[0] = words[0].capitalize()
            if random_.random() < 0.15:
                words[-1] = f"`{words[-1]}`"
            sentences.append(" ".join(words) + ".")
        paragraphs = [" ".join(sentences[n : n + 4]) for n in range(0, len(sentences), 4)]
        return "\n\n".join(paragraphs)


def vocabulary(random_: random.Random) -> Vocabulary:
    """Return pronounceable words, the frequent words short."""
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        syllables = 1 + (len(words) > 60) + (len(words) > 900 and random_.random() < 0.3)
        parts = ((random_.choice(ONSETS), random_.choice(VOWELS), random_.choice(CODAS)) for _ in range(syllables))
        words["".join("".join(part) for part in parts)] = None
    return Vocabulary(tuple(words), tuple(accumulate(1 / (rank + 2) for rank in range(VOCABULARY))))


def topics(count: int, seed: int) -> list[Topic]:
    """Return answered topics, sorted by id: 1 to 5 threads each, code in a third of the answers, 5 related topics."""
    random_ = random.Random(seed)
    words = vocabulary(random_)
    ids = [hashlib.sha256(f"{seed} {number}".encode()).hexdigest()[:10] for number in range(count)]
    generated = [_topic(number, ids, words, random_) for number in range(count)]
    return sorted(generated, key=lambda topic: topic.id)


def markdown(topic: Topic, by_id: dict[str, Topic]) -> str:
    """Return the page of a topic as somebody would write it for MkDocs by hand, with the same texts and links."""
    main = topic.main_member
    assert main is not None
    _, answer = topic.answers[0]
    lines = ["---", "tags:", *(f"  - {tag}" for tag in topic.tags), "---", "", f"# {topic.question}", ""]
    lines += [answer.body.value, "", "## The question in full", "", main.thread.question.body.value, ""]
    lines += [f"Asked {topic.asked} times in {len(topic.places)} places.", ""]
    lines += ["## Also asked as", "", *(f"- {wording}" for wording in topic.wordings[1:]), ""] * (
        len(topic.wordings) > 1
    )
    lines += ["## The original discussions", ""]
    lines += [f"- [{member.thread.title}]({member.thread.url})" for member in topic.members]
    lines += ["", "## Related questions", ""]
    lines += [f"- [{by_id[other].question}]({by_id[other].slug}.md)" for other in topic.related if other in by_id]
    return "\n".join(lines) + "\n"


def _topic(number: int, ids: Sequence[str], words: Vocabulary, random_: random.Random) -> Topic:
    title = _title(words, random_)
    threads = [
        _thread(number, nth, title if not nth else _title(words, random_), words, random_)
        for nth in range(_thread_count(random_))
    ]
    joined = [JoinedBy.FOUNDER, *[JoinedBy.MEANING] * (len(threads) - 1)]
    answer = Answer(messages=("answer-1",), reason=Reason.MARKED, confidence=1.0)
    day = (FIRST_DAY + timedelta(days=number % 2000)).date()
    members = tuple(
        Member(
            thread=thread, answer=None if nth else answer, joined_by=join, score=round(0.8 + random_.random() / 5, 4)
        )
        for nth, (thread, join) in enumerate(zip(threads, joined, strict=True))
    )
    return Topic(
        id=ids[number],
        slug=f"{'-'.join(title.lower().rstrip('?').split())[:60].strip('-')}-{number}",
        question=PublicText(title),
        language="en",
        wordings=tuple(thread.title for thread in threads),
        members=tuple(sorted(members, key=lambda m: (m.thread.created_at, m.thread.key))),
        main=threads[0].key,
        tags=tuple(PublicText(tag) for tag in sorted(random_.sample(TAGS, random_.randint(0, 3)))),
        related=tuple(random_.sample(ids, min(5, len(ids)))),
        published=day,
        changed=max(day, date(2024, 1, 1)),
    )


def _thread_count(random_: random.Random) -> int:
    """Draw the number of threads of a topic: mostly one."""
    return random_.choices((1, 2, 3, 4, 5), weights=(60, 20, 10, 6, 4))[0]


def _title(words: Vocabulary, random_: random.Random) -> str:
    return " ".join(words.draw(random_, random_.randint(5, 10))).capitalize() + "?"


def _thread(number: int, nth: int, title: str, words: Vocabulary, random_: random.Random) -> PublicThread:
    source = SOURCES[(number + nth) % len(SOURCES)]
    url = f"https://{source}.widgets.example/t/{number}-{nth}"
    asked = FIRST_DAY + timedelta(hours=7 * number + nth, minutes=random_.randint(0, 59))
    messages = [_message("question", words.text(random_, random_.randint(15, 60)), Role.ASKER, url, asked, random_)]
    if nth == 0:
        body = words.text(random_, random_.randint(25, 120)) + _code(words, random_)
        messages.append(_message("answer-1", body, Role.HELPER, url, asked + timedelta(hours=5), random_))
    return PublicThread(
        key=ThreadKey(source, f"{number}-{nth}"),
        format="markdown",
        title=PublicText(title),
        messages=tuple(messages),
        url=Url(url),
    )


def _message(
    message_id: str, body: str, role: Role, url: str, at: datetime, random_: random.Random
) -> Message[PublicText]:
    person = random_.randint(1, 4000)
    return Message(
        id=message_id,
        body=PublicText(body),
        role=role,
        author=Author(key=str(person), name=PublicText(f"person{person}")),
        url=Url(f"{url}#{message_id}"),
        written_at=at,
        accepted=role is Role.HELPER,
    )


def _code(words: Vocabulary, random_: random.Random) -> str:
    """Return a block of code in a third of the cases, else ""."""
    if random_.random() > 1 / 3:
        return ""
    return "\n\n```python\n" + "\n".join(_code_lines(words, random_)) + "\n```"


def _code_lines(words: Vocabulary, random_: random.Random) -> Iterator[str]:
    yield f"import {random_.choice(words.words)}"
    for _ in range(random_.randint(3, 12)):
        name, call, value = words.draw(random_, 3)
        yield f'{name} = {call}("{value}", {random_.randint(0, 99)})  # {value}'
