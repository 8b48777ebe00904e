"""Discourse topics: files of /t/ID.json, alone, in a folder or a zip; also feeds of posts (/posts.json).

Reads:   `post_stream.posts` and the topic's own fields; `latest_posts`; names of categories, if the export has them
Answer:  `accepted_answer` of a post, `accepted_answer` or `accepted_answers` of the topic
Drops:   private, unlisted and deleted topics, restricted categories; hidden and deleted posts, whispers, notices
Spec:    https://docs.discourse.org/#tag/Topics/operation/getTopic
"""

import re
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.config import Source
from faq_builder.model import Author, RawMessage, RawThread, Role, ThreadKey, Url
from faq_builder.read.export import Export
from faq_builder.read.formats.discourse_json import (
    DiscoursePost,
    DiscourseTopic,
    either,
    exported_objects,
    merged_posts,
    read_post,
    read_removed,
    update_topic,
)
from faq_builder.read.formats.jsonfile import (
    JsonObject,
    flag,
    items,
    json_heads,
    member_names,
    number,
    obj,
    read_json_files,
    text,
    url_path,
)
from faq_builder.read.formats.reading import Collector, Format, Reading
from faq_builder.read.markup.discourse import to_markdown

UNKNOWN, CUT = "not known to be public", "question missing"
_GAPS_IN_EXPORT = (UNKNOWN, CUT)  # reasons by which the forum itself removed nothing
_POST_OF_A_FEED = frozenset(("cooked", "post_number", "topic_id"))

# Discourse's config/routes.rb: /t/SLUG/ID/POST, /t/ID/POST, /t/ID.json
_TOPIC_PATH = re.compile(r"/t/(?:(?!\d+(?:/|$))[^/]*/)?(\d{1,18})(?:\.json)?(?:/\d+)?/?$")
_SLUG = re.compile(r"(?<=/t/)(?!\d+(?:[/?#]|$))[^/?#]*/(?=\d{1,18}(?:/\d+)?/?(?:[?#]|$))")


def without_slug(url: Url) -> Url:
    """Return the URL of a topic or post without its slug, which opens the same page; other URLs unchanged.

    https://forum.example/t/red-widget/77/2 -> https://forum.example/t/77/2
    """
    return Url(_SLUG.sub("", url.value, count=1))


def _detect(export: Export) -> bool:
    """Whether any JSON file begins with a topic or with a feed of posts."""
    return any("post_stream" in names or names >= _POST_OF_A_FEED for names in map(member_names, json_heads(export)))


def _native_id(url: str) -> str | None:
    """Return the id of the topic that a URL opens: /t/red-widget/77/2 -> 77."""
    match = _TOPIC_PATH.search(url_path(url))
    return match[1] if match else None


def _read(export: Export, source: Source) -> Reading:
    reader = _DiscourseReader(export, source, Collector())
    read_json_files(export, reader.collector, reader.read_values, "topic")
    return reader.finish()


