"""What a page says to machines: schema.org Question and Answer, honest and only what is on the page.

The page is an `FAQPage`, as readers cannot answer on it (which `QAPage` demands); where its texts come from stands in
`isBasedOn`. A reply that nobody marked is a `suggestedAnswer`, never an accepted one.
Spec: https://schema.org/FAQPage, https://schema.org/Question
"""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from faq_builder.model import Html, Member, Message, PublicText, Role, Topic, Url
from faq_builder.render.address import Address

Value: TypeAlias = "str | int | Mapping[str, Value] | Sequence[Value]"

# `</script>` and `<!--` end or change a script element wherever they stand; the last two end a line in old JavaScript
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def data_block(topic: Topic, address: Url | Address, texts: Mapping[tuple[str, str], PublicText]) -> Html:
    """The script element for a topic's page. `texts` gives the words shown of each answer by (thread key, message id);
    answers of which nothing is shown are left out."""
    shown = [(member, message) for member, message in topic.answers if texts.get(_key(member, message))]
    question: dict[str, Value] = {"@type": "Question", "name": topic.question.value, "answerCount": len(shown)}
    if topic.first_asked:
        question["datePublished"] = f"{topic.first_asked:%Y-%m-%dT%H:%M:%SZ}"
    for name, wanted in (("acceptedAnswer", True), ("suggestedAnswer", False)):
        answers = [
            _answer(message, texts[_key(member, message)])
            for member, message in shown
            if _is_sure(topic, member, message) is wanted
        ]
        if answers:
            question[name] = answers[0] if len(answers) == 1 else answers
    page: dict[str, Value] = {"@context": "https://schema.org", "@type": "FAQPage"}
    if isinstance(address, Url):
        page["url"] = address.value
    page |= {"name": topic.question.value, "inLanguage": topic.language, "mainEntity": question}
    sources = [member.thread.url.value for member in topic.members if member.thread.url]
    if sources:
        page["isBasedOn"] = sources[0] if len(sources) == 1 else sources
    return Html(f'<script type="application/ld+json">{script_json(page)}</script>')


def script_json(value: Value) -> str:
    """JSON that may stand in a script element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def _is_sure(topic: Topic, member: Member, message: Message[PublicText]) -> bool:
    return message is topic.written or (member.answer is not None and member.answer.reason.is_sure)


def _key(member: Member, message: Message[PublicText]) -> tuple[str, str]:
    return str(member.thread.key), message.id


def _answer(message: Message[PublicText], text: PublicText) -> Mapping[str, Value]:
    answer: dict[str, Value] = {"@type": "Answer", "text": text.value}
    if message.url:
        answer["url"] = message.url.value
    if message.written_at:
        answer["datePublished"] = f"{message.written_at:%Y-%m-%dT%H:%M:%SZ}"
    if message.author and message.author.name and message.role is not Role.BOT:
        author: dict[str, Value] = {"@type": "Person", "name": message.author.name.value}
        if message.author.profile:
            author["url"] = message.author.profile.value
        answer["author"] = author
    return answer
