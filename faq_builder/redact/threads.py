"""Redacts threads: applies opt-outs, replaces private data, and keeps what the source permits."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.config import AuthorNames, OptOut, Permission, RedactRules, Source
from faq_builder.model import (
    Author,
    Balance,
    Message,
    PublicText,
    PublicThread,
    RawMessage,
    RawThread,
    Thread,
    ThreadKey,
)
from faq_builder.redact.excerpt import make_excerpt
from faq_builder.redact.files import KINDS_IN_FILES, file_finding
from faq_builder.redact.finding import PrivateKind
from faq_builder.redact.identifiers import (
    is_licence,
    public_account,
    public_format,
    public_id,
    public_key,
    public_language,
)
from faq_builder.redact.invisible import without_direction_overrides, without_invisible
from faq_builder.redact.mentions import (
    NameReplacer,
    name_replacer,
    removed_name_labels,
    role_labels,
    unchanged_text,
    without_quotes_of,
)
from faq_builder.redact.opted_out import OptedOutPeople, anonymous_key, match_opt_outs, messages_to_keep, removed_texts
from faq_builder.redact.text import ALL_KINDS, clean_text
from faq_builder.redact.urls import public_url, removed_words

OPTED_OUT = "opted out"  # reason in the balance
_IN_VERSIONS = frozenset({PrivateKind.SECRET, PrivateKind.EMAIL})  # without IP addresses: "4.5.6.7" is a version
_SECRET_HELP = (
    "create a new key, and remove the old one from the original post; "
    "if it is not a secret, add a `public` decision with the text"
)


@dataclass(frozen=True, kw_only=True)
class Redacted:
    """Public threads in the order of the raw ones, what was left out and why, and the findings."""

    threads: tuple[PublicThread, ...]
    threads_left_out: Mapping[str, int] = field(default_factory=dict)  # reason -> count
    messages_left_out: Mapping[str, int] = field(default_factory=dict)  # reason -> count
    opted_out: frozenset[ThreadKey] = frozenset()  # threads that lost a message, or were removed whole
    diagnostics: tuple[Diagnostic, ...] = ()

    def balance_after(self, balance: Balance) -> Balance:
        """Return the balance of the reader after redaction left out more threads and messages."""
        for reason in sorted(self.threads_left_out.keys() | self.messages_left_out.keys()):
            threads, messages = self.threads_left_out.get(reason, 0), self.messages_left_out.get(reason, 0)
            balance = balance.with_left_out(reason, threads=threads, messages=messages)
        return balance


def redact_text(text: str, rules: RedactRules) -> PublicText:
    """Redact one text outside of a thread, such as the title in a decision."""
    return PublicText(clean_text(without_invisible(text), rules).text)


def redact_body(text: str, rules: RedactRules) -> PublicText:
    """Redact one Markdown text outside of a thread, such as an answer in content/topics."""
    return PublicText(clean_text(without_direction_overrides(text), rules).text)


def redact_threads(
    threads: Sequence[RawThread],
    sources: Mapping[str, Source],
    rules: RedactRules,
    in_files: Mapping[ThreadKey, frozenset[PrivateKind]] | None = None,
) -> Redacted:
    """Redact threads. A thread of a source that is not in `sources` counts as the company's own: permission is `full`.

    `in_files` has the threads in thread files, each with the kinds of private data that `find_private_data_in_files`
    reported for its file.
    """
    people, missing = match_opt_outs(threads, rules.opt_outs)
    hiding = {source: name_replacer(removed_name_labels(out.names), in_urls=True) for source, out in people.items()}
    rules = replace(rules, opt_outs=())  # opt-outs apply to people, not to texts
    public: list[PublicThread] = []
    left_out: Counter[str] = Counter()
    touched: set[ThreadKey] = set()
    findings = [_unmatched_finding(opt_out) for opt_out in missing]
    for thread in threads:
        key = thread.key.source
        source_rules = _SourceRules(
            source=sources.get(key) or Source(key=key, place=key, permission=Permission.FULL),
            people=people.get(key, OptedOutPeople()),
            hide_names=hiding.get(key, unchanged_text),
            rules=rules,
        )
        kept, found = _redact_thread(thread, source_rules)
        left_out["threads"] += kept is None
        left_out["messages"] += len(thread.messages) - (len(kept.messages) if kept else 0)
        if kept is None or len(kept.messages) < len(thread.messages):
            touched.add(thread.key)
        if kept is not None:
            public.append(kept)
            known = (in_files or {}).get(thread.key)
            findings += (
                _redaction_findings(kept.key, found) if known is None else _findings_in_file(kept.key, found, known)
            )
    return Redacted(
        threads=tuple(public),
        threads_left_out={OPTED_OUT: left_out["threads"]} if left_out["threads"] else {},
        messages_left_out={OPTED_OUT: left_out["messages"]} if left_out["messages"] else {},
        opted_out=frozenset(touched),
        diagnostics=tuple(findings),
    )


@dataclass(frozen=True, kw_only=True)
class _SourceRules:
    """All that redaction needs for the threads of one source."""

    source: Source
    people: OptedOutPeople
    hide_names: NameReplacer
    rules: RedactRules


@dataclass(frozen=True, kw_only=True)
class _ThreadCleaner:
    """Cleans the texts of one thread, and counts the findings in each message."""

    rules: RedactRules
    rename: NameReplacer
    found: dict[str, Counter[PrivateKind]] = field(default_factory=dict)

    def text(self, text: str, item: str, kinds: frozenset[PrivateKind] = ALL_KINDS) -> PublicText:
        """Return a title or word without private data and without names of people who opted out."""
        return self._cleaned(without_invisible(text), item, kinds)

    def body(self, text: str, item: str) -> PublicText:
        """Return a body redacted like a title; it may keep harmless invisible characters."""
        return self._cleaned(without_direction_overrides(text), item, ALL_KINDS)

    def _cleaned(self, text: str, item: str, kinds: frozenset[PrivateKind]) -> PublicText:
        cleaned = clean_text(self.rename(text), self.rules, kinds)
        if cleaned.found:
            self.found.setdefault(item, Counter()).update(cleaned.found)
        return PublicText(cleaned.text)

    def words(
        self, texts: Sequence[str], item: str, kinds: frozenset[PrivateKind] = ALL_KINDS
    ) -> tuple[PublicText, ...]:
        """Return the tags or versions without private data; the others are dropped, as nobody would look for them."""
        cleaned = ((without_invisible(text), self.text(text, item, kinds)) for text in texts)
        return tuple(public for text, public in cleaned if text and public.value == text)


def _redact_thread(
    thread: RawThread, source_rules: _SourceRules
) -> tuple[PublicThread | None, Mapping[str, Counter[PrivateKind]]]:
    """Return a thread as it may be published (None: not at all), and the findings by message id."""
    messages = messages_to_keep(thread, source_rules.people)
    if not messages:
        return None, {}
    cleaner = _ThreadCleaner(rules=source_rules.rules, rename=_name_replacer(thread, source_rules))
    question = public_id(thread.question.id, source_rules.rules)
    removed_bodies = removed_texts(thread, source_rules.people)
    title = cleaner.text(thread.title, question)
    removed = removed_words(thread.title, title.value)
    public = Thread(
        key=public_key(thread.key, source_rules.rules),
        format=public_format(thread.format),
        title=title,
        messages=tuple(
            replace(
                _public_message(message, source_rules, cleaner, removed_bodies),
                url=public_url(message.url, source_rules.rules, removed),
            )
            for message in messages
        ),
        url=public_url(thread.url, source_rules.rules, removed),
        language=public_language(thread.language),
        tags=cleaner.words(thread.tags, question),
        versions=cleaner.words(thread.versions, question, _IN_VERSIONS),
        duplicate_of=tuple(
            public_key(other, source_rules.rules) if isinstance(other, ThreadKey) else other
            for other in thread.duplicate_of
            if isinstance(other, ThreadKey) or public_url(other, source_rules.rules)
        ),
    )
    return public, cleaner.found


def _name_replacer(thread: RawThread, source_rules: _SourceRules) -> NameReplacer:
    """Return the function that replaces names in the texts of a thread."""
    if source_rules.source.names is AuthorNames.HANDLES:
        return source_rules.hide_names
    labels = role_labels(thread)
    named = {
        without_invisible(m.author.name): labels[m.author.key] for m in thread.messages if m.author and m.author.name
    }
    to_roles = name_replacer(named, in_urls=False)
    return lambda text: to_roles(source_rules.hide_names(text))


def _public_message(
    message: RawMessage, source_rules: _SourceRules, cleaner: _ThreadCleaner, removed_bodies: Collection[str]
) -> Message[PublicText]:
    """Return a message as it may be published, without its URL."""
    message_id = public_id(message.id, source_rules.rules)
    licences = (message.licence,) if message.licence and is_licence(message.licence) else ()
    licence = next((words.value for words in cleaner.words(licences, message_id)), None)
    return Message(
        id=message_id,
        body=_public_body(message, source_rules, cleaner, removed_bodies),
        role=message.role,
        author=_public_author(message, licence, source_rules),
        written_at=message.written_at,
        reply_to=None if message.reply_to is None else public_id(message.reply_to, source_rules.rules),
        accepted=message.accepted,
        votes=message.votes,
        licence=licence,
    )


def _public_body(
    message: RawMessage, source_rules: _SourceRules, cleaner: _ThreadCleaner, removed_bodies: Collection[str]
) -> PublicText:
    """Return as much of a body as the source permits. It is cleaned before it is cut: half a key is not recognised."""
    if source_rules.source.permission is Permission.LINK:
        return PublicText("")
    body = message.body
    if removed_bodies or source_rules.people.names_text_removed:
        body = without_quotes_of(body, source_rules.people.names_text_removed, removed_bodies)
    public = cleaner.body(body, public_id(message.id, source_rules.rules))
    return make_excerpt(public) if source_rules.source.permission is Permission.EXCERPT else public


def _public_author(message: RawMessage, licence: str | None, source_rules: _SourceRules) -> Author[PublicText] | None:
    """Return the author as pages may show them.

    A licence that demands the name (CC BY) overrides `names: roles`; an opt-out overrides both.
    """
    author = message.author
    if author is None:
        return None
    if source_rules.people.hides_name_of(author):
        return Author(key=anonymous_key(author))
    if source_rules.source.names is AuthorNames.ROLES and "BY" not in (licence or "").upper():
        return Author(key=public_account(author.key, source_rules.rules))
    return _named_author(author, source_rules.rules)


@lru_cache(maxsize=4096)  # the same few people write most messages
def _named_author(author: Author[str], rules: RedactRules) -> Author[PublicText]:
    name = PublicText(clean_text(without_invisible(author.name), rules).text) if author.name else None
    return Author(key=public_account(author.key, rules), name=name or None, profile=public_url(author.profile, rules))


def _redaction_findings(key: ThreadKey, found: Mapping[str, Counter[PrivateKind]]) -> Iterator[Diagnostic]:
    """Yield one finding for the personal data of a thread, and one for the secrets of each message."""
    personal = sum(found.values(), Counter[PrivateKind]())
    secrets = personal.pop(PrivateKind.SECRET, 0)
    if personal:
        first = next(item for item, kinds in found.items() if set(kinds) != {PrivateKind.SECRET})
        counts = ", ".join(f"{kind.label} {personal[kind]}" for kind in PrivateKind if personal[kind])
        yield Diagnostic(
            code="FAQ501",
            where=Location.in_thread(key, first),
            message=f"personal data was removed: {counts}",
        )
    for item, kinds in found.items() if secrets else ():
        if kinds[PrivateKind.SECRET]:
            yield Diagnostic(
                code="FAQ502",
                where=Location.in_thread(key, item),
                message=f"a public message contains keys or passwords: {kinds[PrivateKind.SECRET]}",
                help=_SECRET_HELP,
            )


def _findings_in_file(
    key: ThreadKey, found: Mapping[str, Counter[PrivateKind]], known: frozenset[PrivateKind]
) -> Iterator[Diagnostic]:
    """Yield findings for private data that redaction found and `find_private_data_in_files` did not.

    They name the message, as the line in the file is not known.
    """
    for item, counts in found.items():
        where = Location.in_thread(key, item)
        yield from (
            file_finding(kind, where) for kind in PrivateKind if kind in KINDS_IN_FILES - known and counts[kind]
        )
    rest = {
        item: Counter({k: n for k, n in counts.items() if k not in KINDS_IN_FILES}) for item, counts in found.items()
    }
    yield from _redaction_findings(key, {item: counts for item, counts in rest.items() if counts})


def _unmatched_finding(opt_out: OptOut) -> Diagnostic:
    """Return the finding for an opt-out that matches nobody."""
    return Diagnostic(
        code="FAQ503",
        where=Location(path="content/optout.yml", line=opt_out.line),
        message="this opt-out matches no author of the threads that were read",
        help="check source, id, handle or profile; keep it if the person's messages are already gone",
    )
