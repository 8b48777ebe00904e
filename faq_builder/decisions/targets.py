"""What a decision or a link is about: a URL, site path, thread key or topic id -> threads, or one message.

Decisions, the command line and `duplicate_of` accept any of these references:

    https://forum.example/t/12#3      the URL of a thread or of a message
    forum:12, forum:12#3              a thread key, with the id of a message
    /q/red-widget/#answer-3           a page of this FAQ, or one answer on it, by site path or full URL
    4h2kq0x1zb                        the id of a topic
"""

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
_ANSWER_ANCHOR = "answer-"  # anchors of answers begin with it; render/ writes them


@dataclass(frozen=True, kw_only=True)
class Target:
    """The threads that a reference names, and the message if it names one."""

    threads: tuple[ThreadKey, ...]  # sorted, not empty; one thread if a message is named
    message: str | None = None  # its id in that thread
    page: str | None = None  # for a page: the topic id that published it, even if that topic was merged since


class Targets:
    """Finds the threads, messages and locked pages that references name."""

    def __init__(
        self,
        threads: Sequence[PublicThread],
        ledger: Ledger,
        site_url: Url | None,
        moved: Sequence[tuple[Url, Url]] = (),  # former and present base URL of each source that moved
    ) -> None:
        self._moved = [(old.value.rstrip("/"), new.value.rstrip("/")) for old, new in moved]
        self._site_url = site_url
        self._site = _comparable(site_url.value) if site_url else None
        self._path = urlsplit(site_url.value).path.strip("/") if site_url else ""
        self._threads = {thread.key: thread for thread in threads}
        self._heirs = ledger.surviving_rows()
        self._rows = ledger.by_id()
        self._row_of = ledger.by_member()
        self._by_slug = {slug: row for row in ledger.rows for slug in (*row.former_slugs, row.slug)}
        self._keys = {str(key): key for key in (*ledger.by_member(), *self._threads)}
        self._by_url: defaultdict[str, set[tuple[ThreadKey, str | None]]] = defaultdict(set)
        self._by_native_id: dict[tuple[str, str, str], ThreadKey] = {}  # by format, host and native id
        for thread in threads:
            self._add(thread)

    @classmethod
    def of(
        cls, threads: Sequence[PublicThread], ledger: Ledger, site_url: Url | None, sources: Sequence[Source]
    ) -> "Targets":
        """Return the targets of a site; URLs from before a source moved (`moved_from`) are found too."""
        moved = [(old, source.base_url) for source in sources if source.base_url for old in source.moved_from]
        return cls(threads, ledger, site_url, moved)

    def find(self, reference: str) -> Target | None:
        """Return what a reference names, None if it names nothing here."""
        page = self._parse_page(reference)
        if page is not None:
            return self._page_target(*page)
        name, _, message_id = reference.rpartition("#")
        for text, fragment in ((reference, ""), (name, message_id)):
            if text in self._keys:
                return self._thread_target(self._keys[text], fragment)
        return self._url_target(reference) if "/" in reference else self._page_target(reference, "")

    def thread(self, reference: ThreadKey | Url) -> ThreadKey | None:
        """Return the thread that a source's duplicate mark names, None if it is not here."""
        if isinstance(reference, ThreadKey):
            return reference if reference in self._threads else None
        target = self._url_target(reference.value)
        return target.threads[0] if target and len(target.threads) == 1 else None

    def name(self, thread: PublicThread, message: Message[PublicText] | None = None) -> str:
        """Return how a decision names a thread or a message of it: by its public URL if that is unique, else by key."""
        key = f"{thread.key}#{message.id}" if message else str(thread.key)
        url = message.url if message else thread.url
        return str(url) if url and self.find(url.value) == self.find(key) else key

    def is_page_url(self, url: str) -> bool:
        """Whether a URL (not a site path) has the form of a page of this FAQ, even if that page does not exist."""
        return "://" in url and "/q/" in url and self._parse_page(url) is not None

    def founder(self, target: Target) -> ThreadKey:
        """Return the thread that represents a target.

        It is the thread that founded the page (merged pages included), or the first thread if none of them did.
        """
        row = self._row_of.get(target.threads[0])
        ids = [name for name in (target.page, row.id if row else None) if name]
        founders = (key for name in ids for key in target.threads if topic_id(key, len(name)) == name)
        return next(founders, target.threads[0])

    def link_url(self, reference: str) -> Url | None:
        """Return the URL that a page can link to: a URL as it is, a site path as the full URL of the page."""
        page = self._parse_page(reference)
        if page is None or self._site_url is None or "://" in reference:
            return Url.parse(reference)
        name, fragment = page
        return Url.parse(f"{self._site_url.value.rstrip('/')}/q/{name}/" + (f"#{fragment}" if fragment else ""))

    def is_unknown_page(self, reference: str) -> bool:
        """Whether a reference has the form of a page of this FAQ, but no topic was ever locked there."""
        page = self._parse_page(reference)
        return page is not None and self._page_target(page[0], "") is None

    def _add(self, thread: PublicThread) -> None:
        """Add the URLs of a thread and its messages."""
        for message in thread.messages:
            if message.url:
                self._by_url[_comparable(message.url.value)].add((thread.key, message.id))
        if thread.url:
            # a thread and its question often have the same URL, which then names the thread
            self._by_url[_comparable(thread.url.value)] = {(thread.key, None)} | {
                found for found in self._by_url[_comparable(thread.url.value)] if found[0] != thread.key
            }
            self._by_native_id[thread.format, thread.url.host, thread.key.native] = thread.key

    def _parse_page(self, reference: str) -> tuple[str, str] | None:
        """Return the slug or topic id and the fragment of a page of this FAQ: /q/a-b/#c -> ("a-b", "c")."""
        path = reference
        if self._site and _comparable(reference).startswith(f"{self._site}/"):
            path = _comparable(reference).removeprefix(f"{self._site}/")
        elif "://" not in reference and self._path:
            path = reference.removeprefix("/").removeprefix(f"{self._path}/")
        match = _PAGE.fullmatch(path)
        return (match["name"], match["fragment"] or "") if match else None

    @cached_property
    def _founded(self) -> Mapping[str, ThreadKey]:
        """Each thread by the id of the topic that it would found. Lazy: only references to unlocked topics need it."""
        return {topic_id(key): key for key in sorted(self._threads, reverse=True)}

    def _page_target(self, name: str, fragment: str) -> Target | None:
        """Return the threads of the page with this slug or topic id, or the answer that the fragment names."""
        row = self._by_slug.get(name) or self._rows.get(name)
        if row is None:
            return Target(threads=(self._founded[name],)) if name in self._founded else None
        heir = self._heirs[row.id]
        if not fragment.startswith(_ANSWER_ANCHOR):
            return Target(threads=heir.members, page=row.id) if heir.members else None
        return self._answer_target(heir, fragment.removeprefix(_ANSWER_ANCHOR))

    def _answer_target(self, row: LedgerRow, name: str) -> Target | None:
        """Return the reply with the anchor `answer-<name>` on a page.

        The name is a message id, with `-<topic id>` of its thread if the thread is not the founder. A bare message id
        that several threads have is the founder's.
        """
        ids = [(key, name.removesuffix(f"-{topic_id(key)}")) for key in row.members if key in self._threads]
        found = [Target(threads=(key,), message=own) for key, own in ids if self._threads[key].message(own)]
        exact = [t for t in found if t.message != name or topic_id(t.threads[0], len(row.id)) == row.id]
        return exact[0] if exact else found[0] if len(found) == 1 else None

    def _url_target(self, url: str) -> Target | None:
        """Return the thread or message with this URL in a source.

        A URL that no thread has may still name one: each format reads the native id out of its own URLs.
        """
        if Url.parse(url) is None:
            return None
        comparable = _comparable(url)
        without_fragment, _, fragment = comparable.partition("#")
        for text in dict.fromkeys((comparable, without_fragment)):
            found = sorted(self._by_url.get(text, ()), key=lambda f: (f[0], f[1] or ""))
            if len(found) > 1:
                return Target(threads=tuple(dict.fromkeys(key for key, _ in found)))
            if found:
                key, message_id = found[0]
                return Target(threads=(key,), message=message_id) if message_id else self._thread_target(key, fragment)
        host = urlsplit(url).hostname or ""
        for known in FORMATS:
            native = known.native_id(url)
            thread = self._by_native_id.get((known.name, host, native)) if native else None
            if thread is not None:
                return Target(threads=(thread,))
        return next((target for moved in self._moved_urls(url) if (target := self._url_target(moved))), None)

    def _moved_urls(self, url: str) -> Iterator[str]:
        """Yield what a URL became when its source moved."""
        for old, new in self._moved:
            if url.startswith(f"{old}/") and not url.startswith(f"{new}/"):
                yield new + url.removeprefix(old)

    def _thread_target(self, key: ThreadKey, message_id: str) -> Target:
        """Return a thread, with the message of this id if the thread has it."""
        thread = self._threads.get(key)
        known = thread is not None and thread.message(message_id) is not None
        return Target(threads=(key,), message=message_id if known else None)


def _comparable(url: str) -> str:
    """Return a URL without what makes no difference: `https://Forum.example/t/3/` -> `forum.example/t/3`.

    The scheme and a slash at the end of the path are left out, and the host is in lower case.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # brackets around something that is not an IPv6 address
        return url
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}{query}{fragment}"
