"""The files of the index as they are made: each has its kind, its number among those, and a hash in its name."""

from collections import defaultdict
from dataclasses import dataclass, field

from faq_builder.search.documents import FOLDER
from faq_builder.search.index.shards import content_hash

_NAME = 6  # characters of a hash: the number makes a name unique, the hash only has to change with the content


@dataclass
class Files:
    """Of each kind the hashes in the names of its files, in their order."""

    names: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, kind: str, content: bytes, ending: str = "bin") -> tuple[str, bytes]:
        """One more file of a kind: (path below the site's root, content)."""
        names = self.names[kind]
        names.append(content_hash(content)[:_NAME])
        return f"{FOLDER}{kind}-{len(names) - 1}-{names[-1]}.{ending}", content
