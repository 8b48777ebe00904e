"""What a review question shows of threads and messages: texts without names and roles, so that all weigh alike."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from faq_builder.base.diagnostics import counted
from faq_builder.decisions import Targets
from faq_builder.model import Message, PublicText, PublicThread, Topic
from faq_builder.redact.mentions import NameReplacer, name_replacer
from faq_builder.staff.review.questions import Passage

_MENTION = re.compile(r"(?<![\w/.`@])@(?P<name>[\w-](?:[\w.-]*[\w-])?)(?![\w/(`])")
_SPEAKER = re.compile(
    r"(?<![\w/.`])(?P<name>[\w-]{3,40})(?='s? (?:answer|reply|suggestion|advice|post)\b|"
    r",? (?:has |have )?(?:wrote|writes|said|says|suggested|suggests|mentioned|pointed out|explained|posted)\b)"
)
_LINE_BREAK = re.compile(r"\\$", re.MULTILINE)  # the backslash of a Markdown line break
_SOMEBODY = "[name]"  # somebody who wrote in other threads only


@dataclass(frozen=True, kw_only=True)
class Passages:
    """Makes passages of threads and messages. `names` are those of all authors of the site, in lower case."""

    targets: Targets
    names: frozenset[str]

    @classmethod
    def of(cls, targets: Targets, threads: Sequence[PublicThread]) -> "Passages":
        """Return the maker of passages for the threads of a site."""
        authors = (m.author for thread in threads for m in thread.messages if m.author and m.author.name)
        return cls(targets=targets, names=frozenset(a.name.value.casefold() for a in authors if a.name))

    def asked(self, head: str, topic: Topic, thread: PublicThread, number: int | None = None) -> Passage:
        """Return the passage that shows a topic by the question of one of its threads."""
        times = f"asked by {topic.asked}" if topic.asked > 1 else "asked once"
        return Passage(
            head=f"{head}, {times}, {', '.join(topic.places)}",
            title=topic.question.value,
            text=self._nameless(thread, thread.question),
            reference=self.targets.name(thread),
            url=thread.url.value if thread.url else None,
            number=number,
        )

    def thread(self, head: str, thread: PublicThread, number: int | None = None) -> Passage:
        """Return the passage that shows a thread by its own title and question."""
        return Passage(
            head=f"{head}, {thread.key.source}",
            title=thread.title.value,
            text=self._nameless(thread, thread.question),
            reference=self.targets.name(thread),
            url=thread.url.value if thread.url else None,
            number=number,
        )

    def reply(
        self, head: str, thread: PublicThread, message: Message[PublicText], title: str = "", number: int | None = None
    ) -> Passage:
        """Return the passage that shows a reply."""
        day = f", {message.written_at:%Y-%m-%d}" if message.written_at else ""
        votes = f", {counted(message.votes, 'vote')}" if message.votes else ""
        person = person_numbers(thread).get(message.author.key) if message.author else None
        url = message.url or thread.url
        return Passage(
            head=f"{head}{f' by {person}' if person else ''}{day}{votes}",
            title=title,
            text=self._nameless(thread, message),
            reference=self.targets.name(thread, message),
            url=url.value if url else None,
            number=number,
        )

    def written(self, head: str, thread: PublicThread, message: Message[PublicText]) -> Passage:
        """Return the passage that shows an answer which staff wrote for a page."""
        reference = self.targets.name(thread)
        return Passage(head=f"{head}, written for the page", title="", text=message.body.value, reference=reference)

    def _nameless(self, thread: PublicThread, message: Message[PublicText]) -> str:
        """Return the text of a message with "person 2" in place of a name in its thread."""
        text = _LINE_BREAK.sub("", _replacer(thread)(message.body.value))
        for pattern in (_MENTION, _SPEAKER):
            text = pattern.sub(lambda m: _SOMEBODY if m["name"].casefold() in self.names else m[0], text)
        return text


def person_numbers(thread: PublicThread) -> Mapping[str, str]:
    """Return author key -> "person 1" for who asked, "person 2" for who replied first, and so on."""
    asker = thread.question.author.key if thread.question.author else ""
    others = (message.author.key for message in thread.messages if message.author)
    return {key: f"person {number}" for number, key in enumerate(dict.fromkeys((asker, *others)), 1)}


@lru_cache(maxsize=256)
def _replacer(thread: PublicThread) -> NameReplacer:
    numbers = person_numbers(thread)
    authors = (message.author for message in thread.messages)
    labels = {author.name.value: numbers[author.key] for author in authors if author and author.name}
    return name_replacer(labels, in_urls=False)
