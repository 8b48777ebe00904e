"""Every command of the documentation is run as it is written, page by page, and prints what the page says.

In a page a block `sh` holds commands, one a line; `# ends with 1` names an exit code other than 0. A block `text` right
after it is what they print: these lines in this order, `…` for whatever is left out. A block with `title="FILE"` is
saved as that file. The tutorial starts in an empty folder, every other page in a copy of the one that the tutorial ends
with.
"""

import contextlib
import io
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from book import PAGES, Block, blocks

from example import ROOT
from faq_builder import __version__
from faq_builder.cli import main

WHEEL = f"./faq_builder-{__version__}-py3-none-any.whl"
PATIENCE = 60  # seconds until a served site must have answered
_SHELL = re.compile(r"[|&;<>$`]")
_ENDS = re.compile(r"#\s*ends with (\d+)")


@dataclass
class Reader:
    """Somebody who types what a page says."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch
    served: set[str] = field(default_factory=set)

    def follow(self, text: str) -> None:
        """Do everything that a page says, in its order."""
        assert shutil.which("git"), "the documentation needs git"
        printed: list[str] | None = None
        for block in blocks(text):
            if block.language == "sh":
                printed = [line for command in block.text.splitlines() for line in self._type(command)]
            elif block.language == "text" and block.title is None and printed is not None:
                assert_prints(block.text.splitlines(), printed)
                printed = None
            else:
                printed = None
                self._save(block)

    def _save(self, block: Block) -> None:
        if block.title is not None:
            path = self.folder / block.title
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")

    def _type(self, line: str) -> list[str]:
        """What a command prints."""
        command = " ".join(shlex.split(line, comments=True))
        ends = _ENDS.search(line)
        for beginning, instead in INSTEAD.items():
            if command.startswith(beginning):
                instead(self, command)
                return []
        if command.startswith("faq ") and not _SHELL.search(command):
            code, output = self._faq(shlex.split(line, comments=True)[1:])
        elif command:
            ran = subprocess.run(
                ["bash", "-c", line], cwd=self.folder, env=environment(), stdout=-1, stderr=-2, text=True, check=False
            )
            code, output = ran.returncode, ran.stdout
        else:
            return []
        assert code == (int(ends[1]) if ends else 0), f"{line}\n{output}"
        return output.splitlines()

    def _faq(self, arguments: list[str]) -> tuple[int, str]:
        """Run a command of ours in this process, which is quicker."""
        output = io.StringIO()
        self.monkeypatch.chdir(self.folder)
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            code = main(arguments)
        return code, output.getvalue()

    def enter(self, command: str) -> None:
        """`cd FOLDER`"""
        self.folder /= command.removeprefix("cd ")
        assert self.folder.is_dir()

    def install(self, command: str) -> None:
        """Installing is tried by the tests of the wheel; here the file must have the right name."""
        (what,) = re.findall(r"\binstall (?:--?\w+ )?(\S+)", command)
        assert what.removesuffix("[meaning]") == WHEEL or (self.folder / what).name == "requirements.txt"

    def make(self, command: str) -> None:
        """`make TARGET` would run this test, too; here the target must exist."""
        ran = subprocess.run(
            ["make", "-n", *command.split()[1:]], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stderr

    def serve(self, command: str) -> None:
        """`faq serve` at a free port, asked for the home page and stopped; once for all pages that say the same."""
        if command in self.served:
            return
        self.served.add(command)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = "{}:{}".format(*free.getsockname())
        arguments = [*command.removesuffix(" --dev-addr 127.0.0.1:8001").split()[1:], "--dev-addr", address]
        with subprocess.Popen(
            [sys.executable, "-m", "faq_builder", *arguments],
            cwd=self.folder,
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as server:
            try:
                assert b"<title>" in answer(f"http://{address}/", server)
            finally:
                server.terminate()

    def nothing(self, command: str) -> None:
        """What only concerns the reader's own shell."""


INSTEAD: dict[str, Callable[[Reader, str], None]] = {
    "cd ": Reader.enter,
    "python3 -m venv ": Reader.nothing,
    ". .venv/bin/activate": Reader.nothing,
    "pip install ": Reader.install,
    "pipx install ": Reader.install,
    "uv tool install ": Reader.install,
    "make ": Reader.make,
    "faq serve": Reader.serve,
}
"""Commands that are not run as they are written, by their beginning, and what is done in their place."""


