"""Pages of a whole sample site: well-formed, without dead links, safe from hostile text."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import unquote, urlsplit

import pytest
from sample_site import RULES, author, hostile_site, red_widget, sample_site, simple, thread, topic, waiting

from faq_builder.model import Html, Note, NoteKind, PublicText, Reason, ThreadKey, Url, topic_id
from faq_builder.render.answers import answer_anchors
from faq_builder.render.ids import id_files
from faq_builder.render.labels import TABLES, Label, Labels
from faq_builder.render.page import Page
from faq_builder.render.pages import framed_pages, redirect_document, redirects
from faq_builder.render.parts import page_parts
from faq_builder.render.shell import theme_values
from faq_builder.render.site import Site, tag_slug
from faq_builder.render.templates import Templates, only_public, theme_folder, theme_templates
from faq_builder.render.topic import topic_page

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Reader(HTMLParser):
    """Reads HTML strictly: every tag closed in order, every id once."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.hrefs: list[str] = []
        self.headings: list[int] = []
        self.tags: Counter[str] = Counter()
        self.attributes: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes.update(name for name, _ in attrs)
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice in <{tag}>"
        for name, value in attrs:
            if name == "id":
                self.ids[value or ""] += 1
            if name in ("href", "action"):
                self.hrefs.append(value or "")
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes something else"


def read(html: Html) -> Reader:
    reader = Reader()
    reader.feed(html.value)
    reader.close()
    assert not reader.open, reader.open
    return reader


def page_of(site: Site, path: str) -> Page:
    return next(page for page in framed_pages(site) if page.path == path)


def red(site: Site | None = None) -> str:
    return topic_page(site or sample_site(), red_widget()).body.value


@pytest.fixture(params=[sample_site, hostile_site], ids=["sample", "hostile"])
def site(request: pytest.FixtureRequest) -> Site:
    made: Site = request.param()
    return made


def test_pages_are_well_formed(site: Site) -> None:
    for page in framed_pages(site):
        reader = read(page.body)
        assert all(count == 1 for count in reader.ids.values()), (page.path, reader.ids)
        assert page.body.value.lstrip().startswith('<h1 id="page"'), page.path
        assert reader.headings.count(1) == 1
        steps = zip(reader.headings, reader.headings[1:], strict=False)
        assert all(after - before <= 1 for before, after in steps), (page.path, reader.headings)


def test_nothing_on_a_page_acts_or_loads(site: Site) -> None:
    for page in framed_pages(site):
        reader = read(page.body)
        assert not {"script", "style", "img", "iframe", "object", "embed", "video", "svg"} & set(reader.tags), page.path
        assert not [name for name in reader.attributes if name.startswith("on") or name in ("style", "src")]
        assert all(re.match(r"(https?://|mailto:|\.\.?/|[a-z]+/|#|\.\./)", href) for href in reader.hrefs)


def test_no_internal_link_is_dead(site: Site) -> None:
    made = {page.path: read(page.body) for page in framed_pages(site)}
    moved = {redirect.path: read_document(site, redirect.path) for redirect in redirects(site)}
    targets = {**made, **moved}
    for path, reader in targets.items():
        for href in reader.hrefs:
            if urlsplit(href).scheme:
                continue
            target = normpath(join(path.removesuffix("index.html"), unquote(urlsplit(href).path)))
            file = f"{target}/index.html" if target != "." else "index.html"
            if href.startswith("#"):
                assert href[1:] in reader.ids, (path, href)
            elif target.startswith("assets/"):
                assert (theme_folder() / target).is_file(), (path, href)
            else:
                assert file in targets, (path, href)
    assert len(made) == len(list(framed_pages(site)))
    assert not made.keys() & moved.keys()


def read_document(site: Site, path: str) -> Reader:
    document = redirect_document(site, next(r for r in redirects(site) if r.path == path))
    assert document.value.startswith("<!doctype html>")
    assert '<meta name="robots" content="noindex">' in document.value
    reader = read(document)
    reader.hrefs = [href for href in reader.hrefs if not href.startswith("http")]
    return reader


