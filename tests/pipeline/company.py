"""A company's repository, started by `faq init`, and the people who change it."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from hosts import Done, Host, replace_folder
from published import Published, ledger_rows, web_server

from faq_builder.cli import main
from faq_builder.staff.start import SAMPLE
from scratch_git import Git, start_repository

Change: TypeAlias = Callable[[Path], object]

CONFIG = """\
site_name: Widgets
site_url: {url}
docs_dir: content/pages
theme: {{name: material, font: false}}
plugins:
  - faq:
      sources:
        - {{key: blog, place: The blog, base_url: "https://blog.widgets.example", permission: full}}
        - {{key: se, place: The exchange, base_url: "https://se.example", permission: full, path: dump}}
"""
# More than twenty, so that `faq lock` accepts the loss of one thread and only the gate refuses it.
QUESTIONS = """\
red Why did my red widget shatter in the rain?
hum What does the humming at night mean?
return How long may I send a parcel back?
invoice Where do I download last month's invoice?
cat My cat sleeps on it, is that dangerous?
kettle Does a kettle on the same socket disturb it?
wheel The left wheel squeaks, which oil do you recommend?
paint Can I paint the housing green?
frost Will frost on the balcony harm the sensor?
password I forgot my password and the letter never came
usb Which USB cable charges fastest?
voucher The voucher from your newsletter is refused
language How do I switch the display to Norwegian?
dishwasher May the drip tray go into the dishwasher?
firmware Firmware update stops at forty percent
warranty Is scratched glass covered by warranty?
smoke White smoke rises during the first minutes
moving We are moving house, what about our subscription?
magnet Do strong magnets erase its memory?
insects Ants crawled in through the vent
school Do teachers get a discount for classrooms?
holiday What should I unplug before a long holiday?
"""
EXCHANGE = (
    "Which battery fits?",
    "Can a magpie steal the antenna?",
    "Does the hub need the internet?",
    "Where is the fuse?",
)


def thread(name: str, title: str, answer: str = "", url: str = "") -> Change:
    """Return a change that writes a thread of the blog."""
    url = url or f"https://blog.widgets.example/{name}#comment-1"
    answer = answer or f"About {name}: our workshop looked into it, here is what helps."
    text = f'---\ntitle: "{title}"\nurl: {url}\n---\n\n## Answer\n\n{answer}\n'
    return write(f"content/threads/{name}.md", text)


def write(path: str, text: str) -> Change:
    """Return a change that writes a file."""

    def change(folder: Path) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")

    return change


def edit(path: str, old: str, new: str) -> Change:
    """Return a change that replaces a text in a file; the text must be there."""

    def change(folder: Path) -> None:
        text = (folder / path).read_text(encoding="utf-8")
        assert old in text
        (folder / path).write_text(text.replace(old, new), encoding="utf-8")

    return change


def delete(path: str) -> Change:
    """Return a change that deletes a file."""
    return lambda folder: (folder / path).unlink()


def decide(name: str, decision: str) -> Change:
    """Return a change that writes a decision, such as `hide: blog:x`."""
    text = f"version: 1\ndecisions:\n  - {decision}\n    reason: Somebody looked.\n"
    return write(f"content/decisions/{name}.yml", text)


def export(numbers: range) -> Change:
    """Return a change that writes an export of the exchange with the questions of these numbers."""
    posts = ""
    for number in numbers:
        asked, answered = 10 + number, 110 + number
        posts += (
            f'<row Id="{asked}" PostTypeId="1" AcceptedAnswerId="{answered}" OwnerUserId="5" '
            f'CreationDate="2020-01-0{number + 1}T00:00:00.000" Body="Please tell." Title="{EXCHANGE[number]}" />\n'
            f'<row Id="{answered}" PostTypeId="2" ParentId="{asked}" OwnerUserId="6{number}" '
            f'CreationDate="2020-02-0{number + 1}T00:00:00.000" Body="Answer number {number}." />\n'
        )
    return write("dump/Posts.xml", f'<?xml version="1.0" encoding="utf-8"?>\n<posts>\n{posts}</posts>\n')


@dataclass
class Company:
    """The repository, the code hosts that take turns to hold it, the published site, and a person's clone."""

    hosts: tuple[Host, ...]
    published: Published
    person: Git
    merges: int = 0
    ledger: dict[str, dict[str, object]] = field(default_factory=dict)  # the rows at the last publication

    @classmethod
    def start(cls, hosts: tuple[Host, ...], published: Published, folder: Path) -> "Company":
        """Start a repository with the files of a new site and all questions so far."""
        assert main(["init", str(folder)]) == 0
        (folder / SAMPLE).unlink()
        write("mkdocs.yml", CONFIG.format(url=published.url))(folder)
        for line in QUESTIONS.splitlines():
            thread(*line.split(" ", 1))(folder)
        export(range(4))(folder)
        return cls(hosts, published, start_repository(folder, hosts[0].origin))

    @property
    def host(self) -> Host:
        """The code host whose pipeline runs now."""
        return self.hosts[self.merges % len(self.hosts)]

    # people ----------------------------------------------------------------------------------------------------------

    def propose(self, branch: str, *changes: Change, base: str = "origin/main") -> Done:
        """Push a branch with changes, as for a pull request, and run the check of the host."""
        self.person("fetch", "--quiet", "origin")
        self.person("checkout", "--quiet", "--no-track", "-B", branch, base)
        self._commit(branch, *changes)
        self.person("push", "--quiet", "origin", branch)
        before = self.head()
        preview = self.host.preview(branch)
        assert self.head() == before, "a pull request pushes nothing"
        return preview

    def merge(self, branch: str) -> None:
        """Merge a branch on the host."""
        self._check_out_main()
        self.person("merge", "--quiet", "--no-ff", "--no-edit", f"origin/{branch}")
        self.person("push", "--quiet", "origin", "main")
        self.merges += 1

    def commit(self, *changes: Change) -> None:
        """Commit changes to the main branch, as the web editor does."""
        self._check_out_main()
        self._commit("Straight to main", *changes)
        self.person("push", "--quiet", "origin", "main")
        self.merges += 1

    def _check_out_main(self) -> None:
        self.person("fetch", "--quiet", "origin")
        self.person("checkout", "--quiet", "-B", "main", "origin/main")

    def _commit(self, message: str, *changes: Change) -> None:
        for change in changes:
            change(self.person.folder)
        self.person("add", "-A")
        self.person("commit", "--quiet", "-m", message)

    # the host --------------------------------------------------------------------------------------------------------

    def head(self) -> str:
        """Return the commit of the main branch."""
        return self.person("--git-dir", str(self.host.origin), "rev-parse", "main").strip()

    def rows(self) -> dict[str, dict[str, object]]:
        """Return the ledger rows on the main branch, by id."""
        return ledger_rows(self.person("--git-dir", str(self.host.origin), "show", "main:content/ledger.jsonl"))

    def publish(self, hook: str = "", **settings: str) -> Done:
        """Run the publishing job. If it passes, publish its site and check that no published path is lost."""
        self.host.settings = settings
        before = self.head()
        done = self.host.publish(hook)
        self.host.settings = {}
        if done.code:
            assert self.head() == before, "a failed job must not push the ledger"
            return done
        replace_folder(self.published.folder, done.folder / self.host.site)
        self._check_nothing_lost()
        self._check_second_run_changes_nothing(done.folder)
        return done

    def _check_nothing_lost(self) -> None:
        assert self.published.lost() == set()
        now = self.rows()
        assert now.keys() >= self.ledger.keys()
        slugs = {slug for row in now.values() for slug in (row["slug"], *row.get("former_slugs", []))}  # type: ignore[misc]
        assert {path.removeprefix("q/") for path in self.published.promised if path.startswith("q/")} <= slugs
        self.ledger = now

    def _check_second_run_changes_nothing(self, folder: Path) -> None:
        head, site = self.head(), tree(self.published.folder)
        again = self.host.publish(folder=folder)
        assert again.code == 0, again.log
        assert self.head() == head
        assert tree(again.folder / self.host.site) == site

    # readers ---------------------------------------------------------------------------------------------------------

    def questions(self) -> set[str]:
        """Return the questions that the published site answers."""
        topics = json.loads((self.published.folder / "topics.json").read_text(encoding="utf-8"))
        return {topic["question"] for topic in topics if topic["answer"]}

    def page(self, slug: str) -> str:
        """Return the HTML of a published topic page."""
        return (self.published.folder / "q" / slug / "index.html").read_text(encoding="utf-8")


@contextmanager
def started(hosts: tuple[type[Host], ...], path: str, folder: Path) -> Iterator[Company]:
    """Give a company whose web server runs; `path` is the PATH of its jobs."""
    (folder / ".curlrc").write_text(
        "retry-max-time = 1\n", encoding="utf-8"
    )  # without it jobs wait seconds for a dead site
    with web_server(folder / "published") as published:
        origin = folder / "origin.git"
        yield Company.start(tuple(host(origin, folder, path) for host in hosts), published, folder / "person")


def tree(folder: Path) -> dict[str, bytes]:
    """Return the content of every file below a folder, by path."""
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()}