def answer(url: str, server: subprocess.Popen[bytes]) -> bytes:
    """The home page of a server that is just starting."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE) as response:
                return response.read()
        except urllib.error.URLError:
            assert server.poll() is None, "the server has ended"
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.1)


def environment() -> dict[str, str]:
    """What the shell of a reader knows: the command `faq`, and who they are for git."""
    who = {f"GIT_{who}_{what}": "mona@widgets.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, **who, "PATH": path, "PYTHONPATH": str(ROOT), "GIT_CONFIG_GLOBAL": os.devnull}


def assert_prints(expected: list[str], printed: list[str]) -> None:
    """Every expected line was printed, in this order; `…` stands for anything."""
    rest = iter(line.rstrip() for line in printed)
    for line in expected:
        pattern = ".*".join(re.escape(part) for part in line.split("…"))
        assert any(re.fullmatch(pattern, other) for other in rest), f"not printed: {line}\n" + "\n".join(printed)


@pytest.fixture(scope="module")
def served() -> set[str]:
    """The ways to serve that were tried."""
    return set()


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory, served: set[str]) -> Path:
    """The folder at the end of the tutorial."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        reader = Reader(tmp_path_factory.mktemp("tutorial"), monkeypatch, served)
        reader.follow(PAGES["tutorial.md"])
    return reader.folder


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, served: set[str]) -> Reader:
    """Somebody in an empty folder."""
    return Reader(tmp_path, monkeypatch, served)


def test_the_tutorial_ends_with_a_committed_site(finished: Path) -> None:
    assert finished.name == "widget-answers"
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=finished, capture_output=True, text=True, check=True
    ).stdout.split()
    assert {"content/threads/forum/23.md", "content/threads/blog/glue.md", "content/decisions/ours.yml"} <= set(tracked)
    assert not {"content/exports/forum.json", "content/ledger.jsonl"} & set(tracked)
    assert len(list((finished / "site/q").glob("*/index.html"))) == 3


@pytest.mark.parametrize("page", [name for name in PAGES if name != "tutorial.md" and blocks(PAGES[name], "sh")])
def test_a_page_does_what_it_says(page: str, finished: Path, reader: Reader) -> None:
    reader.folder /= "answers"
    shutil.copytree(finished, reader.folder)
    reader.follow(PAGES[page])


def test_the_readme_does_what_it_says(reader: Reader) -> None:
    reader.follow((ROOT / "README.md").read_text(encoding="utf-8"))
    assert (reader.folder / "mkdocs.yml").exists()


def test_the_readme_of_a_new_site_does_what_it_says(reader: Reader) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=reader.folder, check=True)
    reader._faq(["init"])
    reader.follow((reader.folder / "README.md").read_text(encoding="utf-8"))
    assert (reader.folder / "site/index.html").exists()


def test_the_readme_of_exports_does_what_it_says(finished: Path, reader: Reader) -> None:
    shutil.copytree(finished, reader.folder, dirs_exist_ok=True)
    exports = reader.folder / "content/exports"
    with zipfile.ZipFile(exports / "forum.zip", "w") as archive:
        archive.write(exports / "forum.json", "forum.json")
    reader.follow((exports / "README.md").read_text(encoding="utf-8"))


def test_a_line_that_is_not_printed_is_noticed() -> None:
    assert_prints(["a", "…", "b … d"], ["a", "x", "b c d"])
    for expected in (["b", "a"], ["c"], ["a b …"]):
        with pytest.raises(AssertionError, match="not printed"):
            assert_prints(expected, ["a", "b"])


def test_a_command_that_ends_otherwise_is_noticed(reader: Reader) -> None:
    reader.follow("```sh\nfalse  # ends with 1\nfaq explain NONE  # ends with 2\n```\n")
    for command in ("false", "faq explain NONE", "true  # ends with 1"):
        with pytest.raises(AssertionError):
            reader.follow(f"```sh\n{command}\n```\n")