def test_former_addresses_lead_on() -> None:
    found = {redirect.path: redirect.target for redirect in redirects(sample_site())}
    assert found == {
        "q/broken-red-widget/index.html": "q/red-widget-shattered-in-the-rain/",
        "q/green-widget/index.html": "open/",
    }
    document = redirect_document(sample_site(), next(redirects(sample_site()))).value
    assert 'content="0; url=../../q/red-widget-shattered-in-the-rain/"' in document
    there = "https://answers.widgets.example/faq/q/red-widget-shattered-in-the-rain/"
    assert f'<link rel="canonical" href="{there}">' in document


def test_a_page_that_was_split_leads_to_what_left_it() -> None:
    moved = squeezed(lxml_text(red()))
    assert squeezed("Another question used to be answered on this page too. It has moved: Where is part 1?") in moved
    assert "../../q/part-1/" in read(topic_page(sample_site(), red_widget()).body).hrefs


def test_what_left_a_page_is_listed_the_most_asked_first_and_only_where_it_is_answered() -> None:
    asked = replace(red_widget(), split_into=())
    rare = replace(
        simple("rare", "Is it rare?", "No."), split_into=("idpart-1", asked.id, "idwhy-gr", "gone", "idrare")
    )
    body = topic_page(sample_site(), rare).body.value
    assert re.findall(r'<li><a href="../../q/([^"]*)/"', body) == [asked.slug, "part-1"]
    assert "They have moved:" in body
    assert "faq-banner--split" not in topic_page(sample_site(), asked).body.value


@pytest.mark.parametrize("slug", ["withdrawn-topic", "withdrawn-before", "lost"])
def test_withdrawn_pages_stay_without_content(slug: str) -> None:
    page = page_of(sample_site(), f"q/{slug}/index.html")
    assert page.noindex
    assert not page.head.value
    assert "withdrawn" in page.title.value
    assert ("../../q/part-2/" in read(page.body).hrefs) == (slug != "lost"), "related topics where any are known"


def test_slots_are_well_formed_and_lead_somewhere(site: Site) -> None:
    made = {page.path for page in framed_pages(site)}
    parts = page_parts(site)
    assert set(parts) == {"search", "newest", "most-asked", "waiting", "numbers", "tags", "places"}
    for part in parts.values():
        for href in read(part).hrefs:
            if not urlsplit(href).scheme:
                assert f"{href}index.html" in made, href


def structured(page: Page) -> Mapping[str, object]:
    match = re.fullmatch(r'<script type="application/ld\+json">([^<>&]*)</script>', page.head.value)
    assert match, page.head.value
    data: Mapping[str, object] = json.loads(match[1])
    return data


def test_structured_data_parses_and_says_only_what_the_page_says(site: Site) -> None:
    for page in framed_pages(site):
        if not page.head:
            continue
        data = structured(page)
        words = squeezed(lxml_text(page.body.value))
        for text in texts_of(data):
            assert squeezed(text.removesuffix("…")) in words, (page.path, text)


def lxml_text(html: str) -> str:
    parser = TextReader()
    parser.feed(re.sub(r'(class="faq-image"[^>]*>)image(: )?', r"\1", html))
    return " ".join(parser.found)


class TextReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def squeezed(text: str) -> str:
    """Remove everything except letters and digits, because white space differs."""
    return re.sub(r"[\W_]+", "", text)


def texts_of(data: object, key: str = "") -> Iterator[str]:
    if isinstance(data, dict):
        for name, value in data.items():
            yield from texts_of(value, name)
    elif isinstance(data, list):
        for value in data:
            yield from texts_of(value, key)
    elif key in ("text", "name"):
        yield str(data)


def test_a_reply_that_nobody_marked_is_only_suggested() -> None:
    question = structured(topic_page(sample_site(), red_widget()))["mainEntity"]
    assert isinstance(question, dict)
    assert question["acceptedAnswer"]["url"] == "https://blog.example/red#comment-2"
    assert question["suggestedAnswer"]["author"] == {"@type": "Person", "name": "Linus"}
    assert question["answerCount"] == 2


