"""Measure how many planted secrets redaction removes, and what it removes from texts without planted secrets.

    python -m benchmarks.redaction --data DIR --json FILE [--texts 1000]

Texts come from the labelled sets (rows with title, question, body, text, a, b ...) and from all exports that a format
reads. One invented secret of each kind is planted into a sample of the texts of each set: in prose, in code, in a link.
`recall` is the share of planted secrets that are removed, in percent. `found` counts removals in 1,000 unchanged texts:
mostly real e-mail addresses in mail, nearly none in other sets. `ms` is CPU time for one text.
"""

import argparse
import json
import random
import string
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from faq_builder.config import Permission, RedactRules, Source
from faq_builder.model import Url
from faq_builder.read.export import ExportError, open_export
from faq_builder.read.formats import read_export
from faq_builder.redact.text import clean_text

SEED = 20240601
MIN_TEXT_LENGTH = 20  # characters; a secret would be most of a shorter text
FIELDS = ("title", "question", "rephrasings", "answers", "body", "text", "a", "b", "a_body", "b_body")
RULES = RedactRules()
SPOTS = {
    "prose": "{before} {secret} {after}",
    "a line": "{before}\n\n{secret}\n\n{after}",
    "code": "{before}\n\n```sh\nexport THING={secret}\n```\n\n{after}",
    "quote": "> {before} `{secret}`\n\n{after}",
    "link": "{before} [there](https://widgets.example/?q={secret}&page=2) {after}",
}
PREFIXES = (  # in pieces, so that no scanner of repositories takes them for keys
    ("AKI" + "A", 16),
    ("gh" + "p_", 36),
    ("github_" + "pat_", 60),
    ("glp" + "at-", 20),
    ("xox" + "b-", 30),
    ("sk_" + "live_", 24),
    ("sk-" + "ant-api03-", 60),
    ("AI" + "za", 35),
    ("npm" + "_", 36),
    ("hf" + "_", 34),
    ("SG." + "a" * 22 + ".", 43),
)
KINDS_REMOVED_FROM_LINKS = ("e-mail", "key")  # a number in a URL is an id and is kept


def main() -> None:
    """Run the measurements, print a table and write the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.redaction", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="a folder of texts and exports, found by their shape")
    parser.add_argument("--json", type=Path, help="file for the figures")
    parser.add_argument("--texts", type=int, default=1000, help="number of texts of a set that get a secret planted")
    arguments = parser.parse_args()
    rows: list[dict[str, Any]] = []
    for name, texts in read_texts(arguments.data):
        measured = [*removals(name, texts), *planted_recall(name, texts, arguments.texts)]
        figures = "   ".join(f"{row['method']} {row['metric']} {row['value']:,.4g}" for row in measured)
        print(f"{name:34} {len(texts):6,} texts   {figures}")
        rows += measured
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def read_texts(data: Path) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the name and the texts of each set below a folder, without doubles, in a fixed order."""
    for path in sorted(data.rglob("*.jsonl")):
        texts = dict.fromkeys(text for row in _rows(path) for field in FIELDS for text in _texts(row.get(field)))
        if texts:
            yield f"{path.parent.name}/{path.stem}", tuple(texts)
    read: list[Path] = []
    for folder in sorted(path for path in data.rglob("*") if path.is_dir()):
        if any(parent in read for parent in folder.parents):
            continue
        messages = _export_texts(folder)
        if messages:
            read.append(folder)
            yield f"{folder.parent.name}/{folder.name}", messages


