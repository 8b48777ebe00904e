"""The files of a new site and the wheel that contains them. The CI pipelines are tested in tests/pipeline."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from example import ROOT
from faq_builder import __version__
from faq_builder.base.diagnostics import UsageError
from faq_builder.cli import main
from faq_builder.config import load_config
from faq_builder.config.optouts import read_opt_outs
from faq_builder.decisions.reading import read_decisions
from faq_builder.model import DecisionKind
from faq_builder.read.formats.markdown import read_thread_file
from faq_builder.staff.requirement import FROM_AN_INDEX, WHEEL, Requirement, requirement
from faq_builder.staff.start import SAMPLE, STARTER, missing, start, starter_files
from scratch_git import MONA, Git, environment, skip_without, start_repository

COMMENTED_OUT = re.compile(r"^( *)#(?! \S)", re.MULTILINE)  # `#key: value`, `#  nested: value`; prose has one space


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Return a folder in which `faq init` started a site."""
    assert main(["init", str(tmp_path)]) == 0
    capsys.readouterr()
    return tmp_path


def tree(folder: Path) -> dict[str, bytes]:
    """Return the content of every file below a folder, by path."""
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text in a file; the text must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def fenced_blocks(path: str, language: str) -> list[str]:
    """Return the fenced blocks of one language in a file of a new site."""
    return re.findall(rf"```{language}\n(.*?)```", starter_files()[path], re.DOTALL)


# the folder -----------------------------------------------------------------------------------------------------------


def test_a_new_site_builds_with_one_thread_and_one_finding(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "-f", str(folder / "mkdocs.yml")]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("read 1 thread: 1 published in 1 topic,")
    assert re.findall(r"\[FAQ\d+\]", captured.err) == ["[FAQ107]"]
    assert len(list((folder / "site/q").glob("*/index.html"))) == 1


def test_a_new_site_with_a_site_url_has_no_findings(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(folder / "mkdocs.yml", "#site_url:", "site_url:")
    assert main(["build", "-f", str(folder / "mkdocs.yml"), "--fail-on", "warning"]) == 0
    assert "FAQ" not in re.sub(r"preview.*", "", capsys.readouterr().err)


def test_a_second_init_changes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree(folder)
    assert main(["init", str(folder)]) == 0
    assert tree(folder) == before
    lines = capsys.readouterr().out.splitlines()
    assert lines == [*(f"left as it is: {path}" for path in sorted(before)), "everything is there already"]


def test_existing_files_are_left_and_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "README.md").write_text("mine")
    (tmp_path / ".gitignore").symlink_to(tmp_path / "nowhere")
    assert main(["init", str(tmp_path)]) == 0
    out = capsys.readouterr().out.splitlines()
    assert [line for line in out if line.startswith("left")] == [
        "left as it is: .gitignore",
        "left as it is: README.md",
    ]
    assert (tmp_path / "README.md").read_text() == "mine"
    assert not (tmp_path / "nowhere").exists()


def test_init_restores_deleted_files_except_the_sample(folder: Path) -> None:
    (folder / SAMPLE).unlink()
    (folder / "requirements.txt").unlink()
    assert main(["init", str(folder)]) == 0
    assert not (folder / SAMPLE).exists()
    assert (folder / "requirements.txt").exists()


def test_missing_files_leave_the_sample_out_of_a_started_site() -> None:
    files = {"mkdocs.yml": "a", SAMPLE: "b", "README.md": "c"}
    assert missing(files, frozenset()) == files
    assert missing(files, frozenset({"README.md"})) == {"mkdocs.yml": "a", SAMPLE: "b"}
    assert missing(files, frozenset({"mkdocs.yml"})) == {"README.md": "c"}


def test_a_file_instead_of_a_folder_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("mine")
    assert main(["init", str(tmp_path / "file")]) == 2
    assert "error[FAQ108]: the file cannot be written" in capsys.readouterr().err
    assert (tmp_path / "file").read_text() == "mine"


