"""Raw threads -> public threads: who must not appear, what is private, and how much a source allows."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.config import Names, OptOut, Permission, RedactRules, Source
from faq_builder.model import Author, Message, PublicText, PublicThread, RawMessage, RawThread, Thread, ThreadKey
from faq_builder.redact.excerpt import excerpt
from faq_builder.redact.files import COMMITTED, committed
from faq_builder.redact.finding import Kind
from faq_builder.redact.identifiers import (
    is_licence,
    public_account,
    public_format,
    public_id,
    public_key,
    public_language,
)
from faq_builder.redact.invisible import in_order, seen
from faq_builder.redact.mentions import Rename, hidden_names, renaming, role_labels, unchanged, without_quotes_of
from faq_builder.redact.opted_out import OptedOut, opted_out, silent_texts, unnamed_key, without_silent
from faq_builder.redact.text import EVERY_KIND, clean
from faq_builder.redact.urls import lost_words, public_url

OPTED_OUT = "opted out"  # the reason in the balance
_IN_VERSIONS = frozenset({Kind.SECRET, Kind.EMAIL})  # "4.5.6.7" is one
_KEYS = "rotate the key and mend the original; if it is no secret, write a `public` decision with it"


@dataclass(frozen=True, kw_only=True)
class Redacted:
    """The public threads in the order of the raw ones, what was left out and why, and what was found."""

    threads: tuple[PublicThread, ...]
    threads_left_out: Mapping[str, int] = field(default_factory=dict)
    messages_left_out: Mapping[str, int] = field(default_factory=dict)
    opted_out: frozenset[ThreadKey] = frozenset()  # threads of which something was left out
    diagnostics: tuple[Diagnostic, ...] = ()


def redact_text(text: str, rules: RedactRules) -> PublicText:
    """One text that stands alone, such as the title of a decision, without private data."""
    return PublicText(clean(seen(text), rules).text)


def redact_body(text: str, rules: RedactRules) -> PublicText:
    """One text of Markdown that stands alone, such as an answer in content/topics, without private data."""
    return PublicText(clean(in_order(text), rules).text)


def redact_threads(
    threads: Sequence[RawThread],
    sources: Mapping[str, Source],
    rules: RedactRules,
    in_files: Mapping[ThreadKey, frozenset[Kind]] | None = None,
) -> Redacted:
    """Threads as they may be published. A thread whose source is not in the mapping is taken as the company's own.

    `in_files` are the threads that people wrote, each with the kinds of private data that its file is known to hold.
    """
    people, missing = opted_out(threads, rules.opt_outs)
    hiding = {source: renaming(hidden_names(out.names), in_addresses=True) for source, out in people.items()}
    rules = replace(rules, opt_outs=())  # they are applied to people, not to texts
    public: list[PublicThread] = []
    left_out: Counter[str] = Counter()
    touched: set[ThreadKey] = set()
    findings = [_names_nobody(opt_out) for opt_out in missing]
    for thread in threads:
        key = thread.key.source
        place = _Place(
            source=sources.get(key) or Source(key=key, place=key, permission=Permission.FULL),
            people=people.get(key, OptedOut()),
            hide=hiding.get(key, unchanged),
            rules=rules,
        )
        kept, found = _redact(thread, place)
        left_out["threads"] += kept is None
        left_out["messages"] += len(thread.messages) - (len(kept.messages) if kept else 0)
        if kept is None or len(kept.messages) < len(thread.messages):
            touched.add(thread.key)
        if kept is not None:
            public.append(kept)
            known = (in_files or {}).get(thread.key)
            findings += _findings(kept.key, found) if known is None else _findings_in_file(kept.key, found, known)
    return Redacted(
        threads=tuple(public),
        threads_left_out={OPTED_OUT: left_out["threads"]} if left_out["threads"] else {},
        messages_left_out={OPTED_OUT: left_out["messages"]} if left_out["messages"] else {},
        opted_out=frozenset(touched),
        diagnostics=tuple(findings),
    )


@dataclass(frozen=True, kw_only=True)
class _Place:
    """What holds for all threads of one source."""

    source: Source
    people: OptedOut
    hide: Rename
    rules: RedactRules


@dataclass(frozen=True, kw_only=True)
class _Cleaner:
    """Cleans the texts of one thread and keeps count of what was found, by message."""

    rules: RedactRules
    rename: Rename
    found: dict[str, Counter[Kind]] = field(default_factory=dict)

    def text(self, text: str, item: str, kinds: frozenset[Kind] = EVERY_KIND) -> PublicText:
        """A title or word without names that must go and without private data."""
        return self._cleaned(seen(text), item, kinds)

    def body(self, text: str, item: str) -> PublicText:
        """The same for a body, which may hold characters that nobody sees."""
        return self._cleaned(in_order(text), item, EVERY_KIND)

    def _cleaned(self, text: str, item: str, kinds: frozenset[Kind]) -> PublicText:
        cleaned = clean(self.rename(text), self.rules, kinds)
        if cleaned.found:
            self.found.setdefault(item, Counter()).update(cleaned.found)
        return PublicText(cleaned.text)

    def words(self, texts: Sequence[str], item: str, kinds: frozenset[Kind] = EVERY_KIND) -> tuple[PublicText, ...]:
        """The tags or versions that hold nothing private; the others are no words that anybody looks for."""
        cleaned = ((seen(text), self.text(text, item, kinds)) for text in texts)
        return tuple(public for text, public in cleaned if text and public.value == text)


def _redact(thread: RawThread, place: _Place) -> tuple[PublicThread | None, Mapping[str, Counter[Kind]]]:
    """A thread as it may be published, None where nothing of it may; and what was found in which message."""
    messages = without_silent(thread, place.people)
    if not messages:
        return None, {}
    cleaner = _Cleaner(rules=place.rules, rename=_rename(thread, place))
    question = public_id(thread.question.id, place.rules)
    silent = silent_texts(thread, place.people)
    title = cleaner.text(thread.title, question)
    lost = lost_words(thread.title, title.value)
    public = Thread(
        key=public_key(thread.key, place.rules),
        format=public_format(thread.format),
        title=title,
        messages=tuple(
            replace(_message(message, place, cleaner, silent), url=public_url(message.url, place.rules, lost))
            for message in messages
        ),
        url=public_url(thread.url, place.rules, lost),
        language=public_language(thread.language),
        tags=cleaner.words(thread.tags, question),
        versions=cleaner.words(thread.versions, question, _IN_VERSIONS),
        duplicate_of=tuple(
            public_key(other, place.rules) if isinstance(other, ThreadKey) else other
            for other in thread.duplicate_of
            if isinstance(other, ThreadKey) or public_url(other, place.rules)
        ),
    )
    return public, cleaner.found


def _rename(thread: RawThread, place: _Place) -> Rename:
    if place.source.names is Names.HANDLES:
        return place.hide
    labels = role_labels(thread)
    named = {seen(m.author.name): labels[m.author.key] for m in thread.messages if m.author and m.author.name}
    to_roles = renaming(named, in_addresses=False)
    return lambda text: to_roles(place.hide(text))


def _message(message: RawMessage, place: _Place, cleaner: _Cleaner, silent: Collection[str]) -> Message[PublicText]:
    """A message as it may be published, but for its address."""
    message_id = public_id(message.id, place.rules)
    licences = (message.licence,) if message.licence and is_licence(message.licence) else ()
    licence = next((words.value for words in cleaner.words(licences, message_id)), None)
    return Message(
        id=message_id,
        body=_body(message, place, cleaner, silent),
        role=message.role,
        author=_author(message, licence, place),
        written_at=message.written_at,
        reply_to=None if message.reply_to is None else public_id(message.reply_to, place.rules),
        accepted=message.accepted,
        votes=message.votes,
        licence=licence,
    )


def _body(message: RawMessage, place: _Place, cleaner: _Cleaner, silent: Collection[str]) -> PublicText:
    """As much of the body as the source allows. The whole is cleaned first, so that no cut can hide half a key."""
    if place.source.permission is Permission.LINK:
        return PublicText("")
    body = message.body
    if silent or place.people.silent_names:
        body = without_quotes_of(body, place.people.silent_names, silent)
    public = cleaner.body(body, public_id(message.id, place.rules))
    return excerpt(public) if place.source.permission is Permission.EXCERPT else public


def _author(message: RawMessage, licence: str | None, place: _Place) -> Author[PublicText] | None:
    """The author as shown. A licence that demands the name (CC BY) beats `names: roles`; an opt-out beats both."""
    author = message.author
    if author is None:
        return None
    if place.people.hides(author):
        return Author(key=unnamed_key(author))
    if place.source.names is Names.ROLES and "BY" not in (licence or "").upper():
        return Author(key=public_account(author.key, place.rules))
    return _shown(author, place.rules)


@lru_cache(maxsize=4096)  # the same few people write most messages
def _shown(author: Author[str], rules: RedactRules) -> Author[PublicText]:
    name = PublicText(clean(seen(author.name), rules).text) if author.name else None
    return Author(key=public_account(author.key, rules), name=name or None, profile=public_url(author.profile, rules))


def _findings(key: ThreadKey, found: Mapping[str, Counter[Kind]]) -> Iterator[Diagnostic]:
    """One finding a thread for personal data, one a message for secrets."""
    personal = sum(found.values(), Counter[Kind]())
    secrets = personal.pop(Kind.SECRET, 0)
    if personal:
        first = next(item for item, kinds in found.items() if set(kinds) != {Kind.SECRET})
        counts = ", ".join(f"{kind.words} {personal[kind]}" for kind in Kind if personal[kind])
        yield Diagnostic(
            code="FAQ501",
            where=Location.in_thread(key, first),
            message=f"personal data was taken out: {counts}",
        )
    for item, kinds in found.items() if secrets else ():
        if kinds[Kind.SECRET]:
            yield Diagnostic(
                code="FAQ502",
                where=Location.in_thread(key, item),
                message=f"keys or passwords stand in a public message: {kinds[Kind.SECRET]}",
                help=_KEYS,
            )


def _findings_in_file(
    key: ThreadKey, found: Mapping[str, Counter[Kind]], known: frozenset[Kind]
) -> Iterator[Diagnostic]:
    """What redaction found and the look at the file did not: by message, as the place in the file is not known."""
    for item, counts in found.items():
        where = Location.in_thread(key, item)
        yield from (committed(kind, where) for kind in Kind if kind in COMMITTED - known and counts[kind])
    rest = {item: Counter({k: n for k, n in counts.items() if k not in COMMITTED}) for item, counts in found.items()}
    yield from _findings(key, {item: counts for item, counts in rest.items() if counts})


def _names_nobody(opt_out: OptOut) -> Diagnostic:
    return Diagnostic(
        code="FAQ503",
        where=Location(path="content/optout.yml", line=opt_out.line),
        message="this opt-out names nobody who wrote in the threads that were read",
        help="check source, id, handle or profile; leave it if the person's messages are already gone",
    )
