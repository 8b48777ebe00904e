"""Every command of the documentation is run as it is written, page by page, and prints what the page says.

On a page a block `sh` holds commands, one in each line; `# ends with 1` names an exit code other than 0. A block `text`
right after it holds the output: these lines in this order, with `…` for omitted text. A block with `title="FILE"` is
saved as that file. The tutorial starts in an empty folder, every other page in a copy of the folder at the end of the
tutorial.
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
import tempfile
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import pytest
from book import PAGES, Block, blocks

from example import ROOT
from faq_builder import __version__
from faq_builder.cli import main
from scratch_git import MONA

WHEEL = f"./faq_builder-{__version__}-py3-none-any.whl"
POLL = 0.1  # seconds between two requests to a server that is starting
_SHELL = re.compile(r"[|&;<>$`]")
_ENDS = re.compile(r"#\s*ends with (\d+)")


@dataclass
class Reader:
    """A person who follows the instructions of a page."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch
    served: set[str] = field(default_factory=set)

    def follow(self, text: str) -> None:
        """Run the commands and save the files of a page, in its order."""
        assert shutil.which("git"), "the documentation needs git"
        printed: list[str] | None = None
        for block in blocks(text):
            if block.language == "sh":
                printed = [line for command in block.text.splitlines() for line in self._run(command)]
            elif block.language == "text" and block.title is None and printed is not None:
                assert_prints(block.text.splitlines(), printed)
                printed = None
            else:
                printed = None
                self._save(block)

    def _save(self, block: Block) -> None:
        """Save a block as its file, if it names one."""
        if block.title is not None:
            path = self.folder / block.title
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")

    def _run(self, line: str) -> list[str]:
        """Run a command and return the lines that it prints."""
        command = " ".join(shlex.split(line, comments=True))
        ends = _ENDS.search(line)
        for beginning, replacement in REPLACEMENTS.items():
            if command.startswith(beginning):
                replacement(self, command)
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
        """Run a `faq` command in this process, which is quicker; return its exit code and output."""
        output = io.StringIO()
        self.monkeypatch.chdir(self.folder)
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            code = main(arguments)
        return code, output.getvalue()

    def change_folder(self, command: str) -> None:
        """Change to a folder: `cd FOLDER`."""
        self.folder /= command.removeprefix("cd ")
        assert self.folder.is_dir()

    def check_install(self, command: str) -> None:
        """Check the name of the installed file; the tests of the wheel install it."""
        (what,) = re.findall(r"\binstall (?:--?\w+ )?(\S+)", command)
        assert what.removesuffix("[meaning]") == WHEEL or (self.folder / what).name == "requirements.txt"

    def check_make(self, command: str) -> None:
        """Check that the target exists; running `make` would run this test again."""
        ran = subprocess.run(
            ["make", "-n", *command.split()[1:]], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stderr

    def serve(self, command: str) -> None:
        """Run `faq serve` at a free port, get the home page and stop; once for each way to call it."""
        if command in self.served:
            return
        self.served.add(command)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            host = "{}:{}".format(*free.getsockname())
        arguments = [*command.removesuffix(" --dev-addr 127.0.0.1:8001").split()[1:], "--dev-addr", host]
        with (
            tempfile.TemporaryFile() as output,
            subprocess.Popen(
                [sys.executable, "-m", "faq_builder", *arguments],
                cwd=self.folder,
                env=environment(),
                stdout=output,
                stderr=output,
            ) as server,
        ):
            try:
                assert b"<title>" in home_page(f"http://{host}/", server, output)
            finally:
                server.terminate()

    def skip(self, command: str) -> None:
        """Do nothing: the command concerns only the reader's own shell."""


REPLACEMENTS: dict[str, Callable[[Reader, str], None]] = {
    "cd ": Reader.change_folder,
    "python3 -m venv ": Reader.skip,
    ". .venv/bin/activate": Reader.skip,
    "pip install ": Reader.check_install,
    "pipx install ": Reader.check_install,
    "uv tool install ": Reader.check_install,
    "make ": Reader.check_make,
    "faq serve": Reader.serve,
}
"""Commands that cannot be run as they are written, by their beginning, and what is done instead."""


def home_page(url: str, server: subprocess.Popen[bytes], output: IO[bytes]) -> bytes:
    """Return the home page of a server as soon as it answers, however long the machine takes; fail if it ends."""
    while True:
        try:
            with urllib.request.urlopen(url) as response:
                return response.read()
        except urllib.error.HTTPError:
            raise  # it answers, but with an error
        except OSError:  # nobody listens yet
            with contextlib.suppress(subprocess.TimeoutExpired):
                code = server.wait(timeout=POLL)
                output.seek(0)
                pytest.fail(f"the server ended with {code}:\n{output.read().decode()}")


def environment() -> dict[str, str]:
    """Return the environment of a reader's shell, which knows the command `faq` and the reader's name for git."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, **MONA, "PATH": path, "PYTHONPATH": str(ROOT), "GIT_CONFIG_GLOBAL": os.devnull}


def assert_prints(expected: list[str], printed: list[str]) -> None:
    """Check that every expected line was printed, in this order; `…` stands for any text."""
    rest = iter(line.rstrip() for line in printed)
    for line in expected:
        pattern = ".*".join(re.escape(part) for part in line.split("…"))
        assert any(re.fullmatch(pattern, other) for other in rest), f"not printed: {line}\n" + "\n".join(printed)


@pytest.fixture(scope="module")
def served() -> set[str]:
    """Return the calls of `faq serve` that were tried already."""
    return set()


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory, served: set[str]) -> Path:
    """Return the folder at the end of the tutorial."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        reader = Reader(tmp_path_factory.mktemp("tutorial"), monkeypatch, served)
        reader.follow(PAGES["tutorial.md"])
    return reader.folder


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, served: set[str]) -> Reader:
    """Return a reader in an empty folder."""
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
def test_the_commands_of_a_page_work(page: str, finished: Path, reader: Reader) -> None:
    reader.folder /= "answers"
    shutil.copytree(finished, reader.folder)
    reader.follow(PAGES[page])


def test_the_commands_of_the_readme_work(reader: Reader) -> None:
    reader.follow((ROOT / "README.md").read_text(encoding="utf-8"))
    assert (reader.folder / "mkdocs.yml").exists()


def test_the_commands_of_a_new_sites_readme_work(reader: Reader) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=reader.folder, check=True)
    reader._faq(["init"])
    reader.follow((reader.folder / "README.md").read_text(encoding="utf-8"))
    assert (reader.folder / "site/index.html").exists()


def test_the_commands_of_the_exports_readme_work(finished: Path, reader: Reader) -> None:
    shutil.copytree(finished, reader.folder, dirs_exist_ok=True)
    exports = reader.folder / "content/exports"
    with zipfile.ZipFile(exports / "forum.zip", "w") as archive:
        archive.write(exports / "forum.json", "forum.json")
    reader.follow((exports / "README.md").read_text(encoding="utf-8"))


def test_a_missing_output_line_fails() -> None:
    assert_prints(["a", "…", "b … d"], ["a", "x", "b c d"])
    for expected in (["b", "a"], ["c"], ["a b …"]):
        with pytest.raises(AssertionError, match="not printed"):
            assert_prints(expected, ["a", "b"])


def test_another_exit_code_fails(reader: Reader) -> None:
    reader.follow("```sh\nfalse  # ends with 1\nfaq explain NONE  # ends with 2\n```\n")
    for command in ("false", "faq explain NONE", "true  # ends with 1"):
        with pytest.raises(AssertionError):
            reader.follow(f"```sh\n{command}\n```\n")
