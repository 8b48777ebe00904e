"""GitHub Discussions in every JSON shape that exports have, read into `Discussion` and `Comment`.

GraphQL responses wrap lists in `nodes` or `edges`, REST and webhooks write snake_case, site scripts make plain lists.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from html import escape
from urllib.parse import unquote

from faq_builder.model import Author, Url
from faq_builder.read.formats.jsonfile import JsonObject, flag, items, moment, number, obj, text, url_path
from faq_builder.read.markup.github import clean_markdown, is_html, to_markdown

__all__ = [
    "UNKNOWN",
    "WITHOUT_TEXT",
    "Comment",
    "Discussion",
    "body_to_markdown",
    "either_reason",
    "find_discussions",
    "native_id",
    "read_discussion",
]

_WRAPPERS = ("node", "repository", "organization", "user", "viewer", "search", "discussions", "nodes", "edges")
_BODIES = ("body", "bodyHTML", "body_html", "bodyText")
_DISCUSSION_PATH = re.compile(r"^/((?:orgs/)?[^/]+(?:/[^/]+)?)/discussions/(\d{1,18})/?$")
_COMMENT = re.compile(r"#discussioncomment-(\d{1,18})$")
_NODE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_GENERATED_ID = re.compile(r"(?:\d{8}T\d{6}|T)-[0-9a-f]{6}")
# gaps in the export, not removals by GitHub; a later export may fill them
WITHOUT_TEXT, UNKNOWN = "without text", "not known to be public"
_STAFF = frozenset(("OWNER", "MEMBER", "COLLABORATOR"))  # CommentAuthorAssociation
MAX_DEPTH = 20  # levels of nested JSON that are searched for discussions, so that hostile input ends


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    """The fields of a comment or reply that are read; no other field leaves the JSON."""

    id: str  # from its URL, else from GitHub, else made from author and time; the same in every export of one shape
    body: str | None  # as exported, HTML or Markdown
    author: Author[str] | None
    written_at: datetime | None
    changed: str
    url: Url | None
    is_staff: bool
    is_bot: bool
    votes: int | None
    accepted: bool = False
    reply_to: str | None = None
    left_out: str | None = None  # why it may not be published

    @property
    def signature(self) -> tuple[str | None, datetime | None]:
        """Author and time, by which a copy without an id is recognised."""
        return (self.author.name if self.author else None, self.written_at)


@dataclass(frozen=True, kw_only=True, slots=True)
class Discussion:
    """A discussion as one file of an export contains it."""

    native: str
    url: Url | None
    title: str
    question: Comment
    tags: tuple[str, ...]
    comments: tuple[Comment, ...] = ()
    answer_id: str | None = None  # if the export names the answer without its text
    missing: int = 0  # comments that the export counts but does not contain
    counted: int = 0  # comments that REST counts, including replies
    left_out: str | None = None


@dataclass(slots=True)
class FoundDiscussion:
    """The JSON object of a discussion, and what the JSON around it says."""

    document: JsonObject
    envelope: JsonObject = field(default_factory=dict)  # a webhook's payload
    left_out: str | None = None  # why its repository may not be published


def native_id(url: str) -> str | None:
    """Return the id of the discussion that a URL opens, None for another URL.

    https://github.com/Widgets/red/discussions/12#discussioncomment-3 -> widgets/red/12
    """
    match = _DISCUSSION_PATH.match(url_path(url))
    return f"{match[1]}/{match[2]}".lower() if match else None


def find_discussions(value: object, *, left_out: str | None = None, depth: int = 0) -> Iterator[FoundDiscussion]:
    """Yield all discussions in a JSON value, however deep GraphQL wraps them (at most `MAX_DEPTH` levels)."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for one in value:
            yield from find_discussions(one, left_out=left_out, depth=depth + 1)
        return
    document = obj(value)
    for around in (document, obj(document.get("repository"))):
        left_out = either_reason(left_out, _repository_reason(around))
    if _is_discussion(document):
        yield FoundDiscussion(document, left_out=left_out)
    elif _is_discussion(obj(document.get("discussion"))):
        yield FoundDiscussion(obj(document["discussion"]), document, left_out)
    else:
        names = list(obj(document.get("data"))) if "data" in document else _WRAPPERS
        inner = obj(document["data"]) if "data" in document else document
        for name in names:
            if isinstance(inner.get(name), dict | list):
                yield from find_discussions(inner[name], left_out=left_out, depth=depth + 1)


def either_reason(one: str | None, other: str | None) -> str | None:
    """Return the reason of either of two copies; a reason of GitHub comes before a gap of the export."""
    return min((r for r in (one, other) if r), key=lambda r: (r in (WITHOUT_TEXT, UNKNOWN), r), default=None)


