"""Structured data of a topic's page: schema.org Question and Answer, with nothing that the page does not show.

The type is `FAQPage`, because `QAPage` requires that readers can answer on the page. `isBasedOn` names the original
threads. A reply that nobody marked is a `suggestedAnswer`, never an `acceptedAnswer`.
Spec: https://schema.org/FAQPage, https://schema.org/Question
"""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from faq_builder.model import Html, Member, Message, PublicText, Role, Topic, Url
from faq_builder.render.href import Href

JsonValue: TypeAlias = "str | int | Mapping[str, JsonValue] | Sequence[JsonValue]"

# `</script>` and `<!--` affect a script element even inside a string; the last two end a line in old JavaScript
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def jsonld_script(topic: Topic, page_url: Url | Href, texts: Mapping[tuple[str, str], PublicText]) -> Html:
    """Return the script element of a topic's page.

    `texts` has the plain text that the page shows of each answer, by (thread key, message id). Answers without any
    shown text are left out. The element has no `url` if `page_url` is only a site path.
    """
    shown = [(member, message) for member, message in topic.answers if texts.get(_answer_key(member, message))]
    question: dict[str, JsonValue] = {"@type": "Question", "name": topic.question.value, "answerCount": len(shown)}
    if topic.first_asked:
        question["datePublished"] = f"{topic.first_asked:%Y-%m-%dT%H:%M:%SZ}"
    for name, wanted in (("acceptedAnswer", True), ("suggestedAnswer", False)):
        answers = [
            _answer(message, texts[_answer_key(member, message)])
            for member, message in shown
            if _is_sure(topic, member, message) is wanted
        ]
        if answers:
            question[name] = answers[0] if len(answers) == 1 else answers
    page: dict[str, JsonValue] = {"@context": "https://schema.org", "@type": "FAQPage"}
    if isinstance(page_url, Url):
        page["url"] = page_url.value
    page |= {"name": topic.question.value, "inLanguage": topic.language, "mainEntity": question}
    sources = [member.thread.url.value for member in topic.members if member.thread.url]
    if sources:
        page["isBasedOn"] = sources[0] if len(sources) == 1 else sources
    return Html(f'<script type="application/ld+json">{script_json(page)}</script>')


def script_json(value: JsonValue) -> str:
    """Return a value as JSON that is safe inside a script element: "</b>" -> "\\u003c/b\\u003e"."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def _is_sure(topic: Topic, member: Member, message: Message[PublicText]) -> bool:
    return message is topic.written or (member.answer is not None and member.answer.reason.is_sure)


def _answer_key(member: Member, message: Message[PublicText]) -> tuple[str, str]:
    return str(member.thread.key), message.id


def _answer(message: Message[PublicText], text: PublicText) -> Mapping[str, JsonValue]:
    answer: dict[str, JsonValue] = {"@type": "Answer", "text": text.value}
    if message.url:
        answer["url"] = message.url.value
    if message.written_at:
        answer["datePublished"] = f"{message.written_at:%Y-%m-%dT%H:%M:%SZ}"
    if message.author and message.author.name and message.role is not Role.BOT:
        author: dict[str, JsonValue] = {"@type": "Person", "name": message.author.name.value}
        if message.author.profile:
            author["url"] = message.author.profile.value
        answer["author"] = author
    return answer