def test_a_template_of_the_company_replaces_ours(folder: Path) -> None:
    edit(folder / "mkdocs.yml", "#custom_dir:", "custom_dir:")
    (folder / "overrides/faq").mkdir(parents=True)
    (folder / "overrides/faq/topic.html").write_text("<h1>Ours: {{ question }}</h1>", encoding="utf-8")
    (folder / "overrides/main.html").write_text(
        '{% extends "base.html" %}{% block announce %}Closed on Monday{% endblock %}', encoding="utf-8"
    )
    assert main(["build", "-f", str(folder / "mkdocs.yml")]) == 0
    (page,) = (folder / "site/q").glob("*/index.html")
    html = page.read_text(encoding="utf-8")
    assert "<h1>Ours: How does an answer get onto this site?</h1>" in html
    assert "Closed on Monday" in html


# the files ------------------------------------------------------------------------------------------------------------


def test_every_setting_is_in_the_configuration(tmp_path: Path) -> None:
    plugin = "plugins: [{faq: {no: 1, sources: [{key: a, permission: full, no: 1}], group: {no: 1}}}]\n"
    (tmp_path / "mkdocs.yml").write_text(f"site_url: https://faq.example/\ntheme: material\n{plugin}", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        load_config(tmp_path / "mkdocs.yml")
    helps = [d.help or "" for d in caught.value.diagnostics]
    assert len(helps) == 3
    settings = {name for text in helps for name in text.removeprefix("the settings are: ").split(", ")}
    shown = set(re.findall(r"^[ #-]*(\w+):", starter_files()["mkdocs.yml"], re.MULTILINE))
    assert settings <= shown


def test_every_commented_out_setting_is_valid(folder: Path) -> None:
    path = folder / "mkdocs.yml"
    path.write_text(COMMENTED_OUT.sub(r"\1", path.read_text(encoding="utf-8")), encoding="utf-8")
    config, findings = load_config(path)
    assert findings == ()
    assert [source.key for source in config.sources] == ["blog", "forum", "chat"]
    assert config.sources[1].format == "discourse"
    site = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert site["theme"]["custom_dir"] == "overrides"
    assert (config.publish.per_page, config.group.merge) == (50, config.group.__class__().merge)


def test_the_pinned_version_is_the_version_of_the_package() -> None:
    text = starter_files()["requirements.txt"]
    assert required(text) == [FROM_AN_INDEX]
    assert f"./{WHEEL}[meaning]" in text


# where faq was installed from -----------------------------------------------------------------------------------------


def required(text: str) -> list[str]:
    """Return the lines of a requirements.txt without comments."""
    return [line for line in text.splitlines() if not line.startswith("#")]


def from_archive(url: str) -> Requirement:
    """Return the requirement of a package installed from an archive."""
    return requirement(json.dumps({"url": url, "archive_info": {"hashes": {"sha256": "0"}}}))


def from_repository(url: str, **more: str) -> str:
    """Return the requirement line of a package installed from a git repository."""
    vcs = {"vcs": "git", "requested_revision": "main", "commit_id": "1a2b"}
    return requirement(json.dumps({"url": url, "vcs_info": vcs, **more})).line


def test_an_installation_from_an_index_is_required_by_version() -> None:
    assert requirement(None) == Requirement(line=f"faq_builder[meaning]=={__version__}")


def test_an_installation_from_a_wheel_is_required_by_file_name() -> None:
    wheel = from_archive("file:///home/mona/My%20files/faq_builder-0.1.0%2Bours-py3-none-any.whl")
    assert wheel.line == "./faq_builder-0.1.0+ours-py3-none-any.whl[meaning]"
    assert wheel.source == Path("/home/mona/My files/faq_builder-0.1.0+ours-py3-none-any.whl")


@pytest.mark.parametrize("origin", [{"dir_info": {"editable": True}}, {"dir_info": {}}, {"new_info": {}}])
def test_an_installation_from_a_folder_is_required_by_its_wheel(origin: dict[str, object]) -> None:
    folder = requirement(json.dumps({"url": "file:///home/mona/faq_builder", **origin}))
    assert folder == Requirement(line=f"./{WHEEL}[meaning]", file=WHEEL)


def test_an_installation_from_a_repository_is_required_by_commit() -> None:
    named = "faq_builder[meaning] @ git+https://git.example/us/faq.git@1a2b"
    assert from_repository("https://git.example/us/faq.git") == named
    assert from_repository("https://git.example/us/faq.git", subdirectory="tools") == f"{named}#subdirectory=tools"


def test_a_local_repository_counts_as_a_folder() -> None:
    assert from_repository("file:///home/mona/faq_builder") == f"./{WHEEL}[meaning]"


def test_secrets_in_urls_are_dropped() -> None:
    named = "faq_builder[meaning] @ git+https://git.example/faq.git@1a2b"
    for user in ("mona:hunter2", "hunter2", "git:hunter2", "${USER}:hunter2"):
        assert from_repository(f"https://{user}@git.example/faq.git") == named
        assert "hunter2" not in from_archive(f"https://{user}@files.example/faq.whl?token=hunter2#hunter2").line
    assert from_archive("https://files.example/faq.whl?token=hunter2").line == (
        "faq_builder[meaning] @ https://files.example/faq.whl"
    )
    for user in ("git", "${FAQ_TOKEN}", "${FAQ_USER}:${FAQ_TOKEN}"):
        assert f"+ssh://{user}@git.example/" in from_repository(f"ssh://{user}@git.example/faq.git")


def test_the_wheel_is_copied_beside_the_requirements(tmp_path: Path) -> None:
    wheel = tmp_path / WHEEL
    wheel.write_bytes(b"a wheel")
    site = tmp_path / "site"
    started = start(site, from_archive(wheel.as_uri()))
    assert (started.written[-1], started.lacking) == (WHEEL, None)
    assert (site / WHEEL).read_bytes() == b"a wheel"
    text = (site / "requirements.txt").read_text(encoding="utf-8")
    assert required(text) == [f"./{WHEEL}[meaning]"]
    assert str(tmp_path) not in text


def test_a_wheel_in_the_folder_is_not_copied(tmp_path: Path) -> None:
    wheel = tmp_path / WHEEL
    wheel.write_bytes(b"a wheel")
    started = start(tmp_path, from_archive(wheel.as_uri()))
    assert WHEEL not in started.written
    assert started.lacking is None


def test_existing_requirements_copy_no_wheel(tmp_path: Path) -> None:
    (tmp_path / WHEEL).write_bytes(b"a wheel")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/requirements.txt").write_text("mine")
    started = start(tmp_path / "site", from_archive((tmp_path / WHEEL).as_uri()))
    assert WHEEL not in started.written
    assert started.lacking is None
    assert (tmp_path / "site/requirements.txt").read_text() == "mine"


def test_init_asks_for_a_wheel_that_is_gone_or_not_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "unreadable" / WHEEL).mkdir(parents=True)
    places = (("gone", {"archive_info": {}}), ("unreadable", {"archive_info": {}}), ("folder", {"dir_info": {}}))
    for place, origin in places:
        folder = tmp_path / "site" / place
        direct_url = json.dumps({"url": (tmp_path / place / WHEEL).as_uri(), **origin})
        monkeypatch.setattr("faq_builder.cli.init.installed_from", lambda text=direct_url: text)
        assert main(["init", str(folder)]) == 0
        assert f"before you publish: put {WHEEL} beside requirements.txt" in capsys.readouterr().out
        assert required((folder / "requirements.txt").read_text(encoding="utf-8")) == [f"./{WHEEL}[meaning]"]
        assert not (folder / WHEEL).exists()


