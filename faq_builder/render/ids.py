"""JSON files by which the script of the 404 page resolves /q/ID to the topic's page."""

import json
from collections import defaultdict
from collections.abc import Iterator

from faq_builder.render.site import Site

IDS_FOLDER = "assets/faq/ids/"
PREFIX_LENGTH = 2  # characters of the id that name its file: with 100,000 topics a file lists about 400 ids


def id_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield the path and content of each file, which maps ids of published, withdrawn and merged topics to slugs."""
    shards: dict[str, dict[str, str]] = defaultdict(dict)
    for topic_id, page in site.pages_by_id.items():
        shards[topic_id[:PREFIX_LENGTH]][topic_id] = page.slug
    for prefix, slugs in sorted(shards.items()):
        text = json.dumps(dict(sorted(slugs.items())), separators=(",", ":"))
        yield f"{IDS_FOLDER}{prefix}.json", text.encode()