def test_hostile_titles_are_text() -> None:
    page = page_of(hostile_site(), "q/evil/index.html")
    for text in (page.title.value, page.description.value):
        assert not set('<>"') & set(text)
    assert "<script" not in page.body.value
    assert page.head.value.count("</script>") == 1
    assert "{{ 7 * 7 }}" in page.body.value


def test_a_topic_page_tells_where_its_answer_comes_from() -> None:
    body = red()
    assert "Asked 3 times in 3 places" in body
    assert "Marked as the answer by the asker or a moderator in Fred&#x27;s blog." in body
    assert "A program chose this reply because people voted for it. It is about 62% sure." in body
    assert '<a class="faq-sign" href="https://blog.example/red#comment-2" rel="noopener">' in body
    assert body.index("Use the <strong>blue widget</strong>") < body.index("<p>I hung it up")
    assert '<li dir="auto">Can widgets get wet?</li>' in body
    assert "needs an account" in body
    assert "Checked by our staff on" in body
    assert "Thank you to" in body


def test_an_answer_that_staff_wrote_down_was_not_marked_in_the_place() -> None:
    found = simple("by-hand", "Which screws?", "The two in the bag.")
    (member,) = found.members
    answer = replace(member.answer, reason=Reason.WRITTEN)
    written = replace(found, members=(replace(member, answer=answer),))
    body = topic_page(sample_site(), written).body.value
    assert "Chosen as the answer by the team of Widget answers." in body
    assert "Marked as the answer" not in body
    assert "Marked as the answer" in topic_page(sample_site(), found).body.value


@pytest.mark.parametrize("reason", Reason)
def test_a_page_says_why_the_reply_is_the_answer_and_how_sure_a_program_is(reason: Reason) -> None:
    found = simple("why", "Which screws?", "The two in the bag.")
    (member,) = found.members
    answer = replace(member.answer, reason=reason, confidence=0.4)
    body = topic_page(sample_site(), replace(found, members=(replace(member, answer=answer),))).body.value
    assert ("Nobody marked an answer." in body) is not reason.is_sure
    assert ("It is about 40% sure." in body) is not reason.is_sure
    assert ("because it is the last substantial reply." in body) is (reason is Reason.LAST_REPLY)


def test_a_newer_answer_on_this_site_is_linked_here() -> None:
    for instead in (
        "https://forum.widgets.example/t/calibrate-a-widget",
        "https://forum.widgets.example/t/calibrate-a-widget/2",
        "https://answers.widgets.example/faq/q/calibrate-a-widget/",
    ):
        note = Note(kind=NoteKind.OUTDATED, instead=Url(instead))
        body = topic_page(sample_site(), replace(red_widget(), notes=(note,))).body.value
        assert '<a href="../../q/calibrate-a-widget/">Read the newer answer</a>' in body
    for elsewhere in ("https://other.example/newer", "https://blog.example/red", "https://forum.widgets.example/t/1"):
        note = Note(kind=NoteKind.OUTDATED, instead=Url(elsewhere))
        body = topic_page(sample_site(), replace(red_widget(), notes=(note,))).body.value
        assert f'<a href="{elsewhere}">Read the newer answer</a>' in body


def test_no_line_of_facts_is_empty() -> None:
    site = sample_site()
    bare = simple("bare", "Where?", "Here.")
    (member,) = bare.members
    question, reply = (replace(m, written_at=None, author=None, url=None) for m in member.thread.messages)
    bare = replace(bare, members=(replace(member, thread=replace(member.thread, messages=(question, reply))),))
    waits = waiting("undated", "When?", 1)
    (member,) = waits.members
    undated = replace(member.thread, messages=(replace(member.thread.question, written_at=None),))
    waits = replace(waits, members=(replace(member, thread=undated),))
    site = replace(site, grouping=replace(site.grouping, topics=(*site.grouping.topics, bare, waits)))
    for page in framed_pages(site):
        assert not re.search(r'<p class="faq-facts">\s*</p>', page.body.value), page.path