def test_the_thread_files_in_the_readme_are_valid(folder: Path) -> None:
    config, _ = load_config(folder / "mkdocs.yml")
    examples = fenced_blocks("content/threads/README.md", "markdown")
    assert len(examples) == 2
    for example in examples:
        thread, findings = read_thread_file(example, "x.md", config.sources)
        assert thread is not None
        assert findings == ()


def test_the_decisions_in_the_readme_are_valid(folder: Path) -> None:
    (example,) = fenced_blocks("content/decisions/README.md", "yaml")
    (folder / "content/decisions/ours.yml").write_text(example, encoding="utf-8")
    decisions, findings = read_decisions(folder / "content/decisions")
    assert findings == ()
    assert [d.kind for d in decisions] == [DecisionKind.SAME, DecisionKind.ANSWER]
    rows = re.findall(r"^\| (`.*?) \|", starter_files()["content/decisions/README.md"], re.MULTILINE)
    assert all(f"`{kind.value}`" in "".join(rows) for kind in DecisionKind)


def test_the_commented_out_opt_out_is_valid(folder: Path) -> None:
    path = folder / "content/optout.yml"
    assert read_opt_outs(path, "x") == ((), ())
    path.write_text(COMMENTED_OUT.sub(r"\1", path.read_text(encoding="utf-8")).replace("people: []\n", ""))
    (person,), findings = read_opt_outs(path, "x")
    assert (person.source, person.account, findings) == ("forum", "1874", ())


