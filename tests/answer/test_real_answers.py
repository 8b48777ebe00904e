"""Real exports through redaction and the choice of answers: marks are obeyed, nothing is lost, nothing is left over."""

from pathlib import Path

import pytest

from faq_builder.answer.choose import choose_answers
from faq_builder.config import Permission, PublishLevel, RedactRules, Source
from faq_builder.decisions import ResolvedDecisions
from faq_builder.model import Reason, Url
from faq_builder.read.export import ExportError, open_export
from faq_builder.read.formats import read_export
from faq_builder.redact import Redacted, redact_threads
from faq_builder.redact.text import clean_text

EXPORTS = [
    "discourse/dev_urho3d_topics",
    "github_discussions/dev_payload",
    "github_discussions/dev_payload_mixed",
    "stackexchange/dev_quantumcomputing_2018",
    "stackexchange/meta_beer_2022",
]


def redacted(folder: Path) -> Redacted:
    source = Source(key="real", place="real", base_url=Url("https://forum.example/"), permission=Permission.FULL)
    try:
        reading = read_export(open_export(folder), source)
    except ExportError as error:
        pytest.skip(f"no format reads this export yet: {error}")
    result = redact_threads(reading.threads, {"real": source}, RedactRules())
    assert len(result.threads) == len(reading.threads)
    return result


@pytest.mark.parametrize("name", EXPORTS)
def test_every_marked_answer_is_the_chosen_one(real: Path, name: str) -> None:
    threads = redacted(real / name).threads
    answered, findings = choose_answers(threads, PublishLevel.MARKED, ResolvedDecisions())
    assert findings == ()
    marked = 0
    assert [one.thread for one in answered] == list(threads)
    for thread, answer in ((one.thread, one.answer) for one in answered):
        accepted = tuple(m.id for m in thread.messages[1:] if m.accepted)
        marked += bool(accepted)
        if accepted:
            assert answer is not None
            assert (answer.messages, answer.reason) == (accepted, Reason.MARKED)
        else:
            assert answer is None or answer.reason is not Reason.MARKED
    assert marked > 20


def test_redacting_real_texts_twice_equals_once(real: Path) -> None:
    rules = RedactRules()
    for name in EXPORTS:
        for thread in redacted(real / name).threads[::7]:
            for message in thread.messages:
                assert clean_text(message.body.value, rules).text == message.body.value
