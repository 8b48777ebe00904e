"""`faq gate` on sites that were really built: what may be published, and that every published URL still works."""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pytest

from faq_builder.cli import main
from faq_builder.publish.manifest import MANIFEST, Manifest, PageKind, read_manifest

CONFIG = """\
site_name: Widgets
site_url: https://faq.widgets.example/
docs_dir: content/pages
theme: {name: material, font: false}
plugins:
  - faq:
      sources:
        - {key: blog, place: The blog, base_url: "https://blog.widgets.example", permission: full}
        - {key: se, place: The exchange, base_url: "https://se.example", permission: full, path: content/exports/se}
"""
THREADS = {
    "red": ("Why did my red widget shatter in the rain?", "Red widgets are for indoors. The blue one likes rain."),
    "hum": ("What does the humming at night mean?", "It is the night charge. Turn it off in the menu."),
    "return": ("How long may I send a parcel back?", "Thirty days, unopened or not."),
}
QUESTIONS = ("Which battery fits?", "Can I paint it green?", "Does the hub need the internet?", "Where is the fuse?")
ANSWERERS = (61, 62, 63, 64)


def markdown(name: str) -> str:
    title, answer = THREADS[name]
    return f"---\ntitle: {title}\nurl: https://blog.widgets.example/{name}#comment-1\n---\n\n## Answer\n\n{answer}\n"


def dump(numbers: range, first_id: int = 10) -> str:
    """Return a dump of some questions, each with an accepted answer by a different account."""
    rows = ""
    for number in numbers:
        asked, answered = first_id + number, first_id + number + 100
        rows += (
            f'<row Id="{asked}" PostTypeId="1" AcceptedAnswerId="{answered}" OwnerUserId="5" '
            f'CreationDate="2020-01-0{number + 1}T00:00:00.000" Body="Please tell." Title="{QUESTIONS[number]}" />\n'
            f'<row Id="{answered}" PostTypeId="2" ParentId="{asked}" OwnerUserId="{ANSWERERS[number]}" '
            f'CreationDate="2020-02-0{number + 1}T00:00:00.000" Body="Answer number {number}." />\n'
        )
    return f'<?xml version="1.0" encoding="utf-8"?>\n<posts>\n{rows}</posts>\n'