# git -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def git(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Git:
    """Return a new site as a git repository with an origin."""
    skip_without("git")
    return start_repository(folder, tmp_path_factory.mktemp("origin") / "faq.git")


def test_git_ignores_raw_exports_and_built_files(git: Git) -> None:
    for path in ("content/exports/forum/users.json", "content/exports/chat.zip", "site/index.html", ".cache/x"):
        (git.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (git.folder / path).write_text("private")
    assert git("status", "--porcelain") == ""
    assert set(git("ls-files").splitlines()) == set(starter_files())


def test_the_hook_refuses_mistakes_and_raw_exports(git: Git) -> None:
    git("config", "core.hooksPath", ".githooks")
    edit(git.folder / "content/pages/about.md", "# About", "# About us:")
    git("commit", "--quiet", "-am", "A change without mistakes")

    (git.folder / "content/exports/users.json").write_text("private")
    git("add", "--force", "content/exports/users.json")
    refused = git.run("git", "commit", "-m", "An export")
    assert refused.returncode == 1
    assert "must not be committed:\ncontent/exports/users.json" in refused.stderr
    git("restore", "--staged", "content/exports")

    (git.folder / "content/threads/broken.md").write_text("---\ntitle: Why: why?\n---\n")
    git("add", "-A")
    refused = git.run("git", "commit", "-m", "A mistake")
    assert refused.returncode == 1
    assert "content/threads/broken.md:2: error[" in refused.stderr


def test_the_hook_refuses_keys_and_email_addresses_in_threads(git: Git) -> None:
    git("config", "core.hooksPath", ".githooks")
    thread = git.folder / "content/threads/copied.md"
    key = "gh" + "p_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
    thread.write_text(
        f"# Why?\nhttps://forum.example/t/9\n\nI am fred@rain-shards.net, key {key}.\n\n## Answer\n\nNo.\n"
    )
    git("add", "-A")
    refused = git.run("git", "commit", "-m", "A copied post")
    assert refused.returncode == 1
    assert "content/threads/copied.md:4:6: error[FAQ504]" in refused.stderr
    assert "content/threads/copied.md:4:32: error[FAQ505]" in refused.stderr
    assert key not in refused.stderr

    edit(thread, f"fred@rain-shards.net, key {key}", "[e-mail removed], key [secret removed]")
    git("commit", "--quiet", "-am", "A copied post")


def test_the_hook_checks_what_is_staged(git: Git) -> None:
    git("config", "core.hooksPath", ".githooks")
    temporary = git.folder.parent / "temporary"
    temporary.mkdir()
    git.environment["TMPDIR"] = str(temporary)
    thread = git.folder / "content/threads/copied.md"
    thread.write_text("# Why?\nhttps://forum.example/t/9\n\nI am fred@rain-shards.net.\n\n## Answer\n\nNo.\n")
    git("add", "-A")
    edit(thread, "fred@rain-shards.net", "Fred")
    refused = git.run("git", "commit", "-m", "A copied post")
    assert refused.returncode == 1
    assert "\ncontent/threads/copied.md:4:6: error[FAQ504]" in f"\n{refused.stderr}"

    git("add", "-A")
    edit(thread, "Fred", "fred@rain-shards.net")
    (git.folder / "content/threads/later.md").write_text("I am fred@rain-shards.net.\n")
    git("add", "--intent-to-add", "content/threads/later.md")
    git("commit", "--quiet", "-m", "A corrected post")
    assert not list(temporary.iterdir())
    assert "fred@" not in git("show", "HEAD:content/threads/copied.md")


def test_the_hook_reads_exports_that_git_ignores(git: Git) -> None:
    git("config", "core.hooksPath", ".githooks")
    source = "        - {key: forum, place: Forum, base_url: 'https://f.example/', path: content/exports/my forum}\n"
    edit(git.folder / "mkdocs.yml", "      sources:\n", "      sources:\n" + source)
    refused = git.run("git", "commit", "--quiet", "-am", "A forum")
    assert refused.returncode == 1
    assert "\ncontent/exports/my forum: error[FAQ201]" in f"\n{refused.stderr}"
    export = git.folder / "content/exports/my forum"
    export.mkdir()
    (export / "tent.md").write_text("# Is it tight?\nhttps://f.example/t/9\n\nIs it?\n\n## Answer\n\nYes.\n")
    git("commit", "--quiet", "-am", "A forum")
    assert (export / "tent.md").exists()


def test_the_hook_works_in_a_first_commit_and_for_a_site_in_a_subfolder(folder: Path, tmp_path: Path) -> None:
    skip_without("git")
    shutil.copytree(folder, tmp_path / "repository/faq")
    git = Git(tmp_path / "repository", environment(tmp_path) | MONA)
    git("init", "--quiet")
    git("config", "core.hooksPath", "faq/.githooks")
    git("add", "faq/.githooks")
    refused = git.run("git", "commit", "-m", "Start")
    assert refused.returncode == 1
    assert "mkdocs.yml would not be in the commit" in refused.stderr
    (git.folder / "faq/content/threads/broken.md").write_text("---\ntitle: Why: why?\n---\n")
    git("add", "-A")
    refused = git.run("git", "commit", "-m", "Start")
    assert refused.returncode == 1
    assert "\ncontent/threads/broken.md:2: error[" in f"\n{refused.stderr}"
    git("rm", "--quiet", "--force", "faq/content/threads/broken.md")
    git("commit", "--quiet", "-m", "Start")


# the wheel ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel once and unpack it as an installer does; return its folder."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    (file,) = folder.glob("*.whl")
    with zipfile.ZipFile(file) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def test_the_wheel_holds_theme_starter_and_package(wheel: Path) -> None:
    def files(root: Path) -> set[str]:
        return {p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file() and p.suffix != ".pyc"}

    package = wheel / "faq_builder"
    assert files(package / "starter") == files(STARTER)
    assert files(package / "theme") == files(ROOT / "theme")
    assert files(package) == files(ROOT / "faq_builder") | {f"theme/{path}" for path in files(ROOT / "theme")}


def test_the_wheel_alone_can_start_and_build_a_site(wheel: Path, tmp_path: Path) -> None:
    def faq(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(wheel)}
        command = [sys.executable, "-P", "-m", "faq_builder", *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    assert faq("init").returncode == 0
    built = faq("build")
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "site/assets/faq/loader.js").read_bytes() == (ROOT / "theme/assets/faq/loader.js").read_bytes()
    (page,) = (tmp_path / "site/q").glob("*/index.html")
    assert "assets/faq/faq.css" in page.read_text(encoding="utf-8")
