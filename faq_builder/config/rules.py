"""The rules objects that stages are given: each stage gets only its own."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from pathlib import Path

from faq_builder.model import Url


class Permission(Enum):
    """How much of a source's texts may be published."""

    FULL = "full"
    EXCERPT = "excerpt"
    LINK = "link"


class Names(Enum):
    """How the authors of a source are shown."""

    HANDLES = "handles"  # the name as the source shows it
    ROLES = "roles"  # "asker", "staff", "person 2"


class PublishLevel(Enum):
    """How sure an answer must be before its topic is published."""

    MARKED = "marked"  # explicit marks and staff confirmations
    LIKELY = "likely"
    ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Source:
    """One place where people were answered: a configured export, or the place of Markdown threads (no path)."""

    key: str
    place: str  # the name shown to customers: "Widget forum"
    path: Path | None = None
    format: str | None = None  # chosen by name instead of detected
    base_url: Url | None = None
    permission: Permission = Permission.EXCERPT
    staff: frozenset[str] = frozenset()  # handles or "id:NATIVE", lower case
    names: Names = Names.HANDLES
    needs_account: bool = False  # the original cannot be read without one
    public_channels: frozenset[str] = frozenset()  # for readers to come: no format that is read today has channels
    moved_from: tuple[Url, ...] = ()  # former base addresses
    language: str | None = None

    def is_staff(self, account: str | None, handle: str | None) -> bool:
        """Whether an account (native id, handle) is listed as staff."""
        return f"id:{account}".lower() in self.staff or (handle or "").lower() in self.staff

    def with_export(self, *, base_url: Url | None, public_channels: frozenset[str]) -> "Source":
        """The source with what an export needs to be read where it is not configured."""
        return replace(self, base_url=base_url, public_channels=public_channels)


@dataclass(frozen=True, kw_only=True)
class OptOut:
    """A person who must not appear: named by source and account id, by handle, or by profile address."""

    source: str | None = None  # None: in every source
    account: str | None = None
    handle: str | None = None
    profile: Url | None = None
    text: bool = False  # True: their texts go too; False: only the name goes
    line: int | None = field(default=None, compare=False)  # of content/optout.yml


@dataclass(frozen=True, kw_only=True)
class RedactRules:
    """What redaction keeps as the company's own, and who must not appear."""

    ours: frozenset[str] = frozenset()  # domains, mail addresses, phone numbers, IP addresses; lower case
    opt_outs: tuple[OptOut, ...] = ()
    public: frozenset[str] = frozenset()  # findings that a decision declares harmless, as written


LEVELS = ("careful", "balanced", "eager")  # how much the machine may merge; what each means depends on the engine


@dataclass(frozen=True, kw_only=True)
class GroupRules:
    """When threads become one topic."""

    merge: str | float = "balanced"  # one of LEVELS, or the similarity that a pair must reach; 1: only people merge
    suggest: float | None = None  # mean similarity from which a person is asked; None: as was measured for the engine
    related: int = 5  # how many close topics a page names
    products: tuple[str, ...] = ()  # names of things that are never the same
    encoder: Path | None = None  # a folder with an ONNX sentence encoder, in place of the installed one
    meaning: bool = True  # whether an encoder is used where there is one


def folded_tag(tag: str) -> str:
    """A tag as it is compared: without case, and with spaces, hyphens and underscores alike."""
    return " ".join(re.sub(r"[\s_-]+", " ", unicodedata.normalize("NFC", tag)).casefold().split())


@dataclass(frozen=True, kw_only=True)
class AskPlace:
    """A place where the public can ask; `url` may hold `{question}`, filled in percent-encoded."""

    name: str
    url: str


@dataclass(frozen=True, kw_only=True)
class PublishRules:
    """What the pages say around the answers."""

    site_name: str = "FAQ"
    site_url: Url | None = None  # ends with a slash
    language: str = "en"
    description: str = ""
    ask: tuple[AskPlace, ...] = ()
    contact: str | None = None  # an address, in which `{question}` may be, or a mail address
    misses: str | None = None  # where pages send what was searched for: an https address, or a path on their host
    report_to: str | None = None  # an address with `{url}`, or a mail address
    edit_url: str | None = None  # an address with `{path}`
    per_page: int = 50  # questions a list page
    feed_entries: int = 50


@dataclass(frozen=True, kw_only=True)
class Config:
    """Everything that was configured. Only `build`, `plugin` and `cli` see it whole; stages get one part."""

    root: Path  # the folder of mkdocs.yml; paths in it are relative to this
    path: Path  # mkdocs.yml itself
    sources: tuple[Source, ...] = ()
    redact: RedactRules = RedactRules()
    answer: PublishLevel = PublishLevel.MARKED
    group: GroupRules = GroupRules()
    publish: PublishRules = PublishRules()
    tags: Mapping[str, str] = field(default_factory=dict)  # other spellings of tags, folded -> what they are called
    jobs: int = 0  # worker processes; 0: as many as there are processors
    epoch: datetime | None = None  # SOURCE_DATE_EPOCH, UTC: stands for "now" in place of the newest content

    @property
    def content(self) -> Path:
        """The folder of everything that people write."""
        return self.root / "content"

    def source(self, key: str) -> Source | None:
        """The source with this key."""
        return next((s for s in self.sources if s.key == key), None)