@dataclass(slots=True)
class _DiscourseReader:
    """Collects the topics of all files; the parts of a topic may lie in several files. `finish` makes the threads."""

    export: Export
    source: Source
    collector: Collector
    topics: dict[int, DiscourseTopic] = field(default_factory=dict)
    categories: dict[int, str] = field(default_factory=dict)
    restricted: set[int] = field(default_factory=set)  # ids of categories that only some people may read
    removed: dict[int, str] = field(default_factory=dict)  # ids of posts, of all topics, that may not be published; why

    def read_values(self, name: str, values: list[object]) -> bool:
        """Read the values of a file; return whether they contain topics, posts or categories."""
        found = False
        for at, document in enumerate(exported_objects(values)):
            where = self.export.where(name, item=f"/{at}")
            if "post_stream" in document:
                self._add_topic(document, where)
                found = True
            elif document.keys() >= _POST_OF_A_FEED or (
                read_removed(document) and not document.keys().isdisjoint(_POST_OF_A_FEED)
            ):
                self._add_post_of_a_feed(document, where)
                found = True
            else:
                found = self._add_categories(document) or found
        return found

    def _add_topic(self, document: JsonObject, where: Location) -> None:
        """Add a topic, or one more page of it."""
        native = number(document.get("id"))
        stream = obj(document.get("post_stream"))
        for post in items(stream.get("posts")):
            self._note_removed(obj(post))
        if native is None:
            message, advice = "a topic has no id", "export the topic again as /t/ID.json"
            self.collector.report(Diagnostic(code="FAQ302", where=where, message=message, help=advice))
            self.collector.leave_out("not understood", threads=1)
            return
        topic = self.topics.setdefault(native, DiscourseTopic(id=native, where=where))
        update_topic(topic, document)
        topic.stream.update(n for value in items(stream.get("stream")) if (n := number(value)) is not None)
        for at, post in enumerate(items(stream.get("posts"))):
            self._add_post(topic, obj(post), Location(path=where.path, item=f"{where.item}/post_stream/posts/{at}"))

    def _add_post_of_a_feed(self, document: JsonObject, where: Location) -> None:
        """Add a post of /posts.json, which carries only its topic's id, title, slug and category."""
        self._note_removed(document)
        native = number(document.get("topic_id"))
        if native is None:
            return self._report_not_understood(where)
        topic = self.topics.setdefault(native, DiscourseTopic(id=native, where=where))
        topic.title = topic.title or text(document.get("topic_title"))
        topic.slug = topic.slug or text(document.get("topic_slug"))
        topic.categories.add(number(document.get("category_id")))
        topic.category = topic.category or number(document.get("category_id"))
        topic.is_public = topic.is_public or topic.category is not None
        return self._add_post(topic, document, where)

    def _add_post(self, topic: DiscourseTopic, document: JsonObject, where: Location) -> None:
        """Add a post to its topic, or unite it with an earlier copy."""
        post = read_post(document, self.source)
        if post is None:
            return self._report_not_understood(where)
        known = topic.posts.get(post.id)
        topic.posts[post.id] = post if known is None else merged_posts(known, post)
        return None

    def _note_removed(self, document: JsonObject) -> None:
        """Note that a post may not be published; if it was moved, a copy in another topic may not be either."""
        found = read_removed(document)
        if found:
            self._remove(*found)

    def _remove(self, post: int, reason: str) -> None:
        self.removed[post] = either(self.removed.get(post), reason) or reason

    def _report_not_understood(self, where: Location) -> None:
        message, advice = "a post has no id, number or text", "export the topic again as /t/ID.json"
        self.collector.report(Diagnostic(code="FAQ302", where=where, message=message, help=advice))
        self.collector.leave_out("not understood", messages=1)

    def _add_categories(self, document: JsonObject) -> bool:
        """Add the names of categories, and which are restricted; return whether the document contains any."""
        listed = items(obj(document.get("category_list")).get("categories")) + items(document.get("categories"))
        for value in [*listed, *(sub for one in listed for sub in items(obj(one).get("subcategory_list")))]:
            native = number(obj(value).get("id"))
            if native is not None:
                self.categories[native] = text(obj(value).get("name"))
                if flag(obj(value).get("read_restricted")):
                    self.restricted.add(native)
        return bool(listed)

    def finish(self) -> Reading:
        """Make a thread of each topic that may be published, and count what is left out."""
        for topic in self.topics.values():
            if reason := self._reason_of_the_topic(topic):
                for post in topic.stream | topic.posts.keys():
                    self._remove(post, reason)
        for topic in self.topics.values():
            self._finish_topic(topic)
        if self.topics and self.source.base_url is None:
            where = Location(path=self.export.display_path)
            message = f"source {self.source.key} has no `base_url`, so its threads have no links"
            advice = "set `base_url:` to the URL of the forum"
            self.collector.report(Diagnostic(code="FAQ303", where=where, message=message, help=advice))
        return self.collector.finish()

    def _finish_topic(self, topic: DiscourseTopic) -> None:
        """Add the thread of a topic, or count why the topic or some of its posts are left out."""
        found = [replace(post, left_out=self.removed.get(post.id)) for post in topic.posts.values()]
        posts = sorted(found, key=lambda post: (post.number, post.id))
        missing = len(topic.stream - topic.posts.keys())
        if missing:
            message = f"{missing} of {len(topic.stream | topic.posts.keys())} posts of a topic are not in the export"
            advice = "export all pages of the topic: /t/ID.json?print=true"
            self.collector.report(Diagnostic(code="FAQ301", where=topic.where, message=message, help=advice))
        reason = self._reason_to_leave_out(topic, posts)
        key = ThreadKey(self.source.key, str(topic.id))
        if reason is not None:
            self.collector.leave_out(reason, threads=1, messages=len(posts))
            if reason not in _GAPS_IN_EXPORT:
                self.collector.note_removal(key)
            return
        for post in posts:
            if post.left_out:
                self.collector.leave_out(post.left_out, messages=1)
                self.collector.note_removal(key, str(post.id))
        self.collector.add(self._thread(topic, [post for post in posts if post.left_out is None]))

    def _reason_to_leave_out(self, topic: DiscourseTopic, posts: list[DiscoursePost]) -> str | None:
        """Return why a topic may not be published, None if it may; `posts` are sorted by number."""
        reason = self._reason_of_the_topic(topic)
        if reason:
            return reason
        if not topic.is_public:
            return UNKNOWN
        if not posts or posts[0].number != 1:
            return CUT
        return f"question {posts[0].left_out}" if posts[0].left_out else None

    def _reason_of_the_topic(self, topic: DiscourseTopic) -> str | None:
        """Return why the forum does not show a topic to everybody, None if it does."""
        return topic.left_out or ("restricted category" if topic.categories & self.restricted else None)

    def _thread(self, topic: DiscourseTopic, posts: list[DiscoursePost]) -> RawThread:
        ids = {post.number: str(post.id) for post in posts}
        asker = posts[0].account or posts[0].handle
        category = self.categories.get(topic.category or 0, "")
        return RawThread(
            key=ThreadKey(self.source.key, str(topic.id)),
            format="discourse",
            title=topic.title or topic.slug.replace("-", " "),
            messages=tuple(self._message(topic, post, ids, asker) for post in posts),
            url=self._url(f"/t/{quote(topic.slug or '-')}/{topic.id}"),
            language=self.source.language,
            tags=tuple(dict.fromkeys(tag for tag in (category, *topic.tags) if tag)),
        )

    def _message(
        self, topic: DiscourseTopic, post: DiscoursePost, ids: dict[int, str], asker: str | None
    ) -> RawMessage:
        """Make the message of a post; `ids` maps post numbers to message ids, `asker` wrote the question."""
        key = post.account or post.handle
        profile = self._url(f"/u/{quote(post.handle)}") if post.handle else None
        author = Author(key=key, name=post.handle, profile=profile) if key else None
        role = Role.STAFF if post.is_staff else Role.BOT if post.is_bot else Role.HELPER
        return RawMessage(
            id=str(post.id),
            body=to_markdown(post.html, base_url=self.source.base_url),
            role=Role.ASKER if post.number == 1 or (key is not None and key == asker) else role,
            author=author,
            url=self._url(f"/t/{quote(topic.slug or '-')}/{topic.id}/{post.number}"),
            written_at=post.written_at,
            reply_to=ids.get(post.reply_to or 0),
            accepted=post.number != 1 and (post.accepted or post.number in topic.accepted),
            votes=post.likes,
        )

    def _url(self, path: str) -> Url | None:
        """Return the URL of a page of the forum, None without a `base_url`."""
        base = self.source.base_url
        return Url.parse(base.value.rstrip("/") + path) if base else None


FORMAT = Format(name="discourse", detect=_detect, read=_read, native_id=_native_id)
