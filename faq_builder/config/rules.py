"""Rules objects: the configuration in parts, so that each stage gets only what it needs."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum, StrEnum
from pathlib import Path

from faq_builder.model import Url


class Permission(Enum):
    """How much of a source's texts may be published."""

    FULL = "full"  # whole texts
    EXCERPT = "excerpt"  # the beginning of each text
    LINK = "link"  # titles only


class AuthorNames(Enum):
    """How pages name the authors of a source."""

    HANDLES = "handles"  # the name in the source
    ROLES = "roles"  # "asker", "staff", "person 2"


class PublishLevel(Enum):
    """How sure an answer must be before its topic is published."""

    MARKED = "marked"  # a person marked, confirmed or wrote it
    LIKELY = "likely"  # or the answer model is sure enough (`answer/model.py` states the threshold)
    ALL = "all"  # or it is the reply that the model finds the most likely, however sure it is


@dataclass(frozen=True, kw_only=True)
class Source:
    """A source: a place where people were answered, with its export, or with Markdown threads only (no `path`).

    `public_channels` is for formats to come: chat formats will read only the channels that it names.
    """

    key: str
    place: str  # name of the source on pages: "Widget forum"
    path: Path | None = None
    format: str | None = None  # None: detected
    base_url: Url | None = None
    permission: Permission = Permission.EXCERPT
    staff: frozenset[str] = frozenset()  # handles or "id:NATIVE_ID", in lower case
    names: AuthorNames = AuthorNames.HANDLES
    needs_account: bool = False  # reading the original threads needs an account
    public_channels: frozenset[str] = frozenset()
    moved_from: tuple[Url, ...] = ()  # former base URLs
    language: str | None = None

    def is_staff(self, account: str | None, handle: str | None) -> bool:
        """Whether an account, given by its native id and handle, is listed as staff."""
        return f"id:{account}".lower() in self.staff or (handle or "").lower() in self.staff

    def with_export(self, *, base_url: Url | None, public_channels: frozenset[str]) -> "Source":
        """Return the source with values from the command line, for an export that is not configured."""
        return replace(self, base_url=base_url, public_channels=public_channels)


@dataclass(frozen=True, kw_only=True)
class OptOut:
    """A person who must not appear, identified by account id, handle or profile URL."""

    source: str | None = None  # None: in every source
    account: str | None = None
    handle: str | None = None
    profile: Url | None = None
    removes_text: bool = False  # True: removes the person's texts too; False: only the name
    line: int | None = field(default=None, compare=False)  # line in content/optout.yml


@dataclass(frozen=True, kw_only=True)
class RedactRules:
    """What redaction keeps, and who must not appear."""

    # the company's domains, e-mail addresses, phone numbers and IP addresses, in lower case
    ours: frozenset[str] = frozenset()
    opt_outs: tuple[OptOut, ...] = ()
    public: frozenset[str] = frozenset()  # texts that a `public` decision declares not private, as written


class MergeLevel(StrEnum):
    """How much the machine may merge on its own; what people decided is obeyed at every level."""

    CERTAIN = "certain"  # questions that are the same but for form; marks and links of sources whose texts agree
    LIKELY = "likely"  # also titles that differ only in inflections, synonyms and misspellings
    OFF = "off"  # nothing: marks and links of sources are counted and linked only


@dataclass(frozen=True, kw_only=True)
class GroupRules:
    """How threads are grouped into topics."""

    merge: MergeLevel = MergeLevel.CERTAIN
    suggest: float | None = None  # mean similarity from which a person is asked; None: the engine's
    related: int = 5  # related topics on a page
    products: tuple[str, ...] = ()  # product names: threads about different ones never share a topic
    encoder: Path | None = None  # folder of an ONNX sentence encoder; None: the installed one
    meaning: bool = True  # False: never use an encoder


def folded_tag(tag: str) -> str:
    """Return a tag in the form in which tags are compared: "Wi-Fi_setup" -> "wi fi setup"."""
    return " ".join(re.sub(r"[\s_-]+", " ", unicodedata.normalize("NFC", tag)).casefold().split())


@dataclass(frozen=True, kw_only=True)
class AskLink:
    """A link to a place to ask. In its URL, pages replace `{question}` by the percent-encoded question."""

    name: str
    url: str


@dataclass(frozen=True, kw_only=True)
class PublishRules:
    """What pages show around the answers."""

    site_name: str = "FAQ"
    site_url: Url | None = None  # ends with a slash
    language: str = "en"
    description: str = ""
    ask: tuple[AskLink, ...] = ()
    contact: str | None = None  # URL, perhaps with `{question}`, or e-mail address
    misses: str | None = None  # where pages send searches: an https URL, or a path on the host of the site
    report_to: str | None = None  # URL with `{url}`, or e-mail address
    edit_url: str | None = None  # URL with `{path}`
    per_page: int = 50  # questions on a list page
    feed_entries: int = 50  # topics in a feed


@dataclass(frozen=True, kw_only=True)
class Config:
    """The whole configuration. Only `pipeline`, `plugin` and `cli` use it; a stage gets the part it needs."""

    root: Path  # folder of mkdocs.yml; the paths in it are relative to this folder
    path: Path  # mkdocs.yml itself
    sources: tuple[Source, ...] = ()
    redact: RedactRules = RedactRules()
    answer: PublishLevel = PublishLevel.MARKED
    group: GroupRules = GroupRules()
    publish: PublishRules = PublishRules()
    tags: Mapping[str, str] = field(default_factory=dict)  # spelling of a tag (see `folded_tag`) -> name of the tag
    jobs: int = 0  # worker processes; 0: one for each processor
    epoch: datetime | None = None  # SOURCE_DATE_EPOCH, UTC: "now" of the build; None: the newest date in the content

    @property
    def content(self) -> Path:
        """The folder of all files that people write."""
        return self.root / "content"

    def source(self, key: str) -> Source | None:
        """Return the source with a key, None if there is none."""
        return next((s for s in self.sources if s.key == key), None)
