"""The arguments of the staff commands: why, curate, decide, review, suggest, tune, misses."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeAlias

from faq_builder.cli.curate import curate
from faq_builder.cli.decide import decide
from faq_builder.cli.misses import misses
from faq_builder.cli.review import review
from faq_builder.cli.suggest import suggest
from faq_builder.cli.tune import tune
from faq_builder.cli.why import why
from faq_builder.staff.misses import FEW
from faq_builder.staff.review import QuestionKind
from faq_builder.staff.suggest import BEST
from faq_builder.staff.tune import EXAMPLES

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
AddCommand: TypeAlias = Callable[[Subparsers, str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def _count(text: str) -> int:
    """Parse a number of things to show, at least 1."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError("give a number from 1 up")
    return int(text)


def _date(text: str) -> date:
    """Parse a date such as 2026-03-01."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a date; write it like 2026-03-01") from None


KINDS = ("same", "apart", "answer", "unanswered", "title", "hide", "confirm", "outdated", "note")


def add_commands(
    subs: Subparsers, command: AddCommand, add_config_file: Callable[[argparse.ArgumentParser], None]
) -> None:
    """Add `why`, `decide`, `curate`, `review`, `suggest`, `tune` and `misses`."""
    asked = command(subs, "why", why, "explain a topic: its threads, its answer, the decisions about it")
    curated = command(
        subs, "curate", curate, "copy one thread of an extract or export into a Markdown file that you can edit"
    )
    for sub in (asked, curated):
        sub.add_argument("address", metavar="URL|ID", help="of a discussion, a reply, a page or a topic")
    decided = command(subs, "decide", decide, f"write a decision into content/decisions: {', '.join(KINDS)}")
    decided.add_argument("kind", nargs="?", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    decided.add_argument("references", nargs="*", metavar="URL", help="of discussions, replies or pages")
    decided.add_argument("--reason", metavar="TEXT", help="why, for your colleagues")
    decided.add_argument("--text", metavar="TEXT", help="the title or note, or what to say about an outdated answer")
    decided.add_argument("--date", type=_date, metavar="YYYY-MM-DD", help="confirm: date of the check (default: today)")
    decided.add_argument("--version", dest="for_version", metavar="VERSION", help="confirm: version of your product")
    decided.add_argument("--since", metavar="VERSION", help="outdated: first version or day on which it is wrong")
    decided.add_argument("--instead", metavar="URL", help="outdated: URL of the newer answer")
    decided.add_argument(
        "--from",
        dest="review",
        type=Path,
        metavar="FILE",
        help="read the ticked boxes of a review file, or verdicts on the questions of `faq review --json` (*.jsonl)",
    )
    decided.add_argument(
        "--proposed",
        action="store_true",
        help="a program decides: write into content/decisions/proposed, which no build obeys until a person approves",
    )
    _add_reviewer(decided)
    for sub in (
        asked,
        curated,
        decided,
        _add_review(subs, command),
        _add_suggest(subs, command),
        _add_tune(subs, command),
        _add_misses(subs, command),
    ):
        add_config_file(sub)


def _add_review(subs: Subparsers, command: AddCommand) -> argparse.ArgumentParser:
    sub = command(subs, "review", review, "decide open questions with one key each, the most valuable first")
    sub.add_argument("--write", type=Path, metavar="FILE.md", help="write the questions as a list with boxes to tick")
    sub.add_argument("--tag", metavar="TAG", help="only questions about this tag")
    sub.add_argument("--source", metavar="KEY", help="only questions from this source")
    kinds = [kind.value for kind in QuestionKind]
    sub.add_argument("--kind", choices=kinds, metavar="KIND", help=f"only this kind of question: {', '.join(kinds)}")
    sub.add_argument("--limit", type=_count, metavar="N", help="show at most N")
    sub.add_argument("--all", action="store_true", help="include questions that you skipped before")
    sub.add_argument("--json", action="store_true", help="print the questions, one JSON object a line")
    sub.add_argument("--web", action="store_true", help="ask on a page in the browser of this computer")
    _add_reviewer(sub)
    return sub


def _add_reviewer(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "--reviewer", metavar="NAME", help="write into this person's file (default: FAQ_REVIEWER, else git's user.name)"
    )


def _add_suggest(subs: Subparsers, command: AddCommand) -> argparse.ArgumentParser:
    sub = command(
        subs, "suggest", suggest, "find the topics that answer a question, with a reply that links to the page"
    )
    sub.add_argument(
        "question", nargs="*", metavar="QUESTION", help="the question in any words (default: standard input)"
    )
    sub.add_argument("--thread", type=Path, metavar="FILE", help="ask the questions of a thread file or an export")
    sub.add_argument("--limit", type=_count, default=BEST, metavar="N", help=f"show at most N topics (default: {BEST})")
    sub.add_argument("--json", action="store_true", help="one JSON object a line and question, for bots")
    return sub


def _add_tune(subs: Subparsers, command: AddCommand) -> argparse.ArgumentParser:
    sub = command(subs, "tune", tune, "show what each merge level would merge here, with examples")
    sub.add_argument(
        "--examples", type=int, default=EXAMPLES, metavar="N", help=f"examples of each level (default: {EXAMPLES})"
    )
    return sub


def _add_misses(subs: Subparsers, command: AddCommand) -> argparse.ArgumentParser:
    sub = command(subs, "misses", misses, "list the topics that people searched for and did not find, most asked first")
    sub.add_argument(
        "logs", nargs="+", type=Path, metavar="LOG", help="searches that the pages sent, one JSON object a line"
    )
    sub.add_argument(
        "--results", type=int, default=FEW, metavar="N", help=f"count searches with at most N results (default: {FEW})"
    )
    sub.add_argument("--limit", type=_count, metavar="N", help="show at most N topics")
    sub.add_argument("--json", action="store_true", help="one JSON object a line and topic")
    return sub