def removals(name: str, texts: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield the CPU time of a text in ms, and for each kind the removals in 1,000 unchanged texts."""
    counts: Counter[str] = Counter()
    start = time.process_time()
    for text in texts:
        counts.update(kind.label for kind in clean_text(text, RULES).found.elements())
    yield _row(name, "all", "ms", round(1000 * (time.process_time() - start) / len(texts), 3))
    for kind, count in sorted(counts.items()):
        yield _row(name, kind, "found", round(1000 * count / len(texts), 2))


def planted_recall(name: str, texts: Sequence[str], most: int) -> Iterator[dict[str, Any]]:
    """Yield for each kind the share of planted secrets that are removed, in percent."""
    random_ = random.Random(SEED)
    sample = random_.sample(texts, min(most, len(texts)))
    for kind, make in KINDS.items():
        removed = total = 0
        for text in sample:
            secret = make(random_)
            spot = random_.choice([s for s in SPOTS if s != "link" or kind in KINDS_REMOVED_FROM_LINKS])
            at = text.find(" ", random_.randrange(len(text)))
            before, after = (text[:at], text[at:]) if at > 0 else (text, "")
            removed += (
                secret not in clean_text(SPOTS[spot].format(before=before, after=after, secret=secret), RULES).text
            )
            total += 1
        yield _row(name, kind, "recall", round(100 * removed / total, 2))


def _email_address(random_: random.Random) -> str:
    local = f"{_letters(random_, 5)}{random_.choice('._-')}{_letters(random_, 6)}"
    return f"{local}@{_letters(random_, 8)}.{random_.choice(('com', 'org', 'de', 'co.uk', 'io'))}"


def _disguised_email_address(random_: random.Random) -> str:
    at, dot = random_.choice(((" at ", " dot "), (" [at] ", "."), ("(at)", "(dot)"), (" AT ", " DOT "), (" @ ", " . ")))
    return f"{_letters(random_, 7)}{at}{_letters(random_, 8)}{dot}com"


def _phone_number(random_: random.Random) -> str:
    shape = random_.choice(
        ("+49 30 #######", "+44 20 #### ####", "+1 (555) ###-####", "555-###-####", "(555) ###-####")
    )
    return "".join(random_.choice("23456789") if c == "#" else c for c in shape)


def _ip_address(random_: random.Random) -> str:
    octets = (random_.choice((81, 93, 145, 212)), *(random_.randint(40, 250) for _ in range(3)))
    return ".".join(map(str, octets))


def _key(random_: random.Random) -> str:
    prefix, length = random_.choice(PREFIXES)
    return prefix + "".join(random_.choices(string.ascii_uppercase + "234567", k=length - 1)) + random_.choice("234567")


def _card_number(random_: random.Random) -> str:
    digits = [4, *(random_.randrange(1, 10) for _ in range(14))]
    doubled = sum(sum(divmod(2 * d, 10)) for d in digits[0::2]) + sum(digits[1::2])
    text = "".join(map(str, [*digits, -doubled % 10]))
    return " ".join(text[i : i + 4] for i in range(0, 16, 4))


def _letters(random_: random.Random, length: int) -> str:
    return "".join(random_.choices(string.ascii_lowercase, k=length))


KINDS: Mapping[str, Callable[[random.Random], str]] = {
    "e-mail": _email_address,
    "disguised e-mail": _disguised_email_address,
    "phone number": _phone_number,
    "IP address": _ip_address,
    "key": _key,
    "card number": _card_number,
}


def _export_texts(folder: Path) -> tuple[str, ...]:
    """Return the titles and messages of an export; none if no format reads the folder."""
    source = Source(key="real", place="real", base_url=Url("https://forum.example/"), permission=Permission.FULL)
    try:
        threads = read_export(open_export(folder), source).threads
    except ExportError:
        return ()
    texts = (text for thread in threads for text in (thread.title, *(m.body for m in thread.messages)))
    return tuple(dict.fromkeys(text for text in texts if len(text) >= MIN_TEXT_LENGTH))


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if isinstance(row, dict):
            yield row


def _texts(value: object) -> Iterator[str]:
    for text in value if isinstance(value, list) else [value]:
        if isinstance(text, str) and len(text) >= MIN_TEXT_LENGTH:
            yield text


def _row(name: str, method: str, metric: str, value: float) -> dict[str, Any]:
    return {"set": name, "method": method, "metric": metric, "value": value}


if __name__ == "__main__":
    main()
