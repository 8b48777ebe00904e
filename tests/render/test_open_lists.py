"""Open questions: two lists with true counts, one link for each question, and where it is probably answered."""

from dataclasses import replace

from sample_site import SOURCES, author, message, sample_site, simple, thread, topic

from faq_builder.model import Grouping, JoinedBy, LikelyDuplicate, Role, Topic
from faq_builder.render.pages import framed_pages
from faq_builder.render.parts import page_parts
from faq_builder.render.site import Site


def open_topic(slug: str, *replies: tuple[Role, str], source: str = "forum", url: str | None = None) -> Topic:
    messages = [message("1", "?", Role.ASKER, author("grace"))]
    messages += [message(str(n), "A reply.", role, author(who)) for n, (role, who) in enumerate(replies, start=2)]
    found = thread(source, slug, f"Title of {slug}?", *messages, url=url or f"https://forum.widgets.example/t/{slug}")
    return topic(slug, (found, None))


def site_of(*topics: Topic) -> Site:
    return replace(sample_site(), grouping=Grouping(topics=tuple(sorted(topics, key=lambda one: one.id))))


def shown(site: Site, path: str) -> str:
    return next(page.body.value for page in framed_pages(site) if page.path == path)


HELPED = ((Role.HELPER, "linus"), (Role.STAFF, "ada"), (Role.HELPER, "linus"))


def test_questions_with_and_without_replies_are_two_lists() -> None:
    site = site_of(open_topic("lonely"), open_topic("solved", *HELPED), open_topic("robot", (Role.BOT, "bot")))
    waiting, unconfirmed = shown(site, "open/index.html"), shown(site, "open/replies/index.html")
    assert ("Title of lonely?" in waiting, "Title of robot?" in waiting, "Title of solved?" in waiting) == (1, 1, 0)
    assert "Title of solved?" in unconfirmed
    assert "Title of lonely?" not in unconfirmed
    assert 'href="../open/replies/">1 question with replies that nobody has confirmed</a>' in waiting
    assert 'href="../../open/">2 questions without a reply</a>' in unconfirmed
    assert "Nobody has answered" not in waiting + unconfirmed


def test_the_askers_own_messages_are_no_replies() -> None:
    own = open_topic("own", (Role.ASKER, "grace"), (Role.HELPER, "grace"))
    assert "Title of own?" in shown(site_of(own), "open/index.html")


def test_each_question_has_one_link_to_the_thread_in_which_most_was_said() -> None:
    first, second = open_topic("first"), open_topic("second", *HELPED, source="blog")
    both = replace(first, members=(*first.members, *second.members))
    page = shown(site_of(both), "open/replies/index.html")
    assert page.count('class="faq-sign"') == 1
    assert (
        'href="https://forum.widgets.example/t/second" rel="noopener">Read the 3 replies in Fred&#x27;s blog</a>'
        in page
    )
    one = shown(site_of(open_topic("one", *HELPED[:1])), "open/replies/index.html")
    assert "Read the reply in Widget forum" in one


def test_an_open_question_says_where_it_is_probably_answered_and_who_thinks_so() -> None:
    answered = simple("answered", "Is it answered?", "Yes.")
    words = {
        JoinedBy.MEANING: "A program thinks so; nobody has checked it.",
        JoinedBy.SOURCE: "According to Widget forum; nobody has checked it here.",
        JoinedBy.LINK: "A reply in Widget forum links to it; nobody has checked it here.",
    }
    for because, expected in words.items():
        likely = (LikelyDuplicate(topic=answered.id, because=because, score=0.9),)
        asked = replace(open_topic("asked"), likely_duplicates=likely)
        page = shown(site_of(answered, asked), "open/index.html")
        assert (
            f'Probably answered here: <a href="../q/answered/" dir="auto">Is it answered?</a> <small>{expected}' in page
        )
        part = page_parts(site_of(answered, asked))["waiting"].value
        assert '<a href="q/answered/"' in part
    gone = replace(open_topic("asked"), likely_duplicates=(LikelyDuplicate(topic="gone", because=because, score=1),))
    assert "Probably" not in shown(site_of(gone, answered), "open/index.html")


def test_a_place_links_to_its_open_questions() -> None:
    site = site_of(open_topic("solved", *HELPED))
    assert '<a href="../../open/replies/">1 question has no confirmed answer yet</a>' in shown(
        site, "places/forum/index.html"
    )
    assert set(SOURCES) >= {"forum"}


def test_lists_of_open_questions_have_pages() -> None:
    site = site_of(*(open_topic(f"{n:02}solved", *HELPED) for n in range(7)))
    assert shown(site, "open/replies/2/index.html").count('<li class="faq-entry"') == 2
    assert "7 questions with replies" in shown(site, "open/replies/index.html")
    assert "Every question has a reply." in shown(site, "open/index.html")
