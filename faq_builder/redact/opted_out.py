"""Matches opt-outs with the authors of each source: their accounts, names and texts."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from faq_builder.config import OptOut
from faq_builder.model import Author, RawMessage, RawThread, Url
from faq_builder.redact.identifiers import hashed_id
from faq_builder.redact.invisible import without_invisible


@dataclass(frozen=True, kw_only=True)
class OptedOutPeople:
    """The people of one source who must not appear."""

    accounts: frozenset[str] = frozenset()  # author keys
    text_removed: frozenset[str] = frozenset()  # author keys of those whose texts are removed too
    names: frozenset[str] = frozenset()  # all their names and handles
    names_text_removed: frozenset[str] = frozenset()  # names of those whose texts are removed too

    def hides_name_of(self, author: Author[str] | None) -> bool:
        """Whether an author's name is removed."""
        return author is not None and author.key in self.accounts

    def removes_text_of(self, message: RawMessage) -> bool:
        """Whether a message is removed."""
        return message.author is not None and message.author.key in self.text_removed


def match_opt_outs(
    threads: Sequence[RawThread], opt_outs: Sequence[OptOut]
) -> tuple[Mapping[str, OptedOutPeople], tuple[OptOut, ...]]:
    """Return source key -> people who must not appear in it, and the opt-outs that match no author."""
    authors: defaultdict[str, set[Author[str]]] = defaultdict(set)
    for thread in threads if opt_outs else ():
        authors[thread.key.source].update(m.author for m in thread.messages if m.author)
    matched: set[OptOut] = set()
    people: dict[str, OptedOutPeople] = {}
    for source, found in authors.items():
        pairs = [(o, a) for o in opt_outs for a in found if opt_out_matches(o, source, a)]
        matched.update(o for o, _ in pairs)
        handles = [(o, o.handle) for o in opt_outs if o.handle and o.source in (None, source)]
        named = [
            *handles,
            *((o, a.name) for o, a in pairs if a.name),
            *((o, a.key) for o, a in pairs if _is_name(a.key)),
        ]
        people[source] = OptedOutPeople(
            accounts=frozenset(a.key for _, a in pairs),
            text_removed=frozenset(a.key for o, a in pairs if o.removes_text),
            names=frozenset(_bare(name) for _, name in named),
            names_text_removed=frozenset(_bare(name) for o, name in named if o.removes_text),
        )
    return people, tuple(o for o in opt_outs if o not in matched)


def opt_out_matches(opt_out: OptOut, source: str, author: Author[str]) -> bool:
    """Whether an opt-out means this author, by account, handle or profile URL; case is ignored."""
    if opt_out.source not in (None, source):
        return False
    if opt_out.account is not None:
        return _bare(opt_out.account).casefold() == _bare(author.key).casefold()
    if opt_out.handle is not None:
        return _bare(opt_out.handle).casefold() in (_bare(author.name or "").casefold(), _bare(author.key).casefold())
    return (
        opt_out.profile is not None and author.profile is not None and _page(opt_out.profile) == _page(author.profile)
    )


def anonymous_key(author: Author[str]) -> str:
    """Return the hash of an author's key, as a key may be a handle; the same for all messages of one person."""
    return hashed_id(author.key)


def messages_to_keep(thread: RawThread, people: OptedOutPeople) -> tuple[RawMessage, ...]:
    """Return the messages of a thread that are not removed; none if the whole thread is removed.

    A thread whose question is removed is kept, with an empty question, only if it has an accepted answer by somebody
    else. The title stays, because it names the subject.
    """
    kept = [m for m in thread.messages if not people.removes_text_of(m)]
    if len(kept) == len(thread.messages):
        return thread.messages
    question = thread.question
    if people.removes_text_of(question):
        if not any(m.accepted for m in kept):
            return ()
        kept.insert(0, replace(question, body=""))
    ids = {m.id for m in kept}
    return tuple(m if m.reply_to in ids else replace(m, reply_to=None) for m in kept)


def removed_texts(thread: RawThread, people: OptedOutPeople) -> Collection[str]:
    """Return the removed texts of a thread, because others may have quoted them."""
    return [m.body for m in thread.messages if people.removes_text_of(m)]


def _bare(name: str) -> str:
    """Return a name without invisible characters, white space around it, and a leading @."""
    return without_invisible(name).strip().lstrip("@")


def _is_name(key: str) -> bool:
    """Whether an account key can be a handle, which others may mention."""
    return any(c.isalpha() for c in key) and "/" not in key


def _page(profile: Url) -> str:
    """Return a profile URL for comparison: "https://www.Forum.example/u/fred/" -> "forum.example/u/fred"."""
    return profile.value.partition("://")[2].removeprefix("www.").rstrip("/").casefold()