@pytest.mark.parametrize(
    ("topics", "words"),
    [
        ([], ""),
        (["open"], "1 question has no confirmed answer yet."),
        (["one"], "1 question answered."),
        (["one", "two"], "2 questions answered."),
        (["one", "twice"], "2 questions answered. Asked 3 times."),
        (
            ["one", "red", "open"],
            "2 questions answered. Asked 4 times in 3 places. 1 question has no confirmed answer yet.",
        ),
    ],
    ids=str,
)
def test_numbers_say_only_what_they_know(topics: list[str], words: str) -> None:
    twice = simple("twice", "Twice?", "Yes.")
    (member,) = twice.members
    key = ThreadKey(member.thread.key.source, "other")
    asker = author("somebody else")
    again = replace(member.thread, key=key, messages=(replace(member.thread.question, author=asker),))
    twice = replace(twice, members=(member, replace(member, thread=again, answer=None)))
    known = {
        "one": simple("one", "One?", "Yes."),
        "two": simple("two", "Two?", "Yes."),
        "twice": twice,
        "red": red_widget(),
        "open": waiting("open", "Open?", 1),
    }
    grouping = replace(sample_site().grouping, topics=tuple(known[name] for name in topics))
    shown = page_parts(replace(sample_site(), grouping=grouping))["numbers"].value
    assert shown == (f'<p class="faq-numbers">{words}</p>' if words else "")


def test_how_often_is_not_said_while_it_says_nothing() -> None:
    assert "Asked" not in page_of(sample_site(), "q/calibrate-a-widget/index.html").body.value


def test_anchors_are_those_of_the_messages_and_unique() -> None:
    forum, blog = ThreadKey("forum", "12"), ThreadKey("blog", "red-widget")
    founded_by_blog = replace(red_widget(), id=topic_id(blog))
    assert {key: str(name) for key, name in answer_anchors(founded_by_blog).items()} == {
        (str(blog), "2"): "answer-2",
        (str(forum), "2"): f"answer-2-{topic_id(forum)}",
    }
    assert 'id="answer-2"' in red()


def test_an_anchor_stays_with_the_thread_that_founded_the_page() -> None:
    forum = ThreadKey("forum", "12")
    founded_by_forum = replace(red_widget(), id=topic_id(forum))
    for members in (founded_by_forum.members, founded_by_forum.members[::-1]):
        assert str(answer_anchors(replace(founded_by_forum, members=members))[str(forum), "2"]) == "answer-2"


def test_report_and_edit_addresses_are_filled_in() -> None:
    body = red()
    there = "https%3A%2F%2Fanswers.widgets.example%2Ffaq%2Fq%2Fred-widget-shattered-in-the-rain%2F"
    assert f"https://widgets.example/report?page={there}" in body
    assert "https://code.widgets.example/faq/edit/main/content/threads/red%20widget.md" in body
    by_mail = replace(sample_site(), rules=replace(RULES, report_to="help@widgets.example"))
    assert 'href="mailto:help@widgets.example?subject=Something%20wrong' in red(by_mail)
    assert f"body={there}" in red(by_mail)
    assert "Something wrong" not in red(replace(sample_site(), rules=replace(RULES, report_to=None)))


def test_a_page_without_a_full_address_is_reported_where_that_needs_none() -> None:
    def body(target: str) -> str:
        return red(replace(sample_site(), rules=replace(RULES, site_url=None, report_to=target)))

    assert "Something wrong" not in body("https://widgets.example/report?page={url}")
    assert 'href="https://widgets.example/report"' in body("https://widgets.example/report")
    assert "body=q%2Fred-widget" in body("help@widgets.example")


