"""Small conversations of the widget company's customers, for the tests of this folder."""

from datetime import UTC, datetime

from faq_builder.config import Permission, Source
from faq_builder.model import Author, Message, RawMessage, RawThread, Role, ThreadKey, Url

FRED = Author(key="826", name="fred_rain", profile=Url("https://forum.example/u/fred_rain"))
ANNA = Author(key="7", name="anna", profile=Url("https://forum.example/u/anna"))
BEA = Author(key="1", name="Bea-Widgets", profile=Url("https://forum.example/u/bea-widgets"))

FORUM = Source(key="forum", place="Widget forum", permission=Permission.FULL)


def message(number: int, author: Author[str] | None, body: str, **fields: object) -> RawMessage:
    """A message; the first is the asker's."""
    role = Role.ASKER if author == FRED else Role.STAFF if author == BEA else Role.HELPER
    values: dict[str, object] = {"role": role, "written_at": datetime(2024, 5, number, tzinfo=UTC), **fields}
    return Message(id=str(number), body=body, author=author, **values)  # type: ignore[arg-type]


def thread(*messages: RawMessage, **fields: object) -> RawThread:
    """A thread of the forum."""
    values: dict[str, object] = {
        "key": ThreadKey("forum", "42"),
        "format": "discourse",
        "title": "Why did my red widget shatter?",
        "url": Url("https://forum.example/t/42"),
        **fields,
    }
    return RawThread(messages=messages, **values)  # type: ignore[arg-type]