@dataclass(frozen=True)
class World:
    """A site that was published, and the content from which the next one is built."""

    folder: Path
    output: pytest.CaptureFixture[str]

    @property
    def config(self) -> str:
        return str(self.folder / "mkdocs.yml")

    @property
    def site(self) -> Path:
        return self.folder / "site"

    @property
    def published(self) -> Path:
        return self.folder / "published.json"

    @property
    def report(self) -> str:
        return (self.folder / "report.md").read_text(encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        file = self.folder / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def faq(self, command: str, *arguments: str) -> int:
        return main([command, "-f", self.config, *arguments])

    def gate(self, *arguments: str) -> int:
        """Build, then compare with what is published; earlier output is discarded."""
        self.faq("build")
        return self.gate_only(*arguments)

    def gate_only(self, *arguments: str) -> int:
        self.output.readouterr()
        report = str(self.folder / "report.md")
        return self.faq("gate", "--published", str(self.published), "--report", report, *arguments)

    def errors(self) -> str:
        return self.output.readouterr().err

    def everything_lives(self) -> bool:
        """Whether each published page still exists in the new site, and every target of a redirect."""
        old, new = manifest(self.published), manifest(self.site / MANIFEST)
        gone = [
            page.site_path for page in old.pages if page.kind is not PageKind.LIST and not self._lives(page.site_path)
        ]
        gone += [page.target for page in new.pages if page.target and not self._lives(page.target)]
        return gone == []

    def _lives(self, site_path: str) -> bool:
        return (self.site / unquote(site_path) / "index.html").is_file()


def manifest(file: Path) -> Manifest:
    found, findings = read_manifest(file.read_bytes(), "it")
    assert found is not None, findings
    return found


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that was locked, built and published."""
    folder = tmp_path_factory.mktemp("first")
    (folder / "content/pages").mkdir(parents=True)
    (folder / "content/threads").mkdir()
    (folder / "content/exports/se").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    for name in THREADS:
        (folder / f"content/threads/{name}.md").write_text(markdown(name), encoding="utf-8")
    (folder / "content/exports/se/Posts.xml").write_text(dump(range(4)), encoding="utf-8")
    (folder / "content/pages/about.md").write_text("# About\n", encoding="utf-8")
    assert main(["lock", "-f", str(folder / "mkdocs.yml")]) == 0
    assert main(["build", "--locked", "-f", str(folder / "mkdocs.yml")]) == 0
    shutil.copy(folder / "site" / MANIFEST, folder / "published.json")
    return folder


@pytest.fixture
def world(first_day: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> World:
    shutil.copytree(first_day, tmp_path / "world")
    return World(folder=tmp_path / "world", output=capsys)


# nothing is lost -----------------------------------------------------------------------------------------------------


def test_the_manifest_names_every_page_and_counts_each_source(world: World) -> None:
    made = manifest(world.site / MANIFEST)
    files = {p.relative_to(world.site).as_posix() for p in world.site.rglob("*.html")} - {"404.html"}
    assert {f"{unquote(page.site_path)}index.html" for page in made.pages} == files
    assert {key: (count.topics, count.threads) for key, count in made.sources.items()} == {"blog": (3, 3), "se": (4, 4)}
    assert {page.kind for page in made.pages} == {PageKind.TOPIC, PageKind.LIST, PageKind.PAGE}


def test_the_same_site_may_be_published(world: World) -> None:
    assert world.gate() == 0
    captured = world.output.readouterr()
    assert captured.out.endswith("7 answered topics: nothing changes for readers\n")
    assert captured.err == ""
    assert "Nothing changes for readers." in world.report


def test_a_new_topic_is_a_preview_until_it_is_locked(world: World) -> None:
    world.write("threads/new.md", markdown("red").replace("red#", "new#").replace("in the rain", "when I sang to it"))
    assert world.gate() == 0
    assert "## Added (1)" in world.report
    assert "| blog | 3 → 4 | 3 → 4 | 0 |" in world.report
    assert "shatter when I sang to it? (blog): a preview; its URL is not permanent yet\n" in world.report
    assert world.faq("lock") == 0
    assert world.gate() == 0
    assert "shatter when I sang to it?](https://faq.widgets.example/q/" in world.report
    assert "preview" not in world.report


def test_a_merge_loses_nothing(world: World) -> None:
    decision = "version: 1\ndecisions:\n  - same: [blog:red#comment-1, blog:return#comment-1]\n    reason: Because.\n"
    world.write("decisions/a.yml", decision)
    assert world.gate() == 0, world.errors()
    assert world.everything_lives()
    assert "## Merged (1)" in world.report
    assert "1 thread from blog added" in world.report
    assert world.faq("lock") == 0
    assert world.gate() == 0, "the ledger says the same"
    assert "## Merged (1)" in world.report

    shutil.copy(world.site / MANIFEST, world.published)
    assert world.gate() == 0
    assert "Nothing changes for readers." in world.report


def test_a_split_page_leads_to_what_left_it(world: World) -> None:
    decision = "version: 1\ndecisions:\n  - {}: [blog:red#comment-1, blog:hum#comment-1]\n    reason: Because.\n"
    world.write("decisions/a.yml", decision.format("same"))
    assert world.faq("lock") == 0
    world.gate()
    shutil.copy(world.site / MANIFEST, world.published)
    world.write("decisions/a.yml", decision.format("apart"))
    for locks in (False, True):
        assert not locks or world.faq("lock") == 0
        assert world.gate() == 0, world.errors()
        assert world.everything_lives()
        (split,) = (page for page in world.site.glob("q/*/index.html") if "has moved:" in page.read_text("utf-8"))
        (link,) = re.findall(r'has moved:.*?href="([^"]*)"', split.read_text("utf-8"), re.DOTALL)
        assert (split.parent / link / "index.html").is_file()


def test_a_retitled_topic_keeps_its_url(world: World) -> None:
    world.write("threads/red.md", markdown("red").replace("shatter in the rain", "break on the balcony"))
    assert world.gate() == 0
    assert world.everything_lives()
    (line,) = (line for line in world.report.splitlines() if "new headline" in line)
    assert "q/why-did-my-red-widget-shatter-in-the-rain/" in line


def test_another_answer_is_a_change(world: World) -> None:
    world.write("threads/red.md", markdown("red").replace("likes rain", "loves rain"))
    assert world.gate() == 0
    assert "?](https://faq.widgets.example/q/why-did-my-red-widget-shatter-in-the-rain/): new text" in world.report


# taken out by people -------------------------------------------------------------------------------------------------

OPT_OUT = 'version: 1\npeople:\n  - source: se\n    id: "62"\n    remove: text\n'
HIDE = "version: 1\ndecisions:\n  - hide: blog:return#comment-1\n    reason: It was wrong.\n"


@pytest.mark.parametrize(("file", "text", "source"), [("optout.yml", OPT_OUT, "se"), ("decisions/a.yml", HIDE, "blog")])
def test_what_people_took_out_needs_no_acceptance(world: World, file: str, text: str, source: str) -> None:
    world.write(file, text)
    assert world.gate() == 0, world.errors()
    assert "error" not in world.errors()
    assert world.everything_lives()
    assert "## Withdrawn (1)" in world.report
    (gone,) = (p for p in manifest(world.site / MANIFEST).pages if p.kind is PageKind.WITHDRAWN)
    assert gone.id == manifest(world.published).by_site_path[gone.site_path].id
    (row,) = (line for line in world.report.splitlines() if line.startswith(f"| {source} |"))
    assert row.endswith("| 1 |")
    assert "Can I paint it" not in world.report, "a withdrawn question is not repeated"
    assert "send a parcel" not in world.report


def test_an_opt_out_excuses_no_other_loss(world: World) -> None:
    world.write("optout.yml", OPT_OUT)
    world.write("exports/se/Posts.xml", dump(range(3)))
    assert world.gate() == 1
    assert "source se lost 1 of its 4 answered topics" in world.errors()


# lost by accident ----------------------------------------------------------------------------------------------------


def vanish(world: World) -> None:
    shutil.rmtree(world.folder / "content/exports/se")


def halve(world: World) -> None:
    world.write("exports/se/Posts.xml", dump(range(2)))


def cut_off(world: World) -> None:
    text = dump(range(4))
    world.write("exports/se/Posts.xml", text[: len(text) // 2])


def break_file(world: World) -> None:
    world.write("threads/red.md", "---\ntitle: Error: it broke\n---\n")


def delete(world: World) -> None:
    (world.folder / "content/threads/red.md").unlink()


LOSSES = [
    (vanish, "se lost 4 of its 4"),
    (halve, "se lost 2 of its 4"),
    (cut_off, "se lost"),
    (break_file, "blog lost 1 of its 3"),
    (delete, "blog lost 1 of its 3"),
]


@pytest.mark.parametrize(("accident", "message"), LOSSES, ids=lambda value: getattr(value, "__name__", ""))
def test_a_loss_stops_publishing_until_it_is_accepted(
    world: World, accident: Callable[[World], None], message: str
) -> None:
    accident(world)
    assert world.gate() == 1
    err = world.errors()
    source = message.split(maxsplit=1)[0]
    assert f"{MANIFEST}:{source}: error[FAQ775]: source {message}" in err
    assert err.count("error[") == 1
    assert "**This must not be published:**" in world.report
    assert "## Withdrawn" in world.report
    assert world.everything_lives()

    assert world.gate_only("--accept-loss", source) == 0
    assert "the loss was accepted" in world.errors()
    other = "blog" if source == "se" else "se"
    assert world.gate_only("--accept-loss", other) == 1
    assert "FAQ780" in world.errors()


def test_new_topics_do_not_make_up_for_lost_ones(world: World) -> None:
    old, new = dump(range(2)), dump(range(2, 4), first_id=1000)
    world.write("exports/se/Posts.xml", old.replace("</posts>\n", new[new.index("<row") :]))
    assert world.gate() == 1
    assert "source se lost 2 of its 4 answered topics" in world.errors()
    assert "| se | 4 | 4 | 0 |" in world.report


# URLs ----------------------------------------------------------------------------------------------------------------


def test_a_url_that_the_ledger_lost_stops_publishing_whatever_is_accepted(world: World) -> None:
    world.write("ledger.jsonl", "")
    world.write("threads/red.md", markdown("red").replace("shatter in the rain", "break on the balcony"))
    assert world.gate("--accept-loss", "blog") == 1
    err = world.errors()
    assert f"{MANIFEST}:q/why-did-my-red-widget-shatter-in-the-rain/: error[FAQ774]" in err
    assert "ledger.jsonl" in err
    assert "## Lost pages (1)" in world.report
    assert not world.everything_lives()


def test_a_page_of_the_company_that_is_gone_stops_publishing(world: World) -> None:
    (world.folder / "content/pages/about.md").unlink()
    assert world.gate() == 1
    assert f"{MANIFEST}:about/: error[FAQ774]" in world.errors()


def test_a_list_that_is_gone_is_a_warning(world: World) -> None:
    vanish(world)
    assert world.gate("--accept-loss", "se") == 0
    assert f"{MANIFEST}:places/se/: warning[FAQ777]" in world.errors()
    assert world.gate_only("--accept-loss", "se", "--fail-on", "warning") == 1


def test_files_that_something_deleted_after_the_build(world: World) -> None:
    (page,) = world.site.glob("q/why-did*/index.html")
    page.unlink()
    assert world.gate_only() == 1
    assert "error[FAQ779]" in world.errors()


def test_another_host_is_a_warning(world: World) -> None:
    config = world.folder / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("faq.widgets", "help.widgets"), encoding="utf-8")
    assert world.gate() == 0
    assert "warning[FAQ776]" in world.errors()


# the published manifest ----------------------------------------------------------------------------------------------


def edited(change: Callable[[dict[str, object]], object]) -> Callable[[bytes], bytes]:
    def edit(content: bytes) -> bytes:
        record = json.loads(content)
        change(record)
        return json.dumps(record).encode()

    return edit


UNREADABLE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda _: b"", "FAQ771"),
    "an error page": (lambda _: b"<!doctype html><title>404</title>", "FAQ771"),
    "cut off": (lambda content: content[:-40], "FAQ771"),
    "not UTF-8": (lambda _: b"\xff\xfe", "FAQ771"),
    "a list": (lambda _: b"[]", "FAQ771"),
    "without end": (lambda _: b"[" * 100_000, "FAQ771"),
    "a web manifest": (lambda _: b'{"name": "Widgets"}', "FAQ771"),
    "a version that is none": (edited(lambda r: r.update(version=True)), "FAQ771"),
    "a newer version": (edited(lambda r: r.update(version=2)), "FAQ772"),
    "no pages": (edited(lambda r: r.update(pages=[])), "FAQ771"),
    "pages that are none": (edited(lambda r: r.update(pages=[1])), "FAQ771"),
    "a page twice": (edited(lambda r: r["pages"].append(r["pages"][0])), "FAQ771"),  # type: ignore[attr-defined, index]
    "a page outside": (edited(lambda r: r["pages"].append({"address": "../x", "kind": "page"})), "FAQ771"),  # type: ignore[attr-defined]
    "a kind that is none": (edited(lambda r: r["pages"].append({"address": "x", "kind": "oak"})), "FAQ771"),  # type: ignore[attr-defined]
    "no sources": (edited(lambda r: r.pop("sources")), "FAQ771"),
    "a topic perhaps locked": (edited(lambda r: r["pages"][-1].update(unlocked="no")), "FAQ771"),  # type: ignore[index]
    "counts that are wrong": (edited(lambda r: r["sources"]["se"].update(topics=3)), "FAQ771"),  # type: ignore[index]
    "taken out of nothing": (edited(lambda r: r.update(taken_out={"x": 1})), "FAQ771"),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_a_manifest_that_cannot_be_read_fails(world: World, what: str) -> None:
    break_it, code = UNREADABLE[what]
    world.published.write_bytes(break_it(world.published.read_bytes()))
    assert world.gate_only("--accept-loss", "se", "--accept-loss", "blog") == 1
    err = world.errors()
    assert f"published.json: error[{code}]" in err
    assert "  help: " in err
    assert "**This must not be published:**" in world.report
    assert code in world.report


def test_a_manifest_that_is_missing_fails(world: World) -> None:
    world.published.unlink()
    assert world.gate_only() == 1
    assert "published.json: error[FAQ770]" in (err := world.errors())
    assert "--first" in err


def test_a_site_that_was_not_built_fails(world: World) -> None:
    (world.site / MANIFEST).unlink()
    assert world.gate_only() == 1
    assert "error[FAQ773]" in world.errors()
    assert world.gate_only("--site-dir", str(world.folder / "nowhere")) == 1


def test_the_published_folder_will_do(world: World) -> None:
    published = world.folder / "gh-pages"
    published.mkdir()
    arguments = ("gate", "-f", world.config, "--published", str(published))
    assert main(arguments) == 1
    assert "gh-pages/faq-manifest.json: error[FAQ770]" in world.errors()
    shutil.copy(world.published, published / MANIFEST)
    assert main(arguments) == 0


def test_the_first_time(world: World) -> None:
    world.published.unlink()
    assert world.gate_only("--first") == 0
    assert "## Added (9)" in world.report  # seven topics, home, about
    assert main(["gate", "-f", world.config, "--first"]) == 0


def test_only_the_first_time_is_the_first(world: World) -> None:
    assert world.gate_only("--first") == 1
    assert "error[FAQ781]" in world.errors()


def test_the_gate_wants_to_know_what_is_published(world: World) -> None:
    assert main(["gate", "-f", world.config]) == 2
    assert "--published" in world.errors()
