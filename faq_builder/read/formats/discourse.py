"""Discourse topics: files of /t/ID.json, alone, in a folder or a zip; also per-post feeds (/posts.json).

Reads:   `post_stream.posts` and the topic's own fields; `latest_posts`; the names of categories where they are given
Answer:  `accepted_answer` of a post, `accepted_answer` or `accepted_answers` of the topic
Drops:   private, unlisted and deleted topics, restricted categories; hidden and deleted posts, whispers, notices
Spec:    https://docs.discourse.org/#tag/Topics/operation/getTopic
"""

import re
from dataclasses import dataclass, field
from urllib.parse import quote

from faq_builder.base.diagnostics import Diagnostic, Location
from faq_builder.config import Source
from faq_builder.model import Author, RawMessage, RawThread, Role, ThreadKey, Url
from faq_builder.read.export import Export, ExportError
from faq_builder.read.formats.discourse_json import Post, Topic, documents, read_post, take_header, united
from faq_builder.read.formats.jsonfile import (
    JsonObject,
    flag,
    heads,
    items,
    json_names,
    keys_of,
    load,
    number,
    obj,
    path_of,
    text,
)
from faq_builder.read.formats.reading import Collector, Format, Reading
from faq_builder.read.markup.discourse import to_markdown

UNKNOWN, CUT = "not known to be public", "question missing"
_UNSAID = (UNKNOWN, CUT)  # reasons that the export has, not the forum

_ADDRESS = re.compile(r"/t/(?:(?!\d+(?:/|$))[^/]*/)?(\d{1,18})(?:\.json)?(?:/\d+)?/?$")

_TITLE = re.compile(
    r"(?<=/t/)(?!\d+(?:[/?#]|$))[^/?#]*/(?=\d{1,18}(?:/\d+)?/?(?:[?#]|$))"
)  # as config/routes.rb has it


def without_title(url: Url) -> Url:
    """The address of a topic or post without the title in it, which leads to the same; other addresses as they are."""
    return Url(_TITLE.sub("", url.value, count=1))


def _detect(export: Export) -> bool:
    return any(_is_ours(keys_of(head)) for head in heads(export))


def _is_ours(keys: frozenset[str]) -> bool:
    return "post_stream" in keys or {"cooked", "post_number", "topic_id"} <= keys


def _native_id(url: str) -> str | None:
    match = _ADDRESS.search(path_of(url))
    return match[1] if match else None


def _read(export: Export, source: Source) -> Reading:
    reader = _Reader(export, source, Collector())
    for name in json_names(export):
        try:
            reader.read_file(name)
        except ExportError as error:
            reader.collector.find(error.diagnostic)
    return reader.finish()


