"""Small files by which the 404 page finds the topic that /q/<id> means."""

import json
from collections import defaultdict
from collections.abc import Iterator

from faq_builder.render.site import Site

FOLDER = "assets/faq/ids/"
PREFIX = 2  # characters of the id that name the file: with 100,000 topics a file holds some 400 of them


def id_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Path and content of each file: the slugs of published and withdrawn topics by id."""
    shards: dict[str, dict[str, str]] = defaultdict(dict)
    live = [(topic.id, topic.slug) for topic in site.answered]
    gone = [(withdrawn.id, withdrawn.slug) for withdrawn in site.grouping.withdrawn]
    for topic_id, slug in live + gone:
        shards[topic_id[:PREFIX]][topic_id] = slug
    for prefix, slugs in sorted(shards.items()):
        text = json.dumps(dict(sorted(slugs.items())), separators=(",", ":"))
        yield f"{FOLDER}{prefix}.json", text.encode()