def test_licences_get_the_attribution_that_they_demand() -> None:
    body = page_of(sample_site(), "q/stack-squeaking-widget/index.html").body.value
    line = re.search(r'<p class="faq-licence">.*?</p>', body)
    assert line
    for href in (
        "https://exchange.example/q/31",
        "https://exchange.example/users/7",
        "https://creativecommons.org/licenses/by-sa/4.0/",
    ):
        assert f'<a href="{href}" rel="noopener">' in line[0]
    assert "Widget Exchange" in line[0]
    assert '<a href="https://exchange.example/users/31" rel="noopener">' in body


def test_a_page_says_where_more_can_be_read() -> None:
    link_only = page_of(sample_site(), "q/link-only/index.html")
    assert "Read the answer where it was posted" in link_only.body.value
    assert "faq-body" not in link_only.body.value[: link_only.body.value.index("The question in full")]
    assert 'Answer"' not in link_only.head.value
    excerpt = page_of(sample_site(), "q/excerpt-only/index.html")
    assert "This is the beginning of the reply." in excerpt.body.value
    assert "Read the whole reply where it was posted" in excerpt.body.value
    assert "Long <em>story</em>." in excerpt.body.value
    assert "This is the beginning" not in red()


def test_the_language_of_a_topic_stands_on_its_page() -> None:
    assert page_of(sample_site(), "q/deutsch/index.html").lang == "de"
    assert page_of(sample_site(), "q/calibrate-a-widget/index.html").lang is None


def test_lists_have_pages_and_the_order_of_everyone_counting_the_same() -> None:
    site = sample_site()
    assert site.answered[0].slug == "red-widget-shattered-in-the-rain"
    assert [topic.slug for topic in site.waiting] == ["left-handed", "why-green"]
    third = page_of(site, "all/3/index.html").body.value
    assert third.count('<li class="faq-entry"') == 4
    assert '<a href="../../all/2/" rel="prev">2</a>' in third
    assert '<a href="../../all/3/" aria-current="page">3</a>' in third


def test_an_empty_site_has_its_pages() -> None:
    site = replace(sample_site(), grouping=replace(sample_site().grouping, topics=(), redirects=(), withdrawn=()))
    found = {page.path: page.body.value for page in framed_pages(site)}
    assert set(found) == {f"{name}/index.html" for name in ("all", "open", "open/replies", "tags", "places", "search")}
    assert "There are no answered questions yet." in found["all/index.html"]
    assert "Every question has an answer." in found["open/index.html"]


@pytest.mark.parametrize(
    ("tag", "slug"),
    [("rain", "rain"), ("Red Widget", "red-widget"), ("red_widget", "red-widget"), ("c", "c")],
)
def test_tags_that_are_ascii_keep_their_words(tag: str, slug: str) -> None:
    assert tag_slug(PublicText(tag)) == slug


@pytest.mark.parametrize("tag", ["con", "PRN", "aux", "nul", "com1", "lpt9"])
def test_tags_are_never_what_windows_keeps_for_itself(tag: str) -> None:
    assert re.fullmatch(rf"{tag.lower()}-[0-9a-f]{{8}}", tag_slug(PublicText(tag)))
    assert tag_slug(PublicText("console")) == "console"


