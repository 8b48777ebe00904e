"""Finds e-mail addresses, also disguised ones: "fred at widgets dot example"."""

import re
from collections.abc import Iterator
from itertools import chain

from faq_builder.redact.finding import Finding, PrivateKind
from faq_builder.redact.mail_words import COMMON_TOPS, FILE_ENDINGS, SENTENCE_WORDS, SERVICE_NAMES, STAND_IN_NAMES

# Letters of scripts with spaces between words; in other scripts an address would include the sentence around it
_LETTER = "A-Za-z\u00c0-\u0dff"
_TOP_LEVEL = rf"(?:xn--[a-z0-9-]{{2,59}}|[{_LETTER}]{{2,24}})"
_LABEL = rf"[{_LETTER}0-9](?:[{_LETTER}0-9]|-(?!\.)){{0,62}}+"
_HOST = rf"(?:{_LABEL}\.){{1,8}}{_TOP_LEVEL}(?![{_LETTER}0-9])"
_PLAIN = re.compile(rf"@(?P<host>{_HOST})(?:@{_HOST}){{0,50}}+")
_LOCAL = re.compile(rf"[{_LETTER}0-9._%+'-]")
_SCHEME = re.compile(r"(?:mailto|xmpp|sips?|im|skype|msnim):(?://)?$", re.IGNORECASE)

_OPEN, _CLOSE = r"[ \t]{0,2}[\[({<*_|-]{1,2}[ \t]{0,2}", r"[ \t]{0,2}[\])}>*_|-]{1,2}[ \t]{0,2}"
_DOT = rf"(?:\.|{_OPEN}(?:dot|punkt|point|\.){_CLOSE}|[ \t]{{1,3}}(?:dot|punkt|\.)[ \t]{{1,3}})"
_AT = re.compile(  # begins with one character class, which makes the search fast
    r"[ \t\[({<*_|@-](?:[ \t\[({<*_|-]{0,3}(?:at|@|ät|arroba)[ \t\])}>*_|-]{1,4}|(?<=@)[ \t]{0,3})"
    rf"(?=[{_LETTER}0-9])",
    re.IGNORECASE,
)
_CAPITAL_AT = re.compile(r"AT(?<=[a-z0-9]AT)(?=[a-z0-9])")  # fredATwidgets.example
_CLEARLY_DISGUISED = re.compile(r"[\[({<*_|-]|^AT$")
_DISGUISED_HOST = re.compile(
    rf"[{_LETTER}0-9][{_LETTER}0-9-]{{0,62}}+(?:{_DOT}{_LABEL}){{0,6}}?{_DOT}{_TOP_LEVEL}(?![{_LETTER}0-9]|\.[{_LETTER}0-9])",
    re.IGNORECASE,
)
_DISGUISED_LOCAL = re.compile(
    rf"(?<![{_LETTER}0-9_.+-])[{_LETTER}0-9_+-]{{1,40}}+(?:{_DOT}[{_LETTER}0-9_+-]{{1,40}}+){{0,4}}\Z", re.IGNORECASE
)
_STAND_IN_HOSTS = re.compile(  # RFC 2606, and similar hosts that people write in examples
    r"(?:.+\.)?(?:example|test|invalid)|(?:.+\.)?(?:example|domain|yourdomain|your-domain|mydomain|yourcompany|yoursite|company"
    r"|somewhere|host|server|email|mail|foo|bar|foobar|test|xxx|abc)\.(?:com|org|net|edu|tld|de|io|dev|co|xyz)",
    re.IGNORECASE,
)
_WROTE = r"wrote|writes|said|schrieb|schreibt|a écrit|ha scritto|escribió|napsal|skrev"
_MAILBOX_BEFORE = re.compile(  # text after which an address is likely: a name, a header, the beginning of a line
    rf"(?:(?:from|to|cc|bcc|reply-to|by|sender|{_WROTE})[:\s]\s{{0,2}}|->[ \t]"
    r"|[<\[\"'(:;,|=*]\s?|[ \t]{2}|^|\n)[>\s]{0,40}$",
    re.IGNORECASE,
)
_MAILBOX_AFTER = re.compile(rf"[ \t]{{0,2}}(?:[<>()\[\]\"']|{_WROTE}|--|:\s|\n|\Z)", re.IGNORECASE)
_MAIL_WORD_BEFORE = re.compile(
    r"(?:mailto:|e-?mail(?:[ \t](?:me|us|him|her|to|is|at)){0,2}|(?:write|reply|mail) to|emailAddress=)[: \t]{0,3}$",
    re.IGNORECASE,
)
_PROVIDERS = re.compile(
    r"(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|web|t-online|proton(?:mail)?|pm|mail|fastmail"
    r"|zoho|yandex|qq|163|126|sina|hey|tutanota|posteo|mailbox|comcast|verizon|btinternet)\.[a-z.]{2,6}",
    re.IGNORECASE,
)


