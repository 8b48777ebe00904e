"""Where an address leads: to a thread, to one of its messages, or to the threads of a page of this FAQ."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from faq_builder.config import Source
from faq_builder.model import Ledger, LedgerRow, Message, PublicText, PublicThread, ThreadKey, Url, topic_id
from faq_builder.read.formats import FORMATS

_PAGE = re.compile(r"/?q/(?P<name>[a-z0-9-]+)/?(?:index\.html)?(?:#(?P<fragment>.*))?")
_ANSWER = "answer-"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where an address leads: some threads, and the message where it names one."""

    threads: tuple[ThreadKey, ...]  # sorted, not empty
    message: str | None = None  # of the one thread
    page: str | None = None  # id under which the named page was published, also one that is merged by now


class Addresses:
    """The addresses of threads, messages and locked pages."""

    def __init__(
        self,
        threads: Sequence[PublicThread],
        ledger: Ledger,
        site_url: Url | None,
        moved: Sequence[tuple[Url, Url]] = (),  # former and present base addresses of sources
    ) -> None:
        self._moved = [(old.value.rstrip("/"), new.value.rstrip("/")) for old, new in moved]
        self._site_url = site_url
        self._site = _plain(site_url.value) if site_url else None
        self._path = urlsplit(site_url.value).path.strip("/") if site_url else ""
        self._threads = {thread.key: thread for thread in threads}
        self._heirs = ledger.surviving_rows()
        self._rows = ledger.by_id()
        self._row_of = ledger.by_member()
        self._by_slug = {slug: row for row in ledger.rows for slug in (*row.former_slugs, row.slug)}
        self._keys = {str(key): key for key in (*ledger.by_member(), *self._threads)}
        self._at: defaultdict[str, set[tuple[ThreadKey, str | None]]] = defaultdict(set)
        self._native: dict[tuple[str, str, str], ThreadKey] = {}
        for thread in threads:
            self._add(thread)

    @classmethod
    def of(
        cls, threads: Sequence[PublicThread], ledger: Ledger, site_url: Url | None, sources: Sequence[Source]
    ) -> "Addresses":
        """The addresses of threads, also those that they had before their sources moved, and of locked pages."""
        moved = [(old, source.base_url) for source in sources if source.base_url for old in source.moved_from]
        return cls(threads, ledger, site_url, moved)

    def find(self, address: str) -> Place | None:
        """Where an address leads, as it is written in a decision; None where nowhere."""
        page = self._page(address)
        if page is not None:
            return self._on_page(*page)
        name, _, message_id = address.rpartition("#")
        for text, fragment in ((address, ""), (name, message_id)):
            if text in self._keys:
                return self._with_message(self._keys[text], fragment)
        return self._in_source(address) if "/" in address else self._on_page(address, "")

    def thread(self, address: ThreadKey | Url) -> ThreadKey | None:
        """The thread that a source's own mark leads to, None where it is not here."""
        if isinstance(address, ThreadKey):
            return address if address in self._threads else None
        place = self._in_source(address.value)
        return place.threads[0] if place and len(place.threads) == 1 else None

    def name(self, thread: PublicThread, message: Message[PublicText] | None = None) -> str:
        """How a decision names a thread or a message of it: by its public address where that leads to it alone."""
        key = f"{thread.key}#{message.id}" if message else str(thread.key)
        url = message.url if message else thread.url
        return str(url) if url and self.find(url.value) == self.find(key) else key

    def is_page(self, address: str) -> bool:
        """Whether an address has the form of a page of this FAQ, wherever it leads; full addresses only."""
        return "://" in address and "/q/" in address and self._page(address) is not None

    def founder(self, place: Place) -> ThreadKey:
        """The thread that stands for a place: the one that founded its page, also a merged one, else the first."""
        row = self._row_of.get(place.threads[0])
        ids = [name for name in (place.page, row.id if row else None) if name]
        founders = (key for name in ids for key in place.threads if topic_id(key, len(name)) == name)
        return next(founders, place.threads[0])

    def url(self, address: str) -> Url | None:
        """An address to link to: as it is, or the full address of a page of this FAQ."""
        page = self._page(address)
        if page is None or self._site_url is None or "://" in address:
            return Url.parse(address)
        name, fragment = page
        return Url.parse(f"{self._site_url.value.rstrip('/')}/q/{name}/" + (f"#{fragment}" if fragment else ""))

    def is_unknown_page(self, address: str) -> bool:
        """Whether an address is that of a page of this FAQ, and no topic was ever locked there."""
        page = self._page(address)
        return page is not None and self._on_page(page[0], "") is None

    def _add(self, thread: PublicThread) -> None:
        for message in thread.messages:
            if message.url:
                self._at[_plain(message.url.value)].add((thread.key, message.id))
        if thread.url:
            # an address that a thread shares with its question leads to the thread
            self._at[_plain(thread.url.value)] = {(thread.key, None)} | {
                found for found in self._at[_plain(thread.url.value)] if found[0] != thread.key
            }
            self._native[thread.format, thread.url.host, thread.key.native] = thread.key

    def _page(self, address: str) -> tuple[str, str] | None:
        """The slug or id and the fragment of an address of this FAQ."""
        path = address
        if self._site and _plain(address).startswith(f"{self._site}/"):
            path = _plain(address).removeprefix(f"{self._site}/")
        elif "://" not in address and self._path:
            path = address.removeprefix("/").removeprefix(f"{self._path}/")
        match = _PAGE.fullmatch(path)
        return (match["name"], match["fragment"] or "") if match else None

    @cached_property
    def _founded(self) -> Mapping[str, ThreadKey]:
        """By the id of the topic that it would found, each thread; worked out when an address asks for it."""
        return {topic_id(key): key for key in sorted(self._threads, reverse=True)}

    def _on_page(self, name: str, fragment: str) -> Place | None:
        row = self._by_slug.get(name) or self._rows.get(name)
        if row is None:
            return Place(threads=(self._founded[name],)) if name in self._founded else None
        heir = self._heirs[row.id]
        if not fragment.startswith(_ANSWER):
            return Place(threads=heir.members, page=row.id) if heir.members else None
        return self._answer(heir, fragment.removeprefix(_ANSWER))

    def _answer(self, row: LedgerRow, name: str) -> Place | None:
        """The reply whose anchor on a page ends so: its id alone is, of several threads that have it, the founder's."""
        ids = [(key, name.removesuffix(f"-{topic_id(key)}")) for key in row.members if key in self._threads]
        found = [Place(threads=(key,), message=own) for key, own in ids if self._threads[key].message(own)]
        exact = [place for place in found if place.message != name or topic_id(place.threads[0], len(row.id)) == row.id]
        return exact[0] if exact else found[0] if len(found) == 1 else None

    def _in_source(self, address: str) -> Place | None:
        if Url.parse(address) is None:
            return None
        plain = _plain(address)
        bare, _, fragment = plain.partition("#")
        for text in dict.fromkeys((plain, bare)):
            found = sorted(self._at.get(text, ()), key=lambda f: (f[0], f[1] or ""))
            if len(found) > 1:
                return Place(threads=tuple(dict.fromkeys(key for key, _ in found)))
            if found:
                key, message_id = found[0]
                return Place(threads=(key,), message=message_id) if message_id else self._with_message(key, fragment)
        host = urlsplit(address).hostname or ""
        for known in FORMATS:
            native = known.native_id(address)
            thread = self._native.get((known.name, host, native)) if native else None
            if thread is not None:
                return Place(threads=(thread,))
        return next((place for now in self._since(address) if (place := self._in_source(now))), None)

    def _since(self, address: str) -> Iterator[str]:
        """What an address is since its source moved."""
        for old, new in self._moved:
            if address.startswith(f"{old}/") and not address.startswith(f"{new}/"):
                yield new + address.removeprefix(old)

    def _with_message(self, key: ThreadKey, message_id: str) -> Place:
        """A thread, and the message in it that goes by this id."""
        thread = self._threads.get(key)
        known = thread is not None and thread.message(message_id) is not None
        return Place(threads=(key,), message=message_id if known else None)


def _plain(address: str) -> str:
    """An address as it is compared: without scheme, the host in lower case, no slash at the end of the path."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:  # brackets that are no IPv6 address
        return address
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}{query}{fragment}"
