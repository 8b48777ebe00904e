"""Stack Exchange data dump of one site: a folder or zip of tables, or Posts.xml alone.

Reads:   Posts.xml, Comments.xml, PostLinks.xml, Users.xml (id and display name only); the last three may be missing
Answer:  AcceptedAnswerId
Drops:   tag wikis and other post types, answers and comments whose post is missing, rows that are not understood
Spec:    https://meta.stackexchange.com/questions/2677/database-schema-documentation-for-the-public-data-dump-and-sede
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import urljoin

from faq_builder.config import Source
from faq_builder.model import Author, RawMessage, RawThread, Role, ThreadKey, Url
from faq_builder.read.export import Export
from faq_builder.read.formats.reading import Collector, Format, Reading
from faq_builder.read.formats.stackexchange_dump import (
    ID,
    QUESTION,
    Dump,
    Row,
    read_comments,
    read_duplicates,
    read_posts,
    table_files,
    table_name,
)
from faq_builder.read.formats.xmltable import root_element
from faq_builder.read.markup.html import to_markdown
from faq_builder.read.markup.stackexchange import comment_to_markdown, strip_duplicate_banner

COMMUNITY = "-1"  # the account of the site's own background process
# The licence of texts written before each day, for rows that name none: https://stackoverflow.com/help/licensing
LICENCES = ((date(2011, 4, 8), "CC BY-SA 2.5"), (date(2018, 5, 2), "CC BY-SA 3.0"), (date.max, "CC BY-SA 4.0"))

_SCORE = re.compile(r"-?[0-9]{1,9}")
_QUESTION_PATH = re.compile(r"/(?:q|questions)/([0-9]{1,18})(?:[/?#]|$)")


def _detect(export: Export) -> bool:
    """Whether there is a Posts.xml with root element `posts`, or one that is too broken to tell."""
    if len(export.names) == 1 and table_name(export.names[0]) != "posts":
        return root_element(export, export.names[0]) == "posts"
    return any(table_name(n) == "posts" and root_element(export, n) in ("posts", None) for n in export.names)


def _read(export: Export, source: Source) -> Reading:
    dump = Dump(export, source, Collector(), table_files(export))
    dump.report_gaps()
    posts = read_posts(dump)
    comments = read_comments(dump, posts)
    accounts = {_account(row) for rows in (*posts.values(), *comments.values()) for row in rows}
    dump.read_names(accounts)
    duplicates = read_duplicates(dump)
    for native, rows in posts.items():
        dump.collector.add(_thread(dump, rows, comments, duplicates.get(native, ())))
    return dump.collector.finish()


def _native_id(url: str) -> str | None:
    """Return the id of the question that a URL opens: /questions/12/why-red -> 12.

    /a/ID gives None, because the URL of an answer does not name its question.
    """
    found = _QUESTION_PATH.search(url)
    return found[1] if found else None


FORMAT = Format(name="stackexchange", detect=_detect, read=_read, native_id=_native_id)


def _thread(dump: Dump, posts: list[Row], comments: Mapping[str, list[Row]], originals: Sequence[str]) -> RawThread:
    question, key = posts[0], dump.source.key
    body, banner = strip_duplicate_banner(question.get("Body", ""))
    duplicate_of = (*(ThreadKey(key, native) for native in originals), *(_original(dump, url) for url in banner))
    messages: list[RawMessage] = []
    for row in posts:
        messages.append(_post(dump, {**row, "Body": body} if row is question else row, question))
        messages += [_comment(dump, comment, row, question) for comment in comments[row["Id"]]]
    return RawThread(
        key=ThreadKey(key, question["Id"]),
        format=FORMAT.name,
        title=" ".join(question["Title"].split()),
        messages=tuple(messages),
        url=messages[0].url,
        language=dump.source.language,
        tags=tuple(re.findall(r"[^<>|]+", question.get("Tags", ""))),  # "<a><b>", in newer dumps "|a|b|"
        duplicate_of=tuple(d for d in dict.fromkeys(duplicate_of) if d and d != ThreadKey(key, question["Id"])),
    )


def _post(dump: Dump, row: Row, question: Row) -> RawMessage:
    """Make the message of a question or an answer."""
    is_question = row["Id"] == question["Id"]
    return replace(
        _message(dump, row, question),
        body=to_markdown(row.get("Body", ""), base_url=dump.source.base_url),
        url=dump.url(f"{'q' if is_question else 'a'}/{row['Id']}"),
        reply_to=None if is_question else question["Id"],
        accepted=row["Id"] == question.get("AcceptedAnswerId") and not is_question,
    )


def _comment(dump: Dump, row: Row, post: Row, question: Row) -> RawMessage:
    """Make the message of a comment on a post."""
    return replace(
        _message(dump, row, question),
        id=f"c{row['Id']}",
        body=comment_to_markdown(row.get("Text", ""), base_url=dump.source.base_url),
        url=dump.url(f"q/{question['Id']}#comment{row['Id']}_{post['Id']}"),
        reply_to=post["Id"],
    )


def _message(dump: Dump, row: Row, question: Row) -> RawMessage:
    """Make a message of the fields that posts and comments share; the body is empty."""
    account = _account(row)
    name = dump.names.get(account or "") or _name_in_row(row)
    profile = dump.url(f"users/{account}") if account and ID.fullmatch(account) else None
    score = row.get("Score", "")
    is_asker = row.get("PostTypeId") == QUESTION or (account is not None and account == _account(question))
    return RawMessage(
        id=row["Id"],
        body="",
        role=_role(dump.source, account, name, is_asker=is_asker),
        author=Author(key=account, name=name, profile=profile) if account else None,
        written_at=_time(row),
        votes=int(score) if _SCORE.fullmatch(score) else None,
        licence=_licence(row),
    )


def _account(row: Row) -> str | None:
    """Return who wrote a row: the id of the account, `name:NAME` for a deleted account, or None if neither is known."""
    name = _name_in_row(row)
    return row.get("OwnerUserId") or row.get("UserId") or (f"name:{name}" if name else None)


def _name_in_row(row: Row) -> str | None:
    """Return the name in the row itself; it has one if the account was deleted."""
    return row.get("OwnerDisplayName") or row.get("UserDisplayName")


def _role(source: Source, account: str | None, name: str | None, *, is_asker: bool) -> Role:
    if account == COMMUNITY:
        return Role.BOT
    if is_asker:
        return Role.ASKER
    return Role.STAFF if account and source.is_staff(account, name) else Role.HELPER


def _original(dump: Dump, target: str) -> ThreadKey | Url | None:
    """Return the question that a duplicate banner links to: the key of a thread of this site, or a URL of another site.

    None if the link is not a URL.
    """
    url = Url.parse(urljoin(f"{dump.source.base_url or ''}", target))
    native = _native_id(target)
    own_hosts = {u.host for u in (dump.source.base_url, *dump.source.moved_from) if u}
    if native and (target.startswith("/") or (url and url.host in own_hosts)):
        return ThreadKey(dump.source.key, native)
    return url


def _time(row: Row) -> datetime | None:
    """Return when a row was written, in UTC; dumps write UTC without an offset."""
    try:
        written = datetime.fromisoformat(row.get("CreationDate", ""))
    except ValueError:
        return None
    return written.astimezone(UTC) if written.tzinfo else written.replace(tzinfo=UTC)


def _licence(row: Row) -> str | None:
    """Return the licence that a row names, else the licence of the day on which it was written."""
    written = _time(row)
    by_day = (name for before, name in LICENCES if written and written.date() < before)
    return row.get("ContentLicense") or next(by_day, None)