def find_emails(text: str) -> Iterator[Finding]:
    """Yield the e-mail addresses in a normalised text, with a `mailto:` before them."""
    if "@" in text:
        for match in _PLAIN.finditer(text):
            at = match.start()
            start = _local_start(text, at)
            local, host = text[start:at], _without_file_ending(match["host"])
            if local and _is_mailbox(local, host, text[match.end() : match.end() + 1]):
                begin = _scheme_start(text, start)
                is_login = (
                    text[begin - 3 : begin] == "://"
                )  # fred@host in a URL: only "fred" is removed, the host stays
                yield Finding(begin, at if is_login else match.end(), PrivateKind.EMAIL, f"{local}@{host}")
    yield from _disguised_emails(text)


def _disguised_emails(text: str) -> Iterator[Finding]:
    """Yield addresses with words for "@" or dots, or in the form of mail archives: "name at host.tld"."""
    for at in chain(_AT.finditer(text), _CAPITAL_AT.finditer(text)):
        host = _DISGUISED_HOST.match(text, at.end())
        if host is None:
            continue
        domain = _plain_form(host.group())
        if at.group() == "@" and domain == host.group():
            continue  # not disguised
        local = _DISGUISED_LOCAL.search(text, max(0, at.start() - 80), at.start())
        if local is None:
            continue
        name = _plain_form(local.group())
        is_sure = domain != host.group() or _CLEARLY_DISGUISED.search(at.group())
        is_address = (
            is_sure or ("@" in at.group() and _is_spaced_address(name, domain)) or _is_archive_style(text, local, host)
        )
        domain = _without_file_ending(domain)
        if is_address and _is_mailbox(name, domain, text[host.end() : host.end() + 1]):
            yield Finding(_scheme_start(text, local.start()), host.end(), PrivateKind.EMAIL, f"{name}@{domain}")


def _local_start(text: str, at: int) -> int:
    """Return where the local part of an address begins; it has 64 characters at most (RFC 5321)."""
    start = at
    while start > 0 and at - start < 64 and _LOCAL.match(text, start - 1):
        start -= 1
    while start < at and text[start] in ".'-%":
        start += 1
    return start


def _scheme_start(text: str, start: int) -> int:
    """Return where the scheme before an address begins (`mailto:`), or `start` if there is none."""
    scheme = _SCHEME.search(text, max(0, start - 9), start)
    return scheme.start() if scheme else start


def _is_mailbox(local: str, host: str, following: str) -> bool:
    """Whether an address, with the character after it, may belong to a person: not a file, code, service or example."""
    top = host.rpartition(".")[2].strip().lower()
    if top in FILE_ENDINGS or (following == "(" and len(top) > 2 and top not in COMMON_TOPS):
        return False
    name = local.lower()
    if not name.strip("x") or name.startswith("+"):
        return False
    return name not in SERVICE_NAMES and not (name in STAND_IN_NAMES and _STAND_IN_HOSTS.fullmatch(host))


def _without_file_ending(host: str) -> str:
    """Return a host without a file ending after it: fred@rain.com.png -> rain.com; other hosts unchanged."""
    rest, _, ending = host.rpartition(".")
    name, _, top = rest.rpartition(".")
    is_named = ending.lower() in FILE_ENDINGS and top.lower() in COMMON_TOPS and any(c.isalpha() for c in name)
    return rest if is_named else host


def _plain_form(part: str) -> str:
    """Return a part of an address with dots for the words: "widgets dot com" -> "widgets.com"."""
    return re.sub(_DOT, ".", part, flags=re.IGNORECASE)


def _is_spaced_address(name: str, domain: str) -> bool:
    """Whether "name @ host" is an address with spaces, and not a sentence such as "ask @ host"."""
    return name.lower() not in SENTENCE_WORDS and domain.rpartition(".")[2] in COMMON_TOPS


def _is_archive_style(text: str, local: re.Match[str], host: re.Match[str]) -> bool:
    """Whether "name at host" is an address as mail archives write it, and not a sentence such as "look at host"."""
    name, domain = local.group(), host.group()
    is_bracketed = text[local.start() - 1 : local.start()] == "<" and text[host.end() : host.end() + 1] == ">"
    if is_bracketed or _MAIL_WORD_BEFORE.search(text, max(0, local.start() - 24), local.start()):
        return True
    top = domain.rpartition(".")[2].lower()
    if not (domain.endswith(top) or domain.isupper()):
        return False  # Module.Function in a stack trace
    if name.lower() in SENTENCE_WORDS or domain.lower().startswith("www.") or (len(top) > 6 and top not in COMMON_TOPS):
        return False
    before = _MAILBOX_BEFORE.search(text, max(0, local.start() - 48), local.start())
    after = _MAILBOX_AFTER.match(text, host.end())
    is_made_up = any(c.isdigit() or c in "._+" for c in name)
    return bool(_PROVIDERS.fullmatch(domain) or (before and after) or (is_made_up and (before or after)))
