"""Mail addresses, also those that people and mail archives write in disguise."""

import re
from collections.abc import Iterator

from faq_builder.redact.finding import Finding, Kind
from faq_builder.redact.words import COMMON_TOPS, FILE_ENDINGS, SENTENCE_WORDS, SERVICE_NAMES, STAND_IN_NAMES

_TOP = r"(?:xn--[a-z0-9-]{2,59}|[^\W\d_]{2,24})"
_HOST = rf"(?:[^\W_](?:[^\W_]|-(?!\.)){{0,62}}+\.){{1,8}}{_TOP}(?![\w-])"
_PLAIN = re.compile(rf"@(?P<host>{_HOST})(?:@{_HOST}){{0,50}}+", re.IGNORECASE)
_SCHEME = re.compile(r"(?:mailto|xmpp|sips?|im|skype|msnim):(?://)?$", re.IGNORECASE)

_OPEN, _CLOSE = r"[ \t]{0,2}[\[({<*_|-]{1,2}[ \t]{0,2}", r"[ \t]{0,2}[\])}>*_|-]{1,2}[ \t]{0,2}"
_DOT = rf"(?:\.|{_OPEN}(?:dot|punkt|point|\.){_CLOSE}|[ \t]{{1,3}}(?:dot|punkt|\.)[ \t]{{1,3}})"
_WORDY_DOT = re.compile(r"dot|punkt|point", re.IGNORECASE)
_AT = re.compile(  # one class first, so that the search is quick
    r"[ \t\[({<*_|@-](?:[ \t\[({<*_|-]{0,5}(?:at|@|ät|arroba)[ \t\])}>*_|-]{1,5}|(?<=@)[ \t]{0,3})(?=[^\W_])",
    re.IGNORECASE,
)
_AT_SIGN = re.compile(r"@|[\[({<*_|-]")
_DISGUISED_HOST = re.compile(
    rf"[^\W_][\w-]{{0,62}}+(?:{_DOT}[^\W_](?:[^\W_]|-){{0,62}}+){{0,6}}?{_DOT}{_TOP}(?![\w-]|\.\w)", re.IGNORECASE
)
_DISGUISED_LOCAL = re.compile(rf"(?<![\w.+-])[\w+-]{{1,40}}+(?:{_DOT}[\w+-]{{1,40}}+){{0,4}}$", re.IGNORECASE)

_STAND_IN_HOSTS = re.compile(  # RFC 2606, and what people write like it
    r"(?:.+\.)?(?:example|test|invalid)|(?:.+\.)?(?:example|domain|yourdomain|your-domain|mydomain|yourcompany|yoursite|company"
    r"|somewhere|host|server|email|mail|foo|bar|foobar|test|xxx|abc)\.(?:com|org|net|edu|tld|de|io|dev|co|xyz)",
    re.IGNORECASE,
)
_MAILBOX_BEFORE = re.compile(
    r"(?:(?:from|to|cc|bcc|reply-to|e-?mail|mail|by|sender)[:\s]\s{0,2}|[<\"(:;,|]\s?|^|\n)[>\s]{0,4}$", re.I
)
_MAILBOX_AFTER = re.compile(r"[ \t]{0,2}(?:>|\)|\(|wrote|writes|schrieb|said)|[ \t]{0,2}(?:\n|$)", re.IGNORECASE)
_PROVIDERS = re.compile(
    r"(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|web|t-online|proton(?:mail)?|pm|mail|fastmail"
    r"|zoho|yandex|qq|163|126|sina|hey|tutanota|posteo|mailbox|comcast|verizon|btinternet)\.[a-z.]{2,6}",
    re.IGNORECASE,
)


def find_emails(text: str) -> Iterator[Finding]:
    """Each mail address in a folded text, with the `mailto:` before it."""
    if "@" in text:
        for match in _PLAIN.finditer(text):
            at = match.start()
            start = _local_start(text, at)
            local, host = text[start:at], match["host"]
            if local and _is_mailbox(local, host, text[match.end() : match.end() + 1]):
                begin = _with_scheme(text, start)
                is_login = text[begin - 3 : begin] == "://"  # the host of an address stays
                yield Finding(begin, at if is_login else match.end(), Kind.EMAIL, f"{local}@{host}")
    yield from _disguised(text)


def _disguised(text: str) -> Iterator[Finding]:
    """Each address whose @ or whose dots are words, or that a mail archive wrote as `name at host.tld`."""
    for at in _AT.finditer(text):
        host = _DISGUISED_HOST.match(text, at.end())
        if host and at.group() == "@" and not _WORDY_DOT.search(host.group()):
            continue  # a plain address
        local = _DISGUISED_LOCAL.search(text, max(0, at.start() - 80), at.start()) if host else None
        if host is None or local is None:
            continue
        name, domain = _undisguised(local.group()), _undisguised(host.group())
        if _is_disguise(text, local, at.group(), host) and _is_mailbox(name, domain, text[host.end() : host.end() + 1]):
            yield Finding(_with_scheme(text, local.start()), host.end(), Kind.EMAIL, f"{name}@{domain}")


def _local_start(text: str, at: int) -> int:
    """Where the part before the @ begins: at most 64 characters of it, as RFC 5321 has it."""
    start = at
    while start > 0 and at - start < 64 and (text[start - 1].isalnum() or text[start - 1] in "._%+-'"):
        start -= 1
    while start < at and text[start] in ".'-%":
        start += 1
    return start


def _with_scheme(text: str, start: int) -> int:
    scheme = _SCHEME.search(text, max(0, start - 9), start)
    return scheme.start() if scheme else start


def _is_mailbox(local: str, host: str, following: str) -> bool:
    """Whether somebody may be reached there: not a file, not code, not a service, not a stand-in of an example."""
    top = host.rpartition(".")[2].strip().lower()
    if top in FILE_ENDINGS or (following == "(" and len(top) > 2 and top not in COMMON_TOPS):
        return False
    name = local.lower()
    return name not in SERVICE_NAMES and not (name in STAND_IN_NAMES and _STAND_IN_HOSTS.fullmatch(host))


def _undisguised(part: str) -> str:
    return re.sub(_DOT, ".", part, flags=re.IGNORECASE)


def _is_disguise(text: str, local: re.Match[str], at: str, host: re.Match[str]) -> bool:
    """Whether `name at host` is an address, and not a plain sentence such as "look at host"."""
    if _AT_SIGN.search(at) or _WORDY_DOT.search(host.group()):
        return True
    name = local.group()
    if name.lower() in SENTENCE_WORDS or host.group().lower().startswith("www."):
        return False
    before = _MAILBOX_BEFORE.search(text, max(0, local.start() - 16), local.start())
    after = _MAILBOX_AFTER.match(text, host.end())
    looks_made = any(c.isdigit() or c in "._+-" for c in name)
    return bool(_PROVIDERS.fullmatch(host.group()) or (before and after) or (looks_made and (before or after)))
