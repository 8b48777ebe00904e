"""Redacts published values that are not texts: ids of threads, messages and accounts, languages, formats, licences."""

import re
from functools import lru_cache
from hashlib import sha256

from faq_builder.config import RedactRules
from faq_builder.model import ThreadKey
from faq_builder.redact.finding import PrivateKind
from faq_builder.redact.text import find_private_data

KINDS_IN_URLS = frozenset({PrivateKind.SECRET, PrivateKind.EMAIL})  # a long number in a URL or an id is an id

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")  # the general form in RFC 5646
_FORMAT = re.compile(r"[a-z][a-z0-9-]{0,39}")
_LICENCE = re.compile(r"[\w©][\w ©.,:;/()+'’&-]{1,99}")


def hashed_id(text: str) -> str:
    """Return an id that does not reveal the text, always the same for the same text."""
    return sha256(text.encode()).hexdigest()[:16]


@lru_cache(maxsize=4096)
def public_key(key: ThreadKey, rules: RedactRules) -> ThreadKey:
    """Return a thread key, with a hash in place of a native id that contains an e-mail address or a secret.

    This is a last resort. Formats should not produce such ids: code that compares raw keys with the ledger (to find
    lost threads, or the files of threads) does not recognise the thread by its public key.
    """
    return ThreadKey(key.source, f"~{hashed_id(key.native)}") if _is_private(key.native, rules) else key


def public_id(message_id: str, rules: RedactRules) -> str:
    """Return the id of a message, or its hash if it contains an e-mail address or a secret."""
    return hashed_id(message_id) if _is_private(message_id, rules) else message_id


@lru_cache(maxsize=4096)
def public_account(key: str, rules: RedactRules) -> str:
    """Return an account key, or its hash if it contains private data: some accounts are e-mail addresses."""
    return hashed_id(key) if not key.isdigit() and find_private_data(key, rules) else key


def public_language(language: str | None) -> str | None:
    """Return a language tag, None if the text is not one."""
    return language if language and _LANGUAGE.fullmatch(language) else None


def public_format(name: str) -> str:
    """Return the name of a format, "unknown" if the text cannot be one."""
    return name if _FORMAT.fullmatch(name) else "unknown"


def is_licence(text: str) -> bool:
    """Whether a text can be the name or the URL of a licence."""
    return _LICENCE.fullmatch(text) is not None


def _is_private(native: str, rules: RedactRules) -> bool:
    """Whether an id contains an e-mail address or a secret."""
    return not native.isdigit() and bool(find_private_data(native, rules, KINDS_IN_URLS))
