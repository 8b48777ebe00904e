"""Replaces people's names in texts that others wrote: mentions, "fred wrote:", and quotes."""

import re
from collections.abc import Callable, Collection, Mapping

from faq_builder.model import RawThread, Role
from faq_builder.redact.common_words import COMMON_WORDS
from faq_builder.redact.finding import PrivateKind

_SAYS = r"(?:wrote|writes|said|says|asked|asks|replied|mentioned|suggested|schrieb|schreibt|sagte|a écrit|escribió)"
_GREETING = r"(?:thanks|thank you|thx|hi|hello|hey|dear|cc|ping|ask|danke|hallo|liebe[rs]?|merci|bonjour|gracias|hola)"
_QUOTE = re.compile(r"(?:^[ \t]{0,3}>[^\n]*+(?:\n|\Z))+", re.MULTILINE)
_QUOTE_MARKS = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_LAST_LINE = re.compile(r"([^\n]{1,300})\n?[ \t]*\n?\Z")
_SHORTEST_QUOTED_LINE = 20  # characters; two people may well write the same shorter line

NameReplacer = Callable[[str], str]


def unchanged_text(text: str) -> str:
    """Return the text: the NameReplacer of a thread in which no name is replaced."""
    return text


def role_labels(thread: RawThread) -> Mapping[str, str]:
    """Return author key -> what pages call the author with `names: roles`: asker, staff, bot, person 2, person 3."""
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


def name_replacer(labels: Mapping[str, str], *, in_urls: bool) -> NameReplacer:
    """Return a function that replaces each name in a text by its label. `labels` maps names to labels.

    A name that is also a word ("rain") is replaced only if it clearly means a person: @rain, "rain wrote", "thanks
    rain". Any other name is replaced everywhere, in upper and lower case; with `in_urls` also in profile URLs.
    """
    known = {name.lstrip("@"): label for name, label in labels.items() if len(name.lstrip("@")) > 1}
    if not known:
        return unchanged_text
    by_name = {name.casefold(): label for name, label in known.items()}
    pattern = _pattern(known, in_urls=in_urls)
    first_words = tuple({re.split(r"[\W_]", name.casefold())[0] for name in known})

    def label(match: re.Match[str]) -> str:
        kind = match.lastgroup or ""
        words = by_name[match[kind].replace("\\", "").casefold()]
        if kind == "url":
            return words.strip("[]").replace(" ", "-")
        return f"{match['greeting']}{words}" if kind == "greeted" else words

    def rename(text: str) -> str:
        lower = text.casefold()
        return pattern.sub(label, text) if any(word in lower for word in first_words) else text

    return rename


def without_quotes_of(text: str, names: Collection[str], texts: Collection[str]) -> str:
    """Return a text without the quotes that name one of these people or repeat one of these texts."""
    if ">" not in text:
        return text
    name = re.compile(_any_name(names), re.IGNORECASE) if names else None
    bodies = [_plain_words(body) for body in texts]

    def kept(match: re.Match[str]) -> str:
        """Return a quote, or a placeholder if it is theirs."""
        quote = _QUOTE_MARKS.sub("", match.group())
        before = _LAST_LINE.search(text, max(0, match.start() - 320), match.start())
        heads = (quote.lstrip().partition("\n")[0][:300], before[1].strip() if before else "")
        is_theirs = name is not None and any(
            name.search(head) and (head.rstrip(" *_").endswith(":") or re.search(_SAYS, head)) for head in heads
        )
        lines = (_plain_words(line) for line in quote.splitlines())
        is_theirs = is_theirs or any(
            len(line) >= _SHORTEST_QUOTED_LINE and line in body for line in lines for body in bodies
        )
        return "> [quote removed]\n" if is_theirs else match.group()

    return _QUOTE.sub(kept, text)


def removed_name_labels(names: Collection[str]) -> Mapping[str, str]:
    """Return the label "[name removed]" for each name."""
    return dict.fromkeys(names, PrivateKind.NAME.value)


def _pattern(names: Collection[str], *, in_urls: bool) -> re.Pattern[str]:
    """Return the pattern for all ways to mention the names; the group that matches says which way."""
    every = _any_name(names)
    distinct = [name for name in names if not _could_be_a_word(name)]
    parts = [rf"\[@?(?P<link>{every})\]\([^()\s]{{0,500}}\)"]
    if in_urls:
        parts.append(rf"(?<=[/=])@?(?P<url>{every})(?=[/?#)\s&>]|$)")
    parts.append(rf"(?<![\w/=])@(?P<at>{every})(?![\w-]|\.\w)")
    if distinct:
        parts.append(rf"(?<![\w@/=.-])(?P<bare>{_any_name(distinct)})(?!\\?[\w/=-]|\.\w)")
    parts.append(rf"(?<![\w@/=.-])(?P<speaker>{every})(?=,? (?:has |have )?{_SAYS}\b|'s\b|:[ \t]*(?:\n|$))")
    parts.append(rf"(?<!\w)(?P<greeting>{_GREETING}[ ,]{{1,3}})(?P<greeted>{every})(?![\w/=-]|\.\w)")
    return re.compile("|".join(parts), re.IGNORECASE)


def _could_be_a_word(name: str) -> bool:
    """Whether a name could also be an ordinary word: a common word, or one or two Latin letters."""
    return name.casefold() in COMMON_WORDS or (len(name) < 3 and name.isascii() and name.isalpha())


def _any_name(names: Collection[str]) -> str:
    """Return a pattern for any of the names, the longest first; Markdown may have a backslash before punctuation."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return "|".join("".join(c if c.isalnum() else rf"\\?{re.escape(c)}" for c in name) for name in ordered)


def _plain_words(text: str) -> str:
    return " ".join(_QUOTE_MARKS.sub("", text).split())