def _repository_reason(repository: JsonObject) -> str | None:
    """Return why a repository may not be published: it is private or internal, or its visibility is not understood."""
    flags = [repository[name] for name in ("isPrivate", "private") if name in repository]
    seen = [text(repository["visibility"]).upper()] if "visibility" in repository else []
    if any(flag(value) for value in flags) or not {"PRIVATE", "INTERNAL"}.isdisjoint(seen):
        return "private"
    return UNKNOWN if any(value is not False for value in flags) or any(v != "PUBLIC" for v in seen) else None


def _is_discussion(document: JsonObject) -> bool:
    """Whether an object is a discussion, by its members; an issue has nearly the same members but another URL."""
    if not isinstance(document.get("title"), str) or not document.keys() & {*_BODIES, "comments"}:
        return False
    path = url_path(_url_text(document))
    return "/discussions/" in path or (not path and not document.keys().isdisjoint(("number", "id")))


def read_discussion(found: FoundDiscussion, base_url: Url | None) -> Discussion | None:
    """Read a discussion with its comments; None if it has neither a URL nor a number."""
    document = found.document
    native = number(document.get("number")) or number(document.get("id"))
    url = Url.parse(_url_text(document))
    if url is None and base_url is not None and native is not None:
        url = Url.parse(f"{base_url.value.rstrip('/')}/discussions/{native}")
    key = (native_id(url.value) if url else None) or (str(native) if native is not None else None)
    if key is None:
        return None
    comments, missing = _comments(document.get("comments"), url)
    missing = max(missing, (number(document.get("commentTotal")) or 0) - len(items(document.get("comments"))))
    question = replace(_comment(document, None), id="question", url=url)
    left_out = either_reason(found.left_out, _removed_at_source(question))
    if text(found.envelope.get("action")) == "deleted" and "comment" not in found.envelope:
        left_out = either_reason(left_out, "deleted")
    return Discussion(
        native=key,
        url=url,
        title=text(document.get("title")),
        question=question,
        tags=_tags(document),
        answer_id=_answer_id(document),
        comments=tuple(_with_answer([*comments, *_event_comments(found.envelope, url)], document, url)),
        missing=max(missing, 0),
        counted=number(document.get("comments")) or 0,
        left_out=left_out,
    )


def body_to_markdown(body: str | None, base_url: Url | None) -> str:
    """Return a body as Markdown; exports use the same field name for HTML and for Markdown."""
    if not body:
        return ""
    return to_markdown(body, base_url=base_url) if is_html(body) else clean_markdown(body)


def _comments(value: object, thread: Url | None) -> tuple[list[Comment], int]:
    """Read comments with their replies; also return how many comments the export lacks."""
    found: list[Comment] = []
    missing = _missing(value)
    for document in _nodes(value):
        comment = _with_unique_id(_comment(document, thread), found)
        found.append(comment)
        missing += _missing(document.get("replies"))
        for reply in _nodes(document.get("replies")):
            found.append(replace(_with_unique_id(_comment(reply, thread), found), reply_to=comment.id))
    return found, missing


def _event_comments(envelope: JsonObject, thread: Url | None) -> list[Comment]:
    """Read the comment or answer that a webhook is about; at most one."""
    found = [obj(envelope[key]) for key in ("comment", "answer", "old_answer") if obj(envelope.get(key))]
    is_deleted = text(envelope.get("action")) == "deleted"
    comments = [_comment(document, thread) for document in found]
    return [replace(c, left_out="deleted") if is_deleted else c for c in comments]


def _with_answer(comments: list[Comment], document: JsonObject, thread: Url | None) -> list[Comment]:
    """Mark the answer among the comments; GraphQL adds a copy of the answer, which must not be published twice."""
    given = obj(document.get("answer"))
    if given.keys().isdisjoint((*_BODIES, "url")) and number(given.get("databaseId")) is None and not given.get("id"):
        return comments
    answer = replace(_comment(given, thread), accepted=True)
    at = _position(answer, comments)
    if at is None:
        comments.append(answer)
    else:
        left_out = either_reason(_removed_at_source(answer), comments[at].left_out)
        answer = comments[at] = replace(comments[at], accepted=True, left_out=left_out)
    ids = {c.id for c in comments}
    replies = [replace(_comment(reply, thread), reply_to=answer.id) for reply in _nodes(given.get("replies"))]
    return comments + [r for r in replies if r.id not in ids and _position(r, comments) is None]


def _removed_at_source(comment: Comment) -> str | None:
    """Return why GitHub itself removed a comment, None if it did not."""
    return None if comment.left_out == WITHOUT_TEXT else comment.left_out


def _answer_id(document: JsonObject) -> str | None:
    anchor = _COMMENT.search(text(document.get("answer_html_url")))
    return anchor[1] if anchor else None


def _position(one: Comment, comments: list[Comment]) -> int | None:
    """Return the index of the comment that `one` is a copy of: by id, by author, time and text, or by the first two."""
    same = [at for at, c in enumerate(comments) if c.id == one.id]
    signed = [at for at, c in enumerate(comments) if c.signature == one.signature and one.written_at]
    exact = [at for at in signed if comments[at].body == one.body]
    return next(iter([at for at in same if at in exact] or exact or same or signed), None)


