"""The tables of a Stack Exchange dump: which file is which, their sound rows, and what is left out of them."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from faq_builder.base.diagnostics import Diagnostic
from faq_builder.config import Source
from faq_builder.model import Url
from faq_builder.read.export import Export
from faq_builder.read.formats.reading import Collector
from faq_builder.read.formats.xmltable import rows_of

QUESTION, ANSWER = "1", "2"  # PostTypeId
DUPLICATE = "3"  # LinkTypeId; 1 is a mere link
ID = re.compile(r"[0-9]{1,18}")

_DATED = ("Id", "CreationDate", "Score", "ContentLicense")
_OWNED = ("OwnerUserId", "OwnerDisplayName")
_FIELDS = {
    "posts": (*_DATED, *_OWNED, "PostTypeId", "AcceptedAnswerId", "ParentId", "Title", "Body", "Tags"),
    "comments": (*_DATED, "PostId", "Text", "UserId", "UserDisplayName"),
    "postlinks": ("PostId", "RelatedPostId", "LinkTypeId"),
    "users": ("Id", "DisplayName"),
}

Row = Mapping[str, str]


@dataclass(frozen=True)
class Dump:
    """The dump while it is read: where each table lies, and what was found so far."""

    export: Export
    source: Source
    collector: Collector
    tables: Mapping[str, str]  # table -> name of its file
    names: dict[str, str] = field(default_factory=dict)  # user id -> display name

    def url(self, path: str) -> Url | None:
        """An address of the site, None where the site is not configured."""
        base = str(self.source.base_url or "").rstrip("/")
        return Url.parse(f"{base}/{path}") if base else None

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table, none where its file is missing."""
        name = self.tables.get(table)
        return rows_of(self.export, name, _FIELDS[table], self.collector.find) if name else iter(())

    def read_names(self, accounts: Collection[str | None]) -> None:
        """Read the display names of these accounts; other people's are none of our business."""
        for row in self.rows("users"):
            if row.get("Id") in accounts and row.get("DisplayName"):
                self.names[row["Id"]] = row["DisplayName"]

    def find(self, code: str, message: str, advice: str, *, table: str = "posts", item: str | None = None) -> None:
        """Report a finding about a table."""
        where = self.export.where(self.tables[table], item=item)
        self.collector.find(Diagnostic(code=code, where=where, message=message, help=advice))

    def report_gaps(self) -> None:
        """Report what the dump does not hold and pages need."""
        files = {"users": "Users.xml", "comments": "Comments.xml", "postlinks": "PostLinks.xml"}
        missing = [name for table, name in files.items() if table not in self.tables]
        if missing:
            advice = "put the whole dump there; the licence wants authors named, and Users.xml has their names"
            self.find("FAQ331", f"the dump has no {' and no '.join(missing)}", advice)
        if self.source.base_url is None:
            message = "a dump does not say of which site it is, so nothing can link back"
            self.find("FAQ303", message, "set `base_url:` on the source, such as https://widgets.stackexchange.com")


def table_of(name: str) -> str | None:
    """The table that a file of this name holds, None where it is not one that is read."""
    path = PurePosixPath(name.lower())
    return path.stem if path.suffix == ".xml" and path.stem in _FIELDS else None


def tables_of(export: Export) -> dict[str, str]:
    """The file of each table; raises ExportError where there are several sites, whose ids would clash."""
    names = [n for n in export.names if table_of(n) == "posts"] or list(export.names[:1])
    if len(names) > 1:
        message = f"the export holds the dumps of {len(names)} sites"
        raise export.error("FAQ333", names[1], message, "make each site a source of its own")
    folder = PurePosixPath(names[0]).parent
    beside = (n for n in export.names if PurePosixPath(n).parent == folder)
    return {table: name for name in beside if (table := table_of(name))} | {"posts": names[0]}


def read_posts(dump: Dump) -> dict[str, list[Row]]:
    """Each question followed by its answers, by the question's id; everything else is left out and counted."""
    questions: dict[str, Row] = {}
    answers: dict[str, list[Row]] = defaultdict(list)
    for row, kind in _sound_rows(dump, "posts", "PostTypeId"):
        if kind == QUESTION and row.get("Title", "").strip():
            questions[row["Id"]] = row
        elif kind == QUESTION:
            _not_understood(dump, "posts", row, "a question needs a Title")
        elif kind == ANSWER:
            answers[row.get("ParentId", "")].append(row)
        else:
            dump.collector.leave_out("neither question nor answer", messages=1)
    for parent in answers.keys() - questions.keys():
        dump.collector.leave_out("orphan", messages=len(answers.pop(parent)))
    posts = {native: [row, *sorted(answers[native], key=_in_time)] for native, row in questions.items()}
    accepted = {native: row["AcceptedAnswerId"] for native, row in questions.items() if "AcceptedAnswerId" in row}
    lost = sum(all(a["Id"] != answer for a in posts[native][1:]) for native, answer in accepted.items())
    if lost:
        advice = "they were deleted since, or the dump was cut; download it again if there are many"
        dump.find("FAQ332", f"accepted answers that the dump does not hold: {lost}", advice)
    return posts


def read_comments(dump: Dump, posts: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
    """The comments in order of time, by the id of their post."""
    comments: dict[str, list[Row]] = {row["Id"]: [] for rows in posts.values() for row in rows}
    for row, post in _sound_rows(dump, "comments", "PostId"):
        if post in comments:
            comments[post].append(row)
        else:
            dump.collector.leave_out("orphan", messages=1)
    return {post: sorted(rows, key=_in_time) for post, rows in comments.items()}


def _sound_rows(dump: Dump, table: str, needed: str) -> Iterator[tuple[Row, str]]:
    """The rows that have an id of their own and the needed field, with that field; the others are counted."""
    seen: set[str] = set()
    for row in dump.rows(table):
        native, value = row.get("Id", ""), row.get(needed, "")
        if not ID.fullmatch(native) or not value:
            _not_understood(dump, table, row, f"a row needs Id and {needed}")
        elif native in seen:
            dump.collector.leave_out("doubled", threads=value == QUESTION and table == "posts", messages=1)
        else:
            seen.add(native)
            yield row, value


def _not_understood(dump: Dump, table: str, row: Row, advice: str) -> None:
    dump.find("FAQ302", "a row is not understood", advice, table=table, item=f"row {row.get('Id', 'without Id')[:20]}")
    dump.collector.leave_out("not understood", threads=row.get("PostTypeId") == QUESTION, messages=1)


def read_duplicates(dump: Dump) -> dict[str, list[str]]:
    """The ids of the questions that each question repeats; they need not be in the dump."""
    originals: dict[str, list[str]] = defaultdict(list)
    for row in dump.rows("postlinks"):
        original = row.get("RelatedPostId", "")
        if row.get("LinkTypeId") == DUPLICATE and ID.fullmatch(original):
            originals[row.get("PostId", "")].append(original)
    return originals


def _in_time(row: Row) -> tuple[str, int]:
    return row.get("CreationDate", ""), int(row["Id"])
