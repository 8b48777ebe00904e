"""Topics and posts in Discourse's JSON, and the reasons why a topic or post may not be published."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from faq_builder.base.diagnostics import Location
from faq_builder.config import Source
from faq_builder.read.formats.jsonfile import JsonObject, flag, items, moment, number, obj, text

__all__ = [
    "DiscoursePost",
    "DiscourseTopic",
    "either",
    "exported_objects",
    "merged_posts",
    "read_post",
    "read_removed",
    "update_topic",
]

# https://github.com/discourse/discourse/blob/main/app/models/post.rb, Post.types; staff may mark an answer as action
REGULAR, MODERATOR_ACTION, WHISPER = 1, 2, 4
LIKE = 2  # PostActionType
_NO_NUMBER = 2**64  # of a removed post without a number; sorts last

_FEEDS = ("latest_posts", "posts")


@dataclass(frozen=True, kw_only=True, slots=True)
class DiscoursePost:
    """The fields of a post that are read; no other field leaves the JSON."""

    id: int
    number: int
    html: str
    account: str | None
    handle: str | None
    written_at: datetime | None
    changed: str  # time of the last change, as written in the JSON; the newer of two copies wins
    reply_to: int | None
    left_out: str | None  # why it may not be published
    is_staff: bool
    is_bot: bool
    accepted: bool
    likes: int | None


@dataclass(kw_only=True, slots=True)
class DiscourseTopic:
    """A topic while it is put together from one file or several."""

    id: int
    where: Location
    title: str = ""
    slug: str = ""
    changed: str = ""
    category: int | None = None
    categories: set[int | None] = field(default_factory=set)  # of all copies; any of them may be restricted
    is_public: bool = False  # the export has an archetype or a category; private messages have no category
    tags: tuple[str, ...] = ()
    left_out: str | None = None
    accepted: set[int] = field(default_factory=set)  # post numbers
    stream: set[int] = field(default_factory=set)  # ids of all posts of the topic, including posts the export lacks
    posts: dict[int, DiscoursePost] = field(default_factory=dict)


def exported_objects(values: list[object]) -> Iterator[JsonObject]:
    """Yield the objects in the values of a file: one topic, a list of topics, or the posts of a feed."""
    for value in values:
        for one in items(value) or [value]:
            feed = next((items(obj(one)[key]) for key in _FEEDS if key in obj(one)), None)
            for document in [one] if feed is None else feed:
                if isinstance(document, dict):
                    yield document


def update_topic(topic: DiscourseTopic, document: JsonObject) -> None:
    """Set the topic's own fields from a copy of it; the fields of the newest copy win."""
    for value in [document.get("accepted_answer"), *items(document.get("accepted_answers"))]:
        post_number = number(obj(value).get("post_number"))
        if post_number is not None:
            topic.accepted.add(post_number)
    topic.left_out = either(topic.left_out, _topic_reason(document))
    if "title" not in document:  # a page that holds only posts
        return
    changed = text(document.get("last_posted_at")) or text(document.get("created_at"))
    category = number(document.get("category_id"))
    topic.categories.add(category)
    topic.is_public = topic.is_public or "archetype" in document or category is not None
    if topic.title and (changed, text(document.get("title"))) < (topic.changed, topic.title):
        return
    topic.changed = changed
    topic.title = text(document.get("title"))
    topic.slug = text(document.get("slug"))
    topic.category = category
    topic.tags = tuple(_tag(tag) for tag in items(document.get("tags")))


def _tag(tag: object) -> str:
    return text(tag) or text(obj(tag).get("name"))  # newer versions of Discourse write objects


def _topic_reason(document: JsonObject) -> str | None:
    """Return why a topic may not be published, None if it may."""
    if text(document.get("archetype")) == "private_message":
        return "private"
    if document.get("deleted_at") is not None:
        return "deleted"
    return "unlisted" if document.get("visible") is False else None


def merged_posts(one: DiscoursePost, other: DiscoursePost) -> DiscoursePost:
    """Return the newer of two copies of a post; the post is left out if either copy is deleted or hidden."""
    newer = max(one, other, key=lambda post: (post.number != _NO_NUMBER, post.changed, post.html))
    return replace(newer, left_out=either(one.left_out, other.left_out))


def either(one: str | None, other: str | None) -> str | None:
    """Return the reason of either copy; if both have one, always the same one, whichever copy was read first."""
    return min((reason for reason in (one, other) if reason), default=None)


def read_post(document: JsonObject, source: Source) -> DiscoursePost | None:
    """Read a post; None if it has no id, number or text. A post that may not be published needs only an id."""
    native, position, html = _post_id(document), number(document.get("post_number")), document.get("cooked")
    left_out = _post_reason(document)
    if native is None or (left_out is None and (position is None or not isinstance(html, str))):
        return None
    account = number(document.get("user_id"))
    handle = text(document.get("username")) or None
    staff = any(flag(document.get(name)) for name in ("moderator", "admin", "staff"))
    return DiscoursePost(
        id=native,
        number=_NO_NUMBER if position is None else position,
        html=html if isinstance(html, str) else "",
        account=None if account is None else str(account),
        handle=handle,
        written_at=moment(document.get("created_at")),
        changed=text(document.get("updated_at")),
        reply_to=number(document.get("reply_to_post_number")),
        left_out=left_out,
        is_staff=staff or source.is_staff(None if account is None else str(account), handle),
        is_bot=account is not None and account < 0,  # system is -1, discobot -2
        accepted=flag(document.get("accepted_answer")),
        likes=_likes(document.get("actions_summary")),
    )


def read_removed(document: JsonObject) -> tuple[int, str] | None:
    """Return the id of a post that may not be published, and why; None for any other post."""
    native, reason = _post_id(document), _post_reason(document)
    return None if native is None or reason is None else (native, reason)


def _post_id(document: JsonObject) -> int | None:
    native = number(document.get("id"))
    return None if native is None or native < 0 else native


def _post_reason(document: JsonObject) -> str | None:
    """Return why a post may not be published, None if it may."""
    kind = number(document.get("post_type"))
    if kind == WHISPER:
        return "whisper"
    if document.get("deleted_at") is not None or flag(document.get("user_deleted")):
        return "deleted"
    if flag(document.get("hidden")):
        return "hidden"
    is_text = kind is None or kind == REGULAR or (kind == MODERATOR_ACTION and not text(document.get("action_code")))
    return None if is_text else "notice"


def _likes(actions: object) -> int | None:
    """Return the number of likes in `actions_summary`; 0 if it lists none, None if there is no such list."""
    if not isinstance(actions, list):
        return None
    return next((number(obj(a).get("count")) or 0 for a in actions if obj(a).get("id") == LIKE), 0)
