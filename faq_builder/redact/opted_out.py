"""Who asked not to appear, and what stands of them in the source: accounts, names, texts."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from faq_builder.config import OptOut
from faq_builder.model import Author, RawMessage, RawThread, Url
from faq_builder.redact.identifiers import hashed
from faq_builder.redact.invisible import seen


@dataclass(frozen=True, kw_only=True)
class OptedOut:
    """The people of one source who must not appear."""

    accounts: frozenset[str] = frozenset()  # author keys
    silent: frozenset[str] = frozenset()  # those of the accounts whose texts go too
    names: frozenset[str] = frozenset()  # every name that they are known by
    silent_names: frozenset[str] = frozenset()

    def hides(self, author: Author[str] | None) -> bool:
        """Whether an author's name must go."""
        return author is not None and author.key in self.accounts

    def silences(self, message: RawMessage) -> bool:
        """Whether a message's text must go."""
        return message.author is not None and message.author.key in self.silent


def opted_out(
    threads: Sequence[RawThread], opt_outs: Sequence[OptOut]
) -> tuple[Mapping[str, OptedOut], tuple[OptOut, ...]]:
    """For each source who must not appear in it; and which opt-outs name nobody who wrote there."""
    authors: defaultdict[str, set[Author[str]]] = defaultdict(set)
    for thread in threads if opt_outs else ():
        authors[thread.key.source].update(m.author for m in thread.messages if m.author)
    matched: set[OptOut] = set()
    people: dict[str, OptedOut] = {}
    for source, found in authors.items():
        pairs = [(o, a) for o in opt_outs for a in found if names(o, source, a)]
        matched.update(o for o, _ in pairs)
        handles = [(o, o.handle) for o in opt_outs if o.handle and o.source in (None, source)]
        called = [
            *handles,
            *((o, a.name) for o, a in pairs if a.name),
            *((o, a.key) for o, a in pairs if _is_name(a.key)),
        ]
        people[source] = OptedOut(
            accounts=frozenset(a.key for _, a in pairs),
            silent=frozenset(a.key for o, a in pairs if o.text),
            names=frozenset(_bare(name) for _, name in called),
            silent_names=frozenset(_bare(name) for o, name in called if o.text),
        )
    return people, tuple(o for o in opt_outs if o not in matched)


def names(opt_out: OptOut, source: str, author: Author[str]) -> bool:
    """Whether an opt-out means this author: by account, by handle, or by profile; case makes no difference."""
    if opt_out.source not in (None, source):
        return False
    if opt_out.account is not None:
        return _bare(opt_out.account).casefold() == _bare(author.key).casefold()
    if opt_out.handle is not None:
        return _bare(opt_out.handle).casefold() in (_bare(author.name or "").casefold(), _bare(author.key).casefold())
    return (
        opt_out.profile is not None and author.profile is not None and _page(opt_out.profile) == _page(author.profile)
    )


def unnamed_key(author: Author[str]) -> str:
    """A key that tells nothing (a key may be a handle), the same for all messages of one person."""
    return hashed(author.key)


def without_silent(thread: RawThread, people: OptedOut) -> tuple[RawMessage, ...]:
    """The messages that remain; none where the thread cannot stand without its question.

    Where the asker's text must go, the thread stays only if somebody else's accepted answer would go with it: then
    the question is empty, and of the asker only the title remains, which names the subject.
    """
    kept = [m for m in thread.messages if not people.silences(m)]
    if len(kept) == len(thread.messages):
        return thread.messages
    question = thread.question
    if people.silences(question):
        if not any(m.accepted for m in kept):
            return ()
        kept.insert(0, replace(question, body=""))
    ids = {m.id for m in kept}
    return tuple(m if m.reply_to in ids else replace(m, reply_to=None) for m in kept)


def silent_texts(thread: RawThread, people: OptedOut) -> Collection[str]:
    """The texts that must go, as others may have quoted them."""
    return [m.body for m in thread.messages if people.silences(m)]


def _bare(name: str) -> str:
    return seen(name).strip().lstrip("@")


def _is_name(key: str) -> bool:
    """Whether an account key can be a handle, which others may have mentioned."""
    return any(c.isalpha() for c in key) and "/" not in key


def _page(profile: Url) -> str:
    return profile.value.partition("://")[2].removeprefix("www.").rstrip("/").casefold()
