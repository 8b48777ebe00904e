"""The widget company's FAQ as a Site, for the tests of pages."""

from dataclasses import replace
from datetime import UTC, date, datetime

from faq_builder.config import AskLink, Permission, PublishRules, Source
from faq_builder.model import (
    Answer,
    Author,
    Grouping,
    JoinedBy,
    Member,
    Message,
    Note,
    NoteKind,
    PublicText,
    PublicThread,
    Reason,
    Role,
    Thread,
    ThreadKey,
    Topic,
    Url,
    Withdrawn,
)
from faq_builder.render.site import Site

SOURCES = {
    "forum": Source(
        key="forum",
        place="Widget forum",
        permission=Permission.FULL,
        base_url=Url("https://forum.widgets.example/"),
    ),
    "blog": Source(key="blog", place="Fred's blog", permission=Permission.FULL),
    "chat": Source(key="chat", place="Widget chat", permission=Permission.EXCERPT, needs_account=True),
    "stack": Source(key="stack", place="Widget Exchange", permission=Permission.FULL),
    "list": Source(key="list", place="Announce list", permission=Permission.LINK),
}

RULES = PublishRules(
    site_name="Widget answers",
    site_url=Url("https://answers.widgets.example/faq/"),
    description="What people asked about widgets, and who answered.",
    ask=(AskLink(name="Widget forum", url="https://forum.widgets.example/new?title={question}"),),
    contact="https://widgets.example/contact",
    report_to="https://widgets.example/report?page={url}",
    edit_url="https://code.widgets.example/faq/edit/main/{path}",
    per_page=5,
)

BLUE = """Sorry to hear that! The red widget is an *indoor* widget: its glaze takes up water.

Use the **blue widget** outdoors:

1. take the red one off its hook,
2. hang up the blue one,
3. run `widgetctl calibrate`.

```python
from widgets import Widget

hook = Widget("blue")  # survives rain
hook.calibrate(steps=3)
```

| widget | rain | frost |
|:-------|:----:|------:|
| red    | no   | -2 °C |
| blue   | yes  | -20 °C |

![how the crack looks](https://forum.widgets.example/uploads/crack.png)
"""


def author(name: str | None, key: str = "", profile: str | None = None) -> Author[PublicText]:
    return Author(key=key or name or "x", name=PublicText(name) if name else None, profile=Url.parse(profile))


def message(
    number: str,
    body: str,
    role: Role,
    who: Author[PublicText] | None = None,
    *,
    day: int | None = 1,
    url: str | None = None,
    licence: str | None = None,
    accepted: bool = False,
) -> Message[PublicText]:
    return Message(
        id=number,
        body=PublicText(body),
        role=role,
        author=who,
        url=Url.parse(url),
        written_at=datetime(2024, 5, day, 9, 30, tzinfo=UTC) if day else None,
        licence=licence,
        accepted=accepted,
    )


def thread(
    source: str,
    native: str,
    title: str,
    *messages: Message[PublicText],
    url: str | None = "https://forum.widgets.example/t/1",
    language: str | None = None,
    tags: tuple[str, ...] = (),
) -> PublicThread:
    return Thread(
        key=ThreadKey(source, native),
        format="invented",
        title=PublicText(title),
        messages=messages,
        url=Url.parse(url),
        language=language,
        tags=tuple(PublicText(tag) for tag in tags),
    )


def topic(
    slug: str,
    *members: tuple[PublicThread, Answer | None],
    language: str = "en",
    tags: tuple[str, ...] = (),
    notes: tuple[Note, ...] = (),
    related: tuple[str, ...] = (),
    former: tuple[str, ...] = (),
    split_into: tuple[str, ...] = (),
) -> Topic:
    main = next((t.key for t, answer in members if answer), None)
    titles = tuple(dict.fromkeys(t.title for t, _ in members))
    return Topic(
        id=f"id{slug[:6].strip('-')}",
        slug=slug,
        question=titles[0],
        language=language,
        wordings=titles,
        members=tuple(
            Member(thread=t, answer=answer, joined_by=JoinedBy.FOUNDER if number == 0 else JoinedBy.MEANING)
            for number, (t, answer) in enumerate(members)
        ),
        main=main,
        former_slugs=former,
        tags=tuple(PublicText(tag) for tag in tags),
        related=related,
        split_into=split_into,
        notes=notes,
        published=date(2024, 6, 1),
    )


def marked(*ids: str) -> Answer:
    return Answer(messages=ids, reason=Reason.MARKED, confidence=1.0)


