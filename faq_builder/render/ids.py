"""Small files by which the 404 page finds the topic that /q/<id> means."""

import json
from collections import defaultdict
from collections.abc import Iterator

from faq_builder.render.site import Site

FOLDER = "assets/faq/ids/"
PREFIX = 2  # characters of the id that name the file: with 100,000 topics a file holds some 400 of them


def id_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Path and content of each file: by id the slugs of published, withdrawn and merged topics."""
    shards: dict[str, dict[str, str]] = defaultdict(dict)
    for topic_id, page in site.pages_by_id.items():
        shards[topic_id[:PREFIX]][topic_id] = page.slug
    for prefix, slugs in sorted(shards.items()):
        text = json.dumps(dict(sorted(slugs.items())), separators=(",", ":"))
        yield f"{FOLDER}{prefix}.json", text.encode()