@dataclass(slots=True)
class _Reader:
    """Takes the files in, then gives the threads."""

    export: Export
    source: Source
    collector: Collector
    topics: dict[int, Topic] = field(default_factory=dict)
    categories: dict[int, str] = field(default_factory=dict)
    restricted: set[int] = field(default_factory=set)

    def read_file(self, name: str) -> None:
        found = False
        for at, document in enumerate(documents(load(self.export, name))):
            if "post_stream" in document:
                self._take_topic(document, self.export.where(name, item=f"/{at}"))
                found = True
            elif {"cooked", "post_number", "topic_id"} <= document.keys():
                self._take_fed_post(document, self.export.where(name, item=f"/{at}"))
                found = True
            else:
                found = self._take_categories(document) or found
        if not found:
            where = self.export.where(name)
            message = "the file holds no topic"
            self.collector.find(Diagnostic(code="FAQ310", where=where, message=message))

    def _take_topic(self, document: JsonObject, where: Location) -> None:
        native = number(document.get("id"))
        if native is None:
            message, advice = "a topic has no id", "export the topic again as /t/ID.json"
            self.collector.find(Diagnostic(code="FAQ302", where=where, message=message, help=advice))
            self.collector.leave_out("not understood", threads=1)
            return
        topic = self.topics.setdefault(native, Topic(id=native, place=where))
        take_header(topic, document)
        stream = obj(document.get("post_stream"))
        topic.stream.update(n for value in items(stream.get("stream")) if (n := number(value)) is not None)
        for at, post in enumerate(items(stream.get("posts"))):
            self._take_post(topic, obj(post), f"{where.item}/post_stream/posts/{at}", where.path)

    def _take_fed_post(self, document: JsonObject, where: Location) -> None:
        """A post of a feed, which says of its topic only where it stands."""
        native = number(document.get("topic_id"))
        if native is None:
            return self._not_understood(where)
        topic = self.topics.setdefault(native, Topic(id=native, place=where))
        topic.title = topic.title or text(document.get("topic_title"))
        topic.slug = topic.slug or text(document.get("topic_slug"))
        topic.categories.add(number(document.get("category_id")))
        topic.category = topic.category or number(document.get("category_id"))
        topic.is_public = topic.is_public or topic.category is not None
        return self._take_post(topic, document, where.item or "", where.path)

    def _take_post(self, topic: Topic, document: JsonObject, item: str, path: str) -> None:
        post = read_post(document, self.source)
        if post is None:
            return self._not_understood(Location(path=path, item=item))
        known = topic.posts.get(post.id)
        topic.posts[post.id] = post if known is None else united(known, post)
        return None

    def _not_understood(self, where: Location) -> None:
        message, advice = "a post has no id, number or text", "export the topic again as /t/ID.json"
        self.collector.find(Diagnostic(code="FAQ302", where=where, message=message, help=advice))
        self.collector.leave_out("not understood", messages=1)

    def _take_categories(self, document: JsonObject) -> bool:
        """Names of categories, and which of them not everyone may read; whether the document holds any."""
        listed = items(obj(document.get("category_list")).get("categories")) + items(document.get("categories"))
        for value in [*listed, *(sub for one in listed for sub in items(obj(one).get("subcategory_list")))]:
            native = number(obj(value).get("id"))
            if native is not None:
                self.categories[native] = text(obj(value).get("name"))
                if flag(obj(value).get("read_restricted")):
                    self.restricted.add(native)
        return bool(listed)

    def finish(self) -> Reading:
        for topic in self.topics.values():
            self._add(topic)
        if self.topics and self.source.base_url is None:
            where = Location(path=self.export.shown)
            message = f"source {self.source.key} has no base address, so its threads have no links"
            advice = "set `base_url:` to the address of the forum"
            self.collector.find(Diagnostic(code="FAQ303", where=where, message=message, help=advice))
        return self.collector.finish()

    def _add(self, topic: Topic) -> None:
        posts = sorted(topic.posts.values(), key=lambda post: (post.number, post.id))
        missing = len(topic.stream - topic.posts.keys())
        if missing:
            message = f"{missing} of {len(topic.stream | topic.posts.keys())} posts of a topic are not in the export"
            advice = "export all pages of the topic: /t/ID.json?print=true"
            self.collector.find(Diagnostic(code="FAQ301", where=topic.place, message=message, help=advice))
        reason = topic.left_out or ("restricted category" if topic.categories & self.restricted else None)
        if reason is None and not topic.is_public:
            reason = UNKNOWN
        if reason is None and (not posts or posts[0].number != 1):
            reason = CUT
        if reason is None and posts[0].left_out:
            reason = f"question {posts[0].left_out}"
        key = ThreadKey(self.source.key, str(topic.id))
        if reason is not None:
            self.collector.leave_out(reason, threads=1, messages=len(posts))
            if reason not in _UNSAID:
                self.collector.take_back(key)
            return
        for post in posts:
            if post.left_out:
                self.collector.leave_out(post.left_out, messages=1)
                self.collector.take_back(key, str(post.id))
        self.collector.add(self._thread(topic, [post for post in posts if post.left_out is None]))

    def _thread(self, topic: Topic, posts: list[Post]) -> RawThread:
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

    def _message(self, topic: Topic, post: Post, ids: dict[int, str], asker: str | None) -> RawMessage:
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
        base = self.source.base_url
        return Url.parse(base.value.rstrip("/") + path) if base else None


FORMAT = Format(name="discourse", detect=_detect, read=_read, native_id=_native_id)
