"""GitHub Discussions as JSON: GraphQL responses (whole, unwrapped, one per line), files of site scripts, webhooks.

Reads:   discussions with `comments` and `replies` as nodes, edges or lists; REST and migration archives without them
Answer:  `answer` (a copy of a comment), `isAnswer`, `answer_html_url`
Drops:   minimised and deleted comments; repositories that are private, internal or not known to be public
Spec:    https://docs.github.com/en/graphql/guides/using-the-graphql-api-for-discussions
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import reduce

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.config import Source
from faq_builder.model import RawMessage, RawThread, Role, ThreadKey
from faq_builder.read.export import Export
from faq_builder.read.formats.github_json import (
    UNKNOWN,
    WITHOUT_TEXT,
    Comment,
    Discussion,
    body_to_markdown,
    either_reason,
    find_discussions,
    native_id,
    read_discussion,
)
from faq_builder.read.formats.jsonfile import flag, json_heads, member_names, obj, read_json_files
from faq_builder.read.formats.reading import Collector, Format, Reading

_LATEST = datetime.max.replace(tzinfo=UTC)  # sorts comments without a time last
_URL = re.compile(rb'(?<!\\)"(?:url|html_url)"\s*:\s*"https?:\\?/\\?/[^"\s]{1,300}?\\?/discussions\\?/\d+"')
_TYPE = re.compile(rb'(?<!\\)"type"\s*:\s*"discussion"')
# groups of members that only discussions have; one group is enough
_SIGNATURES = (
    {"answerChosenAt"},
    {"isAnswered", "upvoteCount"},
    {"answer_html_url", "title"},
    {"discussions", "nodes"},
    {"discussions", "edges"},
    {"title", "comments", "answer", "createdAt"},
)


def _detect(export: Export) -> bool:
    return any(_shows_discussion(head) for head in json_heads(export))


def _shows_discussion(head: bytes) -> bool:
    """Whether the first bytes of a JSON file show the URL, the type or typical members of a discussion."""
    names = member_names(head)
    if "title" in names and (_URL.search(head) or _TYPE.search(head)):
        return True
    return any(signature <= names for signature in _SIGNATURES)


def _read(export: Export, source: Source) -> Reading:
    reader = _DiscussionsReader(export, source, Collector())
    read_json_files(export, reader.collector, reader.read_values, "discussion")
    return reader.finish()


@dataclass(slots=True)
class _DiscussionsReader:
    """Collects the discussions of all files, of which several may contain copies; `finish` makes the threads."""

    export: Export
    source: Source
    collector: Collector
    copies: dict[str, list[tuple[Discussion, Location]]] = field(default_factory=lambda: defaultdict(list))
    pages: list[tuple[bool, Location]] = field(default_factory=list)  # of the list: whether another page follows

    def read_values(self, name: str, values: list[object]) -> bool:
        """Read the values of a file; return whether they contain discussions."""
        found = [one for value in values for one in find_discussions(value)]
        for at, document in enumerate(found):
            where = self.export.where(name, item=f"/{at}")
            discussion = read_discussion(document, self.source.base_url)
            if discussion is None:
                message, advice = "a discussion has neither a URL nor a number", "export `url` and `number`"
                self.collector.report(Diagnostic(code="FAQ302", where=where, message=message, help=advice))
                self.collector.leave_out("not understood", threads=1)
            else:
                if discussion.left_out == UNKNOWN:
                    self.collector.report(_unknown_visibility_finding(where))
                self.copies[discussion.native].append((discussion, where))
        self.pages += [(more, self.export.where(name)) for value in values if (more := _has_more(value)) is not None]
        return bool(found)

    def finish(self) -> Reading:
        """Make a thread of each discussion that may be published, and count what is left out."""
        for copies in self.copies.values():
            self._finish_discussion(_united([discussion for discussion, _ in copies]), copies[0][1])
        if self.pages and all(more for more, _ in self.pages):
            message, advice = "the last page of the list of discussions is not in the export", "export all pages"
            self.collector.report(Diagnostic(code="FAQ301", where=self.pages[-1][1], message=message, help=advice))
        if any(d.url is None for copies in self.copies.values() for d, _ in copies):
            message = f"source {self.source.key} has no `base_url`, so some of its threads have no links"
            advice = "set `base_url:` to the URL of the repository, or export `url`"
            where = Location(path=self.export.display_path)
            self.collector.report(Diagnostic(code="FAQ303", where=where, message=message, help=advice))
        return self.collector.finish()

    def _finish_discussion(self, discussion: Discussion, where: Location) -> None:
        """Add the thread of a discussion, or count why the discussion or some of its comments are left out."""
        missing = max(discussion.missing, discussion.counted - len(discussion.comments))
        if missing > 0:
            message = f"at least {missing} comments of a discussion are not in the export"
            advice = "export all pages of its comments and replies"
            self.collector.report(Diagnostic(code="FAQ301", where=where, message=message, help=advice))
        key = ThreadKey(self.source.key, discussion.native)
        if discussion.left_out is not None:
            self.collector.leave_out(discussion.left_out, threads=1, messages=1 + len(discussion.comments))
            if discussion.left_out != UNKNOWN:
                self.collector.note_removal(key)
            return
        for comment in discussion.comments:
            if comment.left_out:
                self.collector.leave_out(comment.left_out, messages=1)
                if comment.left_out != WITHOUT_TEXT:
                    self.collector.note_removal(key, comment.id)
        kept = [comment for comment in discussion.comments if comment.left_out is None]
        self.collector.add(self._thread(discussion, kept))

    def _thread(self, discussion: Discussion, comments: list[Comment]) -> RawThread:
        asker = discussion.question.author.key if discussion.question.author else None
        ids = {comment.id for comment in comments}
        question = self._message(discussion.question, Role.ASKER, None)
        messages = [
            self._message(
                comment,
                Role.ASKER if comment.author and comment.author.key == asker else self._role(comment),
                comment.reply_to if comment.reply_to in ids else None,
            )
            for comment in comments
        ]
        return RawThread(
            key=ThreadKey(self.source.key, discussion.native),
            format="github-discussions",
            title=discussion.title,
            messages=(question, *messages),
            url=discussion.url,
            language=self.source.language,
            tags=discussion.tags,
        )

    def _role(self, comment: Comment) -> Role:
        author = comment.author
        if comment.is_staff or (author and self.source.is_staff(author.key, author.name)):
            return Role.STAFF
        return Role.BOT if comment.is_bot else Role.HELPER

    def _message(self, comment: Comment, role: Role, reply_to: str | None) -> RawMessage:
        return RawMessage(
            id=comment.id,
            body=body_to_markdown(comment.body, comment.url or self.source.base_url),
            role=role,
            author=comment.author,
            url=comment.url,
            written_at=comment.written_at,
            reply_to=reply_to,
            accepted=comment.accepted,
            votes=comment.votes,
        )


def _united(copies: list[Discussion]) -> Discussion:
    """Unite the copies of a discussion: the newest copy of each comment, and the answer marks of the newest copy."""
    newest = max(copies, key=lambda d: (d.question.changed, len(d.comments), d.title, d.question.body or ""))
    marked = {comment.id for comment in newest.comments if comment.accepted} | {newest.answer_id}
    comments: dict[str, Comment] = {}
    for comment in (comment for copy in copies for comment in copy.comments):
        known = comments.get(comment.id)
        if known is None or _precedence(comment) > _precedence(known):
            comments[comment.id] = comment
    kept = [replace(comment, accepted=comment.id in marked) for comment in comments.values()]
    left_out = reduce(either_reason, (d.left_out for d in copies))
    return replace(newest, comments=tuple(_comments_in_order(kept)), left_out=left_out)


def _precedence(comment: Comment) -> tuple[bool, bool, str, str]:
    """Return a sort key for copies of a comment: one that GitHub removed wins, then one with text, then the newest."""
    is_removed = comment.left_out not in (None, WITHOUT_TEXT)
    return (is_removed, comment.body is not None, comment.changed, comment.body or "")


def _unknown_visibility_finding(where: Location) -> Diagnostic:
    message = "the export does not say in known words whether the repository of a discussion is public"
    advice = "export `visibility` as PUBLIC, PRIVATE or INTERNAL, or `isPrivate` as true or false"
    return Diagnostic(code="FAQ302", where=where, message=message, help=advice)


def _comments_in_order(comments: Iterable[Comment]) -> list[Comment]:
    """Sort comments by time, and put the replies to a comment directly after it."""
    ordered = sorted(comments, key=lambda c: (c.written_at or _LATEST, c.id))
    ids = {comment.id for comment in ordered}
    replies: dict[str, list[Comment]] = defaultdict(list)
    for comment in ordered:
        if comment.reply_to in ids and comment.reply_to != comment.id:
            replies[comment.reply_to or ""].append(comment)
    tops = [c for c in ordered if c.reply_to not in ids or c.reply_to == c.id]
    return [one for top in tops for one in (top, *replies[top.id])]


def _has_more(value: object, depth: int = 0) -> bool | None:
    """Whether another page follows a page of the list of discussions; None if the value is not such a page."""
    document = obj(value)
    page = obj(obj(document.get("discussions")).get("pageInfo"))
    if page:
        return flag(page.get("hasNextPage"))
    inner = [document[key] for key in ("data", "repository", "organization") if key in document]
    return _has_more(inner[0], depth + 1) if inner and depth < 5 else None


FORMAT = Format(name="github-discussions", detect=_detect, read=_read, native_id=native_id)