def red_widget() -> Topic:
    fred = author("Fred", profile="https://blog.example/fred")
    ada = author("Ada", profile="https://forum.widgets.example/u/ada")
    blog = thread(
        "blog",
        "red-widget",
        "My red widget shattered in the rain",
        message("1", "I hung it up *outside* and it broke.\n\nIs that normal?", Role.ASKER, fred, day=3),
        message("2", BLUE, Role.STAFF, ada, day=4, url="https://blog.example/red#comment-2", accepted=True),
        url="https://blog.example/red",
    )
    forum = thread(
        "forum",
        "12",
        "Can widgets get wet?",
        message("1", "Asking for my garden.", Role.ASKER, author("grace"), day=10),
        message(
            "2",
            "Only the blue ones, says the manual.",
            Role.HELPER,
            author("Linus"),
            day=11,
            url="https://forum.widgets.example/t/12/2",
        ),
        url="https://forum.widgets.example/t/12",
    )
    chat = thread(
        "chat",
        "c7",
        "red widget cracked after a storm??",
        message("1", "see title", Role.ASKER, None, day=12),
        url="https://chat.widgets.example/c7",
    )
    return topic(
        "red-widget-shattered-in-the-rain",
        (blog, marked("2")),
        (forum, Answer(messages=("2",), reason=Reason.VOTES, confidence=0.62)),
        (chat, None),
        tags=("red widget", "rain"),
        related=("idcalibr", "idstack-", "gone"),
        former=("broken-red-widget",),
        split_into=("idpart-1",),
        notes=(
            Note(kind=NoteKind.CONFIRMED, on=date(2025, 1, 15), version=PublicText("4.10")),
            Note(kind=NoteKind.NOTE, text=PublicText("Red widgets sold since 2025 carry a warning.")),
        ),
    )


def simple(slug: str, title: str, body: str, source: str = "forum", day: int = 5, **more: object) -> Topic:
    one = thread(
        source,
        slug,
        title,
        message("1", f"{title} I wonder.", Role.ASKER, author("grace"), day=day),
        message(
            "2",
            body,
            Role.HELPER,
            author("Linus"),
            day=day + 1,
            url=f"https://forum.widgets.example/t/{slug}/2",
        ),
        url=f"https://forum.widgets.example/t/{slug}",
    )
    return topic(slug, (one, marked("2")), **more)  # type: ignore[arg-type]


def stack_exchange() -> Topic:
    ids = {"licence": "CC BY-SA 4.0"}
    asker = author("user31", profile="https://exchange.example/users/31")
    helper = author("bob", profile="https://exchange.example/users/7")
    one = thread(
        "stack",
        "31",
        "How do I stop a widget from squeaking?",
        message("31", "It squeaks at night.", Role.ASKER, asker, day=6, url="https://exchange.example/q/31", **ids),
        message("33", "A drop of oil.", Role.HELPER, helper, day=7, url="https://exchange.example/a/33", **ids),
        url="https://exchange.example/q/31",
    )
    return topic("stack-squeaking-widget", (one, marked("33")), tags=("c++", "c", "Rain"))


def waiting(slug: str, title: str, day: int) -> Topic:
    one = thread("forum", slug, title, message("1", "?", Role.ASKER, author("hopper"), day=day), tags=())
    return topic(slug, (one, None))


def sample_site() -> Site:
    topics = [
        red_widget(),
        stack_exchange(),
        simple("calibrate-a-widget", "How do I calibrate a widget?", "Run `widgetctl calibrate`.", tags=("setup",)),
        simple("excerpt-only", "What is the widget budget?", "Long *story*. " * 20 + "…", source="chat"),
        simple("link-only", "When is the next widget?", "", source="list"),
        simple("deutsch", "Warum quietscht mein Widget?", "Ein Tropfen Öl.", language="de", tags=("größe",)),
        simple("hebrew", "למה הווידג'ט שלי חורק?", "טיפת שמן.", language="he"),
        *(simple(f"part-{n}", f"Where is part {n}?", f"In bag {n}.", day=n) for n in range(1, 8)),
        waiting("why-green", "Why is there no green widget?", 2),
        waiting("left-handed", "Is there a left-handed widget?", 1),
    ]
    return Site(
        grouping=Grouping(
            topics=tuple(sorted(topics, key=lambda t: t.id)),
            redirects=(("broken-red-widget", topics[0].id), ("green-widget", "idwhy-gr"), ("lost", "nowhere")),
            withdrawn=(
                Withdrawn(id="wd1", slug="withdrawn-topic", former_slugs=("withdrawn-before",), related=("idpart-2",)),
            ),
            unlocked=(topics[2].id,),
        ),
        sources=SOURCES,
        rules=RULES,
        files={ThreadKey("blog", "red-widget"): "content/threads/red widget.md"},
    )


def hostile_site() -> Site:
    """Return the sample site with a topic in which every text tries to break out of the page."""
    evil = "</title><script>alert('x')</script>\"'><img src=x onerror=alert(1)>&lt;b&gt;\u2028 {{ 7 * 7 }}"
    who = author(evil, key="evil", profile="https://evil.example/?a=1&b=%22")
    one = thread(
        "forum",
        "evil",
        evil,
        message("1", evil, Role.ASKER, who, url="https://evil.example/1"),
        message("2", evil + f"\n\n```{evil}\n{evil}\n```", Role.HELPER, who, licence=evil),
    )
    site = sample_site()
    bad = topic(
        "evil",
        (one, marked("2")),
        tags=(evil, "<b>", ""),
        notes=(Note(kind=NoteKind.OUTDATED, version=PublicText(evil), text=PublicText(evil)),),
    )
    bad = replace(bad, question=PublicText(evil), wordings=(PublicText(evil), PublicText(evil + "2")))
    sources = {**SOURCES, "forum": replace(SOURCES["forum"], place=evil)}
    return replace(
        site,
        grouping=replace(site.grouping, topics=tuple(sorted((*site.grouping.topics, bad), key=lambda t: t.id))),
        sources=sources,
    )
