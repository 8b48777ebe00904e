"""Names of index files: kind, number among the files of that kind, and a fingerprint of the content."""

from collections import defaultdict
from dataclasses import dataclass, field

from faq_builder.search.documents import FOLDER
from faq_builder.search.index.shards import content_fingerprint

_FINGERPRINT_LENGTH = 6  # characters; the number already makes a name unique, so it only has to change with the content


@dataclass
class IndexFiles:
    """The files of one build so far."""

    fingerprints: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # kind -> one for each file

    def add(self, kind: str, content: bytes, ending: str = "bin") -> tuple[str, bytes]:
        """Add a file of a kind and return its site path and content: ("assets/faq/index/topics-0-1a2b3c.json", ...)."""
        fingerprints = self.fingerprints[kind]
        fingerprints.append(content_fingerprint(content)[:_FINGERPRINT_LENGTH])
        return f"{FOLDER}{kind}-{len(fingerprints) - 1}-{fingerprints[-1]}.{ending}", content
