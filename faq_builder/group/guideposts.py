"""Replies that only show the way: to a page of this FAQ, or to another thread where the same was answered."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.decisions import Addresses
from faq_builder.model import Answer, Message, PublicText, PublicThread, Reason, Role, ThreadKey, own_words

# Characters beside the link, quotes and code apart. Of the marked answers in 1,500 real threads that lead to another
# thread, the two with fewer led to the same question, and the two with 125 and 161 to something that helps with it
FEW = 60

_TITLE = 25  # characters of a link from which its words are no longer `duplicate` or `see here`
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"'`]+(?:\([^\s<>()]*\)[^\s<>()\[\]\"'`]*)*")
_LINK = re.compile(r"!?\[(?P<text>[^\]]*)\]\(<?https?://[^)\s]*(?:\s[^)]*)?\)")
# half of the short replies with a link only name what else is of interest
_ASIDE = re.compile(
    r"\b(?:relat\w*|relevant|similar to|see also|also(?: see)?:|also see|compare|unlike|differen\w+|not (?:a |the )?"
    r"(?:same|duplicate\w*)|vgl\.?|siehe auch|ähnlich\w*|verwandt\w*)(?!\w)",
    re.IGNORECASE,
)
# what people write who think so; of 18 such remarks on a question site its community had followed one
_CLAIMS = re.compile(
    r"\b(?:duplicat\w*|already (?:been )?(?:asked|answered)|(?:asked|answered) (?:before|here|there|already)"
    r"|same (?:question|problem|issue)|doppelt\w*|schon (?:gefragt|beantwortet))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Guidepost:
    """A reply that shows the way and says next to nothing else."""

    thread: ThreadKey
    message: str
    leads_to: tuple[ThreadKey, ...]  # another thread, or all those of a page
    is_proof: bool  # else it is somebody's guess, and people are asked


def find_guideposts(
    threads: Sequence[PublicThread], answers: Mapping[ThreadKey, Answer | None], addresses: Addresses
) -> tuple[tuple[Guidepost, ...], tuple[Diagnostic, ...]]:
    """All of them in the order of the threads; links to pages of this FAQ that never were are findings."""
    here = {thread.key for thread in threads}
    found: list[Guidepost] = []
    findings: list[Diagnostic] = []
    for thread in threads:
        for message in thread.messages[1:]:
            if "://" not in message.body.value:
                continue
            own = own_words(message.body.value)
            links = [match[0].rstrip(".,;:!?*_") for match in _ADDRESS.finditer(own)]
            findings += (_dangling(thread, message) for link in links if _dangles(link, addresses))
            guidepost = _guidepost(thread, message, own, links, answers.get(thread.key), addresses)
            if guidepost is not None and here.intersection(guidepost.leads_to):
                found.append(guidepost)
    return tuple(found), tuple(dict.fromkeys(findings))


def links(guideposts: Sequence[Guidepost]) -> tuple[tuple[ThreadKey, ThreadKey], ...]:
    """Each thread with those to whose topic a proof leads, sorted."""
    return tuple(sorted({(g.thread, other) for g in guideposts if g.is_proof for other in g.leads_to}))


def without_guideposts(
    answers: Mapping[ThreadKey, Answer | None],
    topic: Sequence[ThreadKey],
    proofs: Mapping[tuple[ThreadKey, str], bool],
) -> Mapping[ThreadKey, Answer | None]:
    """The answers of a topic's threads without those that only lead there; all of them where nothing else is left."""
    own = {key: answers[key] for key in topic}
    kept = {key: None if answer and _only_leads(key, answer, proofs) else answer for key, answer in own.items()}
    return kept if any(kept.values()) else own


def _only_leads(key: ThreadKey, answer: Answer, proofs: Mapping[tuple[ThreadKey, str], bool]) -> bool:
    """Whether an answer that no person decided on consists of proofs."""
    return answer.reason is not Reason.DECISION and all(proofs.get((key, m), False) for m in answer.messages)


def _guidepost(
    thread: PublicThread,
    message: Message[PublicText],
    own: str,
    links: Sequence[str],
    answer: Answer | None,
    addresses: Addresses,
) -> Guidepost | None:
    words = " ".join(_ADDRESS.sub(" ", _LINK.sub(_label, own)).split())
    if len(words) > FEW or _ASIDE.search(words):
        return None
    targets = set(_targets(thread.key, links, addresses))
    if len(targets) != 1:
        return None
    (leads_to,) = targets
    is_answer = answer is not None and message.id in answer.messages and _is_trusted(answer.reason)
    leads_here = any(addresses.is_page(link) for link in links)
    is_proof = message.role is not Role.BOT and (is_answer or leads_here or message.role is Role.STAFF)
    if not is_proof and not _CLAIMS.search(words):
        return None
    return Guidepost(thread=thread.key, message=message.id, leads_to=leads_to, is_proof=is_proof)


def _is_trusted(reason: Reason) -> bool:
    """Whether people say that an answer is right: those who chose it, or the asker."""
    return reason.is_sure or reason is Reason.THANKED


def _label(match: re.Match[str]) -> str:
    """The words of a link, unless they are long enough to be a title: who quotes a title says nothing of their own."""
    return match["text"] if len(match["text"]) < _TITLE else " "


def _targets(key: ThreadKey, links: Sequence[str], addresses: Addresses) -> Iterator[tuple[ThreadKey, ...]]:
    """Where links lead, as far as that is elsewhere in this FAQ.

    A thread that has joined the page which it leads to still leads there: to the thread that founded the page.
    """
    for link in links:
        place = addresses.find(link)
        if place is None or (len(place.threads) > 1 and not addresses.is_page(link)):
            continue
        threads = (addresses.founder(place),) if key in place.threads else place.threads
        if key not in threads:
            yield threads


def _dangles(link: str, addresses: Addresses) -> bool:
    return addresses.is_page(link) and addresses.find(link) is None


def _dangling(thread: PublicThread, message: Message[PublicText]) -> Diagnostic:
    return Diagnostic(
        code="FAQ623",
        where=Location.in_thread(thread.key, message.id),
        message="a reply leads to a page of this FAQ that was never published",
        help="mend the link where it was posted, or run `faq lock` if the page is only a preview so far",
    )
