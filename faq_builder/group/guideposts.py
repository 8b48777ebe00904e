"""Guideposts: replies that only link to a page of this FAQ, or to another thread that answers the same question."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.decisions import Targets
from faq_builder.model import Answer, Message, PublicText, PublicThread, Reason, Role, ThreadKey, own_words

# The most characters that a guidepost has in addition to its link, without quotes and code. In 1,500 real threads,
# four marked answers link to another thread: the two with fewer characters link to the same question, the two with 125
# and 161 to something that helps with the question
MAX_LENGTH = 60

# characters; the text of a link is `duplicate` or `see here` if it is shorter, a title if it is longer
_MIN_TITLE_LENGTH = 25
_URL = re.compile(r"https?://[^\s<>()\[\]\"'`]+(?:\([^\s<>()]*\)[^\s<>()\[\]\"'`]*)*")
_LINK = re.compile(r"!?\[(?P<text>[^\]]*)\]\(<?https?://[^)\s]*(?:\s[^)]*)?\)")
# half of the short replies with a link only mention something related
_RELATED = re.compile(
    r"\b(?:relat\w*|relevant|similar to|see also|also(?: see)?:|also see|compare|unlike|differen\w+|not (?:a |the )?"
    r"(?:same|duplicate\w*)|vgl\.?|siehe auch|ähnlich\w*|verwandt\w*)(?!\w)",
    re.IGNORECASE,
)
# words that claim a duplicate; on a question site, the community accepted 1 of 18 such claims
_CLAIMS = re.compile(
    r"\b(?:duplicat\w*|already (?:been )?(?:asked|answered)|(?:asked|answered) (?:before|here|there|already)"
    r"|same (?:question|problem|issue)|doppelt\w*|schon (?:gefragt|beantwortet))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class GuidepostReply:
    """A reply that links to another thread or to a page, and says next to nothing else."""

    thread: ThreadKey
    message: str  # message id
    linked: tuple[ThreadKey, ...]  # the other thread, or all threads of the page
    is_trusted: bool  # True: the thread joins the linked topic; False: a guess, which becomes a suggestion


def find_guideposts(
    threads: Sequence[PublicThread], answers: Mapping[ThreadKey, Answer | None], targets: Targets
) -> tuple[tuple[GuidepostReply, ...], tuple[Diagnostic, ...]]:
    """Return the guideposts in the order of the threads; a link to a page that this FAQ never had is a finding."""
    here = {thread.key for thread in threads}
    found: list[GuidepostReply] = []
    findings: list[Diagnostic] = []
    for thread in threads:
        for message in thread.messages[1:]:
            if "://" not in message.body.value:
                continue
            own = own_words(message.body.value)
            links = [match[0].rstrip(".,;:!?*_") for match in _URL.finditer(own)]
            findings += (_broken_link_finding(thread, message) for link in links if _is_broken(link, targets))
            guidepost = _guidepost(thread, message, own, links, answers.get(thread.key), targets)
            if guidepost is not None and here.intersection(guidepost.linked):
                found.append(guidepost)
    return tuple(found), tuple(dict.fromkeys(findings))


def trusted_links(guideposts: Sequence[GuidepostReply]) -> tuple[tuple[ThreadKey, ThreadKey], ...]:
    """Return each thread with the threads that its trusted guideposts link to, sorted."""
    return tuple(sorted({(g.thread, other) for g in guideposts if g.is_trusted for other in g.linked}))


def without_guideposts(
    answers: Mapping[ThreadKey, Answer | None],
    topic: Sequence[ThreadKey],
    trusted: Collection[tuple[ThreadKey, str]],
    *,
    led_away: Collection[ThreadKey] = (),
) -> Mapping[ThreadKey, Answer | None]:
    """Return the answers of a topic's threads without guideposts, or all of them if nothing else is left.

    `trusted` has the thread key and message id of each trusted guidepost. A thread of `led_away` has no answer of its
    own in any case: its guideposts lead to an answer (`answered_elsewhere`).
    """
    own = {key: answers[key] for key in topic}
    kept = {key: None if answer and _only_links(key, answer, trusted) else answer for key, answer in own.items()}
    if any(kept.values()):
        return kept
    return {key: None if key in led_away else answer for key, answer in own.items()}


def answered_elsewhere(
    answers: Mapping[ThreadKey, Answer | None], guideposts: Sequence[GuidepostReply]
) -> frozenset[ThreadKey]:
    """Return the threads whose only answer is a trusted guidepost to a thread with an answer that is none."""
    trusted = {(g.thread, g.message): g.linked for g in guideposts if g.is_trusted}
    leading = {key for key, answer in answers.items() if answer and _only_links(key, answer, trusted)}
    answered = {key for key, answer in answers.items() if answer} - leading
    return frozenset(
        key
        for key, answer in answers.items()
        if key in leading and answer and any(answered.intersection(trusted[key, m]) for m in answer.messages)
    )


def _only_links(key: ThreadKey, answer: Answer, trusted: Collection[tuple[ThreadKey, str]]) -> bool:
    """Whether an answer consists of trusted guideposts only; an answer that a person decided on does not count."""
    return answer.reason is not Reason.DECISION and all((key, m) in trusted for m in answer.messages)


def _guidepost(
    thread: PublicThread,
    message: Message[PublicText],
    own: str,
    links: Sequence[str],
    answer: Answer | None,
    targets: Targets,
) -> GuidepostReply | None:
    """Return the guidepost that a reply is, None if it says too much, links to several threads or is not credible.

    `own` is the reply without quotes and code, `links` the URLs in it.
    """
    words = " ".join(_URL.sub(" ", _LINK.sub(_link_text, own)).split())
    if len(words) > MAX_LENGTH or _RELATED.search(words):
        return None
    linked = set(_linked_threads(thread.key, links, targets))
    if len(linked) != 1:
        return None
    is_answer = answer is not None and message.id in answer.messages and _is_confirmed(answer.reason)
    links_to_page = any(targets.is_page_url(link) for link in links)
    is_trusted = message.role is not Role.BOT and (is_answer or links_to_page or message.role is Role.STAFF)
    if not is_trusted and not _CLAIMS.search(words):
        return None
    return GuidepostReply(thread=thread.key, message=message.id, linked=linked.pop(), is_trusted=is_trusted)


def _is_confirmed(reason: Reason) -> bool:
    """Whether a person said that the answer is right: the asker, or somebody who may choose answers."""
    return reason.is_sure or reason is Reason.THANKED


def _link_text(match: re.Match[str]) -> str:
    """Return the text of a link; nothing if it is long enough to be a quoted title, which is not the author's own."""
    return match["text"] if len(match["text"]) < _MIN_TITLE_LENGTH else " "


def _linked_threads(key: ThreadKey, links: Sequence[str], targets: Targets) -> Iterator[tuple[ThreadKey, ...]]:
    """Yield, for each link in the thread `key`, the other threads that it names.

    A link yields nothing if it leads elsewhere, back to the thread itself, or to several threads without being a page's
    URL. If the thread is already on the linked page, only the thread that founded the page is yielded.
    """
    for link in links:
        target = targets.find(link)
        if target is None or (len(target.threads) > 1 and not targets.is_page_url(link)):
            continue
        threads = (targets.founder(target),) if key in target.threads else target.threads
        if key not in threads:
            yield threads


def _is_broken(link: str, targets: Targets) -> bool:
    """Whether a link has the form of a page of this FAQ that does not exist."""
    return targets.is_page_url(link) and targets.find(link) is None


def _broken_link_finding(thread: PublicThread, message: Message[PublicText]) -> Diagnostic:
    """Return the finding for a reply with a link to a page that this FAQ never had."""
    return Diagnostic(
        code="FAQ623",
        where=Location.in_thread(thread.key, message.id),
        message="a reply links to a page of this FAQ that was never published",
        help="correct the link in the original post, or run `faq lock` if the page is only a preview so far",
    )
