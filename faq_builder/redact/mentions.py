"""Names of people in what others wrote: mentions, "fred wrote:", and quotes."""

import re
from collections.abc import Callable, Collection, Mapping

from faq_builder.model import RawThread, Role
from faq_builder.redact.common_words import COMMON_WORDS
from faq_builder.redact.finding import Kind

_SAYS = r"(?:wrote|writes|said|says|asked|asks|replied|mentioned|suggested|schrieb|schreibt|sagte|a écrit|escribió)"
_GREETING = r"(?:thanks|thank you|thx|hi|hello|hey|dear|cc|ping|ask|danke|hallo|liebe[rs]?|merci|bonjour|gracias|hola)"
_QUOTE = re.compile(r"(?:^[ \t]{0,3}>[^\n]*+(?:\n|\Z))+", re.MULTILINE)
_QUOTE_MARKS = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_LAST_LINE = re.compile(r"([^\n]{1,300})\n?[ \t]*\n?\Z")
_SHORTEST_QUOTE = 20  # characters; shorter lines two people may well have written alike

Rename = Callable[[str], str]


def unchanged(text: str) -> str:
    """The text itself: the Rename of a thread in which nobody is renamed."""
    return text


def role_labels(thread: RawThread) -> Mapping[str, str]:
    """What each author is called where only roles are shown: asker, staff, bot, person 2, person 3; by author key."""
    labels: dict[str, str] = {}
    helpers = 1  # the asker is the first person
    for message in thread.messages:
        if message.author is None or message.author.key in labels:
            continue
        if message.role is Role.HELPER:
            helpers += 1
            labels[message.author.key] = f"person {helpers}"
        else:
            labels[message.author.key] = message.role.value
    return labels


def renaming(labels: Mapping[str, str], *, in_addresses: bool) -> Rename:
    """A function that writes each name's label where a text mentions the person.

    A name that is a word ("rain") counts only where it is plainly somebody: @rain, "rain wrote", "thanks rain". Every
    other counts wherever it stands, in any case. With `in_addresses` profile addresses go too.
    """
    known = {name.lstrip("@"): label for name, label in labels.items() if len(name.lstrip("@")) > 1}
    if not known:
        return unchanged
    by_name = {name.casefold(): label for name, label in known.items()}
    pattern = _pattern(known, in_addresses=in_addresses)
    first_words = tuple({re.split(r"[\W_]", name.casefold())[0] for name in known})

    def label(match: re.Match[str]) -> str:
        kind = match.lastgroup or ""
        words = by_name[match[kind].replace("\\", "").casefold()]
        if kind == "address":
            return words.strip("[]").replace(" ", "-")
        return f"{match['greeting']}{words}" if kind == "greeted" else words

    def rename(text: str) -> str:
        lower = text.casefold()
        return pattern.sub(label, text) if any(word in lower for word in first_words) else text

    return rename


def without_quotes_of(text: str, names: Collection[str], texts: Collection[str]) -> str:
    """The text without quotes of these people: those that name them, and those of their texts in the same thread."""
    if ">" not in text:
        return text
    name = re.compile(_any_of(names), re.IGNORECASE) if names else None
    bodies = [_words(body) for body in texts]

    def kept(match: re.Match[str]) -> str:
        quote = _QUOTE_MARKS.sub("", match.group())
        before = _LAST_LINE.search(text, max(0, match.start() - 320), match.start())
        heads = (quote.lstrip().partition("\n")[0][:300], before[1].strip() if before else "")
        is_theirs = name is not None and any(
            name.search(head) and (head.rstrip(" *_").endswith(":") or re.search(_SAYS, head)) for head in heads
        )
        lines = (_words(line) for line in quote.splitlines())
        is_theirs = is_theirs or any(len(line) >= _SHORTEST_QUOTE and line in body for line in lines for body in bodies)
        return "> [quote removed]\n" if is_theirs else match.group()

    return _QUOTE.sub(kept, text)


def hidden_names(names: Collection[str]) -> Mapping[str, str]:
    """The labels of people who must not appear."""
    return dict.fromkeys(names, Kind.NAME.value)


def _pattern(names: Collection[str], *, in_addresses: bool) -> re.Pattern[str]:
    every = _any_of(names)
    distinct = [name for name in names if not _is_word(name)]
    parts = [rf"\[@?(?P<link>{every})\]\([^()\s]{{0,500}}\)"]
    if in_addresses:
        parts.append(rf"(?<=[/=])@?(?P<address>{every})(?=[/?#)\s&>]|$)")
    parts.append(rf"(?<![\w/=])@(?P<at>{every})(?![\w-]|\.\w)")
    if distinct:
        parts.append(rf"(?<![\w@/=.-])(?P<bare>{_any_of(distinct)})(?!\\?[\w/=-]|\.\w)")
    parts.append(rf"(?<![\w@/=.-])(?P<said>{every})(?=,? (?:has |have )?{_SAYS}\b|'s\b|:[ \t]*(?:\n|$))")
    parts.append(rf"(?<!\w)(?P<greeting>{_GREETING}[ ,]{{1,3}})(?P<greeted>{every})(?![\w/=-]|\.\w)")
    return re.compile("|".join(parts), re.IGNORECASE)


def _is_word(name: str) -> bool:
    """Whether a name says nothing of whom it means; two letters of the alphabet are too short to tell."""
    return name.casefold() in COMMON_WORDS or (len(name) < 3 and name.isascii() and name.isalpha())


def _any_of(names: Collection[str]) -> str:
    """Any of the names, the longest first; Markdown may have put a backslash before a mark."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return "|".join("".join(c if c.isalnum() else rf"\\?{re.escape(c)}" for c in name) for name in ordered)


def _words(text: str) -> str:
    return " ".join(_QUOTE_MARKS.sub("", text).split())
