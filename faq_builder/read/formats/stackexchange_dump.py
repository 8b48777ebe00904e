"""The tables of a Stack Exchange dump: the file of each table, its valid rows, and counts of rows left out."""

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
from faq_builder.read.formats.xmltable import table_rows

QUESTION, ANSWER = "1", "2"  # PostTypeId
DUPLICATE = "3"  # LinkTypeId; 1 is an ordinary link
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
    """A dump while it is read: the file of each table, and the names of authors read so far."""

    export: Export
    source: Source
    collector: Collector
    tables: Mapping[str, str]  # table -> name of its file
    names: dict[str, str] = field(default_factory=dict)  # user id -> display name

    def url(self, path: str) -> Url | None:
        """Return the URL of a page of the site, None without a `base_url`."""
        base = str(self.source.base_url or "").rstrip("/")
        return Url.parse(f"{base}/{path}") if base else None

    def rows(self, table: str) -> Iterator[Row]:
        """Yield the rows of a table, none if its file is missing."""
        name = self.tables.get(table)
        return table_rows(self.export, name, _FIELDS[table], self.collector.report) if name else iter(())

    def read_names(self, accounts: Collection[str | None]) -> None:
        """Read the display names of the given accounts and of nobody else."""
        for row in self.rows("users"):
            if row.get("Id") in accounts and row.get("DisplayName"):
                self.names[row["Id"]] = row["DisplayName"]

    def report(self, code: str, message: str, advice: str, *, table: str = "posts", item: str | None = None) -> None:
        """Add a finding about a table."""
        where = self.export.where(self.tables[table], item=item)
        self.collector.report(Diagnostic(code=code, where=where, message=message, help=advice))

    def report_gaps(self) -> None:
        """Report missing tables and a missing `base_url`, without which pages lack names or links."""
        files = {"users": "Users.xml", "comments": "Comments.xml", "postlinks": "PostLinks.xml"}
        missing = [name for table, name in files.items() if table not in self.tables]
        if missing:
            advice = "put the whole dump there; the licence wants authors named, and Users.xml has their names"
            self.report("FAQ331", f"the dump has no {' and no '.join(missing)}", advice)
        if self.source.base_url is None:
            message = "a dump does not name its site, so its threads have no links"
            self.report("FAQ303", message, "set `base_url:` on the source, such as https://widgets.stackexchange.com")


def table_name(name: str) -> str | None:
    """Return the table in a file of this name, None if the file is not read: `Posts.xml` -> `posts`."""
    path = PurePosixPath(name.lower())
    return path.stem if path.suffix == ".xml" and path.stem in _FIELDS else None


def table_files(export: Export) -> dict[str, str]:
    """Return the file of each table; raises ExportError if the export contains several sites, whose ids would clash."""
    names = [n for n in export.names if table_name(n) == "posts"] or list(export.names[:1])
    if len(names) > 1:
        message = f"the export holds the dumps of {len(names)} sites"
        raise export.error("FAQ333", names[1], message, "make each site a source of its own")
    folder = PurePosixPath(names[0]).parent
    in_same_folder = (n for n in export.names if PurePosixPath(n).parent == folder)
    return {table: name for name in in_same_folder if (table := table_name(name))} | {"posts": names[0]}


def read_posts(dump: Dump) -> dict[str, list[Row]]:
    """Return each question followed by its answers, by the question's id; other rows are left out and counted."""
    questions: dict[str, Row] = {}
    answers: dict[str, list[Row]] = defaultdict(list)
    for row, kind in _valid_rows(dump, "posts", "PostTypeId"):
        if kind == QUESTION and row.get("Title", "").strip():
            questions[row["Id"]] = row
        elif kind == QUESTION:
            _report_not_understood(dump, "posts", row, "a question needs a Title")
        elif kind == ANSWER:
            answers[row.get("ParentId", "")].append(row)
        else:
            dump.collector.leave_out("neither question nor answer", messages=1)
    for parent in answers.keys() - questions.keys():
        dump.collector.leave_out("orphan", messages=len(answers.pop(parent)))
    posts = {native: [row, *sorted(answers[native], key=_time_and_id)] for native, row in questions.items()}
    accepted = {native: row["AcceptedAnswerId"] for native, row in questions.items() if "AcceptedAnswerId" in row}
    lost = sum(all(a["Id"] != answer for a in posts[native][1:]) for native, answer in accepted.items())
    if lost:
        advice = "they were deleted later, or the dump is incomplete; download it again if there are many"
        dump.report("FAQ332", f"accepted answers that the dump does not hold: {lost}", advice)
    return posts


def read_comments(dump: Dump, posts: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
    """Return the comments on each post, by the post's id, in order of time."""
    comments: dict[str, list[Row]] = {row["Id"]: [] for rows in posts.values() for row in rows}
    for row, post in _valid_rows(dump, "comments", "PostId"):
        if post in comments:
            comments[post].append(row)
        else:
            dump.collector.leave_out("orphan", messages=1)
    return {post: sorted(rows, key=_time_and_id) for post, rows in comments.items()}


def _valid_rows(dump: Dump, table: str, required: str) -> Iterator[tuple[Row, str]]:
    """Yield each row that has a unique id and the required field, with the value of that field; count the others."""
    seen: set[str] = set()
    for row in dump.rows(table):
        native, value = row.get("Id", ""), row.get(required, "")
        if not ID.fullmatch(native) or not value:
            _report_not_understood(dump, table, row, f"a row needs Id and {required}")
        elif native in seen:
            dump.collector.leave_out("doubled", threads=value == QUESTION and table == "posts", messages=1)
        else:
            seen.add(native)
            yield row, value


def _report_not_understood(dump: Dump, table: str, row: Row, advice: str) -> None:
    dump.report(
        "FAQ302", "a row is not understood", advice, table=table, item=f"row {row.get('Id', 'without Id')[:20]}"
    )
    dump.collector.leave_out("not understood", threads=row.get("PostTypeId") == QUESTION, messages=1)


def read_duplicates(dump: Dump) -> dict[str, list[str]]:
    """Return the ids of the originals of each duplicate question, by its id; the dump may lack the originals."""
    originals: dict[str, list[str]] = defaultdict(list)
    for row in dump.rows("postlinks"):
        original = row.get("RelatedPostId", "")
        if row.get("LinkTypeId") == DUPLICATE and ID.fullmatch(original):
            originals[row.get("PostId", "")].append(original)
    return originals


def _time_and_id(row: Row) -> tuple[str, int]:
    return row.get("CreationDate", ""), int(row["Id"])
