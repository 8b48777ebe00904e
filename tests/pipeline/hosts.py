"""The two CI pipelines of a new site; their steps run as on GitHub and GitLab: in order, in a fresh clone."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from faq_builder.staff.start import starter_files
from scratch_git import Git

Step: TypeAlias = tuple[str, dict[str, str]]  # a shell script, and the variables that only it sees
SETTINGS = {"FAQ_ACCEPT_LOSS", "FAQ_FIRST", "FAQ_PUBLISHED_URL"}


@dataclass(frozen=True)
class Done:
    """The result of a job: its exit code, its output, the clone in which it ran, the summary on GitHub."""

    code: int
    log: str
    folder: Path
    summary: str = ""

    @property
    def report(self) -> str:
        """The report of the gate."""
        return (self.folder / "reports/changes.md").read_text(encoding="utf-8")


@dataclass
class Host:
    """A code host with a repository; its jobs run in clones of it, with the commands on `path`."""

    site = ""  # the folder of the built site in a clone

    origin: Path
    work: Path
    path: str
    jobs: int = 0
    settings: dict[str, str] = field(default_factory=dict)  # variables that a person sets for a run
    by_ssh: bool = False  # clones have a remote with a host name that resolves, also without DNS

    def preview(self, branch: str) -> Done:
        """Run the job of a pull request."""
        raise NotImplementedError

    def publish(self, hook: str = "", folder: Path | None = None) -> Done:
        """Run the job of the main branch, in a fresh clone or in the clone of an earlier job.

        git runs `hook` in the clone before each push.
        """
        raise NotImplementedError

    def clone(self, branch: str, folder: Path | None = None) -> Git:
        """Return a fresh clone as a job gets it, without a user name for git."""
        self.jobs += 1
        environment = {"PATH": self.path, "HOME": str(self.work), "GIT_CONFIG_NOSYSTEM": "1"}
        # git would make up a name from the machine's; on the machines of code hosts it cannot
        environment |= {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "user.useConfigOnly", "GIT_CONFIG_VALUE_0": "true"}
        if folder is None:
            folder = self.work / f"{type(self).__name__}{self.jobs}"
            Git(self.work, environment)("clone", "--quiet", str(self.origin), str(folder))
        git = Git(folder, environment)
        if self.by_ssh:
            git("config", "core.sshCommand", 'sh -c "eval \\"\\${$#}\\"" ssh')
            git("remote", "set-url", "origin", f"ssh://git@localhost{self.origin}")
        git("checkout", "--quiet", "--detach", f"origin/{branch}")
        return git

    def run(self, git: Git, steps: list[Step], variables: dict[str, str]) -> Done:
        """Run steps until one fails."""
        log, code = "", 0
        for script, more in steps:
            result = subprocess.run(
                ["bash", "-e", "-c", script],
                cwd=git.folder,
                env=git.environment | variables | more,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            log, code = log + result.stdout, result.returncode
            if code:
                break
        return Done(code, log, git.folder)


class GitHub(Host):
    """GitHub Actions."""

    file = yaml.safe_load(starter_files()[".github/workflows/faq.yml"])
    site = "site"

    def preview(self, branch: str) -> Done:
        git = self.clone("main")
        # what GitHub checks out: the pull request merged into the branch, under a name that no branch has
        git(*AS_GITHUB, "merge", "--quiet", "--no-ff", "--no-edit", f"origin/{branch}")
        return self._run(git, "check", {"GITHUB_BASE_REF": "main"})

    def publish(self, hook: str = "", folder: Path | None = None) -> Done:
        git = self.clone("main", folder)
        before_push(git, hook)
        return self._run(git, "publish", {})

    def _run(self, git: Git, job: str, variables: dict[str, str]) -> Done:
        summary = git.folder.parent / f"{git.folder.name}.summary.md"
        variables |= {name: self._value(text) for name, text in self.file["env"].items()}
        done = self.run(git, self._steps(job), variables | {"GITHUB_STEP_SUMMARY": str(summary)})
        return Done(done.code, done.log, done.folder, summary.read_text() if summary.exists() else "")

    def _steps(self, job: str) -> list[Step]:
        steps: list[dict[str, Any]] = self.file["jobs"][job]["steps"]
        return [
            (step["run"], {name: self._value(text) for name, text in step.get("env", {}).items()})
            for step in steps
            if "run" in step and "pip install" not in step["run"]
        ]

    def _value(self, expression: str) -> str:
        """Return the value of an expression of the workflow; it uses three inputs and one kind of variable."""
        inputs = {"inputs.accept_loss": "FAQ_ACCEPT_LOSS", "inputs.first": "FAQ_FIRST", "vars.FAQ_PUBLISHED_URL": None}
        (name,) = re.findall(r"^\${{ (\S+) }}$", expression)
        return self.settings.get(inputs[name] or name.removeprefix("vars."), "")


class GitLab(Host):
    """GitLab CI."""

    file = yaml.safe_load(starter_files()[".gitlab-ci.yml"])
    site = "public"

    def preview(self, branch: str) -> Done:
        git = self.clone(branch)
        return self._run(git, "check", {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"})

    def publish(self, hook: str = "", folder: Path | None = None) -> Done:
        git = self.clone("main", folder)
        before_push(git, hook)
        git("config", f"url.{self.origin}.insteadOf", "https://faq:x@git.example/us/faq.git")
        git("--git-dir", str(self.origin), "config", "receive.advertisePushOptions", "true")
        known = {"CI_DEFAULT_BRANCH": "main", "CI_SERVER_HOST": "git.example", "CI_PROJECT_PATH": "us/faq"}
        return self._run(git, "pages", known | {"FAQ_PUSH_TOKEN": "x"})

    def _run(self, git: Git, job: str, variables: dict[str, str]) -> Done:
        settings = {name: given["value"] for name, given in self.file["variables"].items() if isinstance(given, dict)}
        script = "\n".join(self.file[job]["script"])
        return self.run(git, [(script, {})], variables | settings | self.settings)


AS_GITHUB = ("-c", "user.name=GitHub", "-c", "user.email=noreply@git.example")


def before_push(git: Git, hook: str) -> None:
    """Make git run a script before each push of a clone."""
    if hook:
        file = git.folder / ".git/hooks/pre-push"
        file.write_text(f"#!/bin/sh\n{hook}", encoding="utf-8")
        file.chmod(0o755)


def commands(faq: Path) -> str:
    """Return a PATH with a folder before the folders of the system."""
    return f"{faq}{os.pathsep}{os.environ['PATH']}"


def replace_folder(old: Path, new: Path) -> None:
    """Replace a folder by a copy of another."""
    shutil.rmtree(old, ignore_errors=True)
    shutil.copytree(new, old)