def test_tags_that_lose_something_stay_apart() -> None:
    tags = ["c", "c++", "c#", "größe", "grosse", "größ", "日本", "中国", "x" * 80, "x" * 81, "-", "--a"]
    slugs = [tag_slug(PublicText(tag)) for tag in tags]
    assert len(set(slugs)) == len(tags)
    assert all(re.fullmatch(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", slug) for slug in slugs), slugs


def test_ids_can_be_resolved() -> None:
    site = sample_site()
    former = (("was-red", red_widget().id), ("was-withdrawn", "wd1"), ("was-waiting", "idwhy-gr"))
    site = replace(site, grouping=replace(site.grouping, former_ids=former))
    found = {path: json.loads(content) for path, content in id_files(site)}
    assert found["assets/faq/ids/wd.json"] == {"wd1": "withdrawn-topic"}
    assert found["assets/faq/ids/wa.json"] == {"was-red": red_widget().slug, "was-withdrawn": "withdrawn-topic"}
    assert found["assets/faq/ids/id.json"][red_widget().id] == red_widget().slug


@pytest.mark.parametrize("value", ["raw", None, True, 1.5, ("a",), b"a"])
def test_raw_text_cannot_reach_a_page(value: object, tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="raw text cannot reach a page"):
        only_public(value)
    (tmp_path / "faq").mkdir()
    (tmp_path / "faq" / "list.html").write_text("{{ title }}", encoding="utf-8")
    with pytest.raises(TypeError, match="raw text"):
        theme_templates([tmp_path]).render("list", title=value)


def test_a_company_replaces_single_templates(tmp_path: Path) -> None:
    (tmp_path / "faq").mkdir()
    (tmp_path / "faq" / "tags.html").write_text('<h1 id="page">{{ t("tags") }} of ours</h1>', encoding="utf-8")
    site = replace(sample_site(), templates=theme_templates([tmp_path]))
    assert page_of(site, "tags/index.html").body.value == '<h1 id="page">Tags of ours</h1>\n'
    assert "All questions" in page_of(site, "all/index.html").body.value


def test_no_template_switches_escaping_off() -> None:
    for path in (theme_folder() / "faq").glob("*.html"):
        assert not re.search(r"\|\s*safe|autoescape|Markup", path.read_text(encoding="utf-8")), path.name


def test_topics_without_an_answer_have_no_page() -> None:
    one = thread("forum", "1", "Why?", red_widget().members[0].thread.question)
    with pytest.raises(ValueError, match="no page"):
        topic_page(sample_site(), topic("why", (one, None)))


def test_a_site_without_an_address_still_links_within_itself() -> None:
    site = replace(sample_site(), rules=replace(RULES, site_url=None))
    assert "url" not in structured(page_of(site, "q/calibrate-a-widget/index.html"))
    assert 'href="../../q/calibrate-a-widget/"' in red(site)


def test_every_table_of_labels_has_the_same_keys() -> None:
    keys = set(TABLES["en"])
    assert all(set(table) == keys for table in TABLES.values())


def test_labels_escape_words_and_values() -> None:
    labels = Labels("xx", {"a.one": "<{n}> {x}", "a.other": "{n} & {x}"})
    assert labels("a", n=1, x=Label("<b>")).value == "&lt;1&gt; &lt;b&gt;"
    assert labels("a", n=1234, x=PublicText('"')).value == "1,234 &amp; &quot;"


def test_the_shell_is_plain_data() -> None:
    data = json.loads(json.dumps(theme_values(RULES)))
    assert data["client"]["ask"] == [
        {"name": "Widget forum", "url": "https://forum.widgets.example/new?title={question}"}
    ]
    assert data["client"]["contact"] == "https://widgets.example/contact"
    assert data["client"]["labels"]["results.other"] == "{n} answers"


@pytest.mark.parametrize("contact", ["help@widgets.example", "mailto:help@widgets.example"])
def test_people_can_be_reached_by_mail(contact: str) -> None:
    client = theme_values(replace(RULES, contact=contact))["client"]
    assert isinstance(client, dict)
    assert client["contact"] == "mailto:help@widgets.example"


def test_the_order_of_the_input_does_not_matter() -> None:
    site = sample_site()
    grouping = replace(site.grouping, topics=tuple(reversed(site.grouping.topics)))
    shuffled = {page.path: page for page in framed_pages(replace(site, grouping=grouping))}
    assert shuffled == {page.path: page for page in framed_pages(site)}


def test_profile_links_of_strangers_are_not_vouched_for() -> None:
    assert '<a href="https://forum.widgets.example/u/ada" rel="nofollow ugc noopener">' in red()
    assert Url("https://forum.widgets.example/u/ada").host == "forum.widgets.example"


def test_templates_are_found_in_the_package() -> None:
    assert isinstance(theme_templates(), Templates)
    assert (theme_folder() / "faq" / "topic.html").is_file()