def _with_unique_id(comment: Comment, others: list[Comment]) -> Comment:
    """Return the comment with an id of its own; a generated id repeats if one person writes twice in one second."""
    taken = {c.id: c.body for c in others}
    count, unique = 1, comment.id
    while _GENERATED_ID.fullmatch(comment.id) and taken.get(unique, comment.body) != comment.body:
        count += 1
        unique = f"{comment.id}-{count}"
    return comment if count == 1 else replace(comment, id=unique)


def _comment(document: JsonObject, thread: Url | None) -> Comment:
    """Read the fields of a comment, a reply or a question; `thread` is the URL of the discussion."""
    author, is_bot = _author(document, thread)
    written_at = moment(document.get("createdAt") or document.get("created_at"))
    native, url = _identity(document, thread, author, written_at)
    body = next((b for b in (document.get(name) for name in _BODIES) if isinstance(b, str)), None)
    if body and not any(isinstance(document.get(name), str) for name in _BODIES[:3]):
        body = escape(body).replace("\n", "<br>")
        body = f'<p dir="auto">{body}</p>'
    hidden = flag(document.get("isMinimized")) or document.get("deletedAt") is not None
    association = text(document.get("authorAssociation") or document.get("author_association"))
    votes = number(document.get("upvoteCount")), number(document.get("upvotes"))
    return Comment(
        id=native,
        body=None if body is None else text(body.replace("\r\n", "\n")),
        author=author,
        written_at=written_at,
        changed=text(document.get("updatedAt") or document.get("updated_at") or document.get("lastEditedAt")),
        url=url,
        is_staff=association in _STAFF,
        is_bot=is_bot,
        votes=next((v for v in (*votes, number(obj(document.get("reactions")).get("+1"))) if v is not None), None),
        accepted=flag(document.get("isAnswer")),
        left_out="minimised or deleted" if hidden else WITHOUT_TEXT if body is None else None,
    )


def _identity(
    document: JsonObject, thread: Url | None, author: Author[str] | None, written_at: datetime | None
) -> tuple[str, Url | None]:
    """Return a comment's id and URL."""
    url = Url.parse(text(document.get("html_url") or document.get("url")))
    anchor = _COMMENT.search(url.value) if url else None
    plain = number(document.get("databaseId")) or number(document.get("id"))
    if anchor or plain is not None:
        native = anchor[1] if anchor else str(plain)
        return native, url if anchor else Url.parse(f"{thread}#discussioncomment-{native}") if thread else None
    node = text(document.get("id") or document.get("node_id"))
    if _NODE_ID.fullmatch(node):
        return node, None
    name = (author.name if author else "") or ""
    digits = hashlib.sha256(f"{name}\n{node}".encode()).hexdigest()[:6]
    return f"{written_at:%Y%m%dT%H%M%S}-{digits}" if written_at else f"T-{digits}", None


def _author(document: JsonObject, thread: Url | None) -> tuple[Author[str] | None, bool]:
    """Return the author (None if the account was deleted) and whether the author is a bot."""
    value = document.get("author") or document.get("user")
    account = obj(value)
    handle = text(account.get("login") or account.get("name")) or text(value).rstrip("/").rsplit("/", 1)[-1]
    if not handle or handle == "ghost":
        return None, False
    native = number(account.get("databaseId")) or number(account.get("id"))
    profile = Url.parse(f"https://{thread.host if thread else 'github.com'}/{handle.removesuffix('[bot]')}")
    is_bot = handle.endswith("[bot]") or "Bot" in (account.get("__typename"), account.get("type"))
    return Author(key=handle if native is None else str(native), name=handle, profile=profile), is_bot


def _tags(document: JsonObject) -> tuple[str, ...]:
    """Return the name of the category, and the labels."""
    category = obj(document.get("category"))
    from_url = unquote(text(document.get("discussion_category")).rsplit("/", 1)[-1])  # migration archives give a URL
    labels = [text(label.get("name")) for label in _nodes(document.get("labels"))]
    return tuple(dict.fromkeys(tag for tag in (text(category.get("name")), from_url, *labels) if tag))


def _url_text(document: JsonObject) -> str:
    return text(document.get("html_url") or document.get("url"))


def _nodes(value: object) -> list[JsonObject]:
    """Return the objects in a GraphQL connection (`nodes` or `edges`) or in a plain list."""
    listed = value if isinstance(value, list) else items(obj(value).get("nodes"))
    edges = [obj(edge).get("node") for edge in items(obj(value).get("edges"))]
    return [one for one in [*listed, *edges] if isinstance(one, dict)]


def _missing(value: object) -> int:
    """Return how many members a GraphQL connection counts but does not contain; 1 if it only says that more follow."""
    connection = obj(value)
    lacking = (number(connection.get("totalCount")) or 0) - len(_nodes(value))
    return max(lacking, 1 if flag(obj(connection.get("pageInfo")).get("hasNextPage")) else 0)
