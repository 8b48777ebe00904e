"""What is no text and is published all the same: ids of threads, messages and accounts, and words of fixed shape."""

import re
from functools import lru_cache
from hashlib import sha256

from faq_builder.config import RedactRules
from faq_builder.model import ThreadKey
from faq_builder.redact.finding import Kind
from faq_builder.redact.text import find

IN_ADDRESSES = frozenset({Kind.SECRET, Kind.EMAIL})  # long numbers in addresses and ids are mere numbers

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")  # RFC 5646, its outline
_FORMAT = re.compile(r"[a-z][a-z0-9-]{0,39}")
_LICENCE = re.compile(r"[\w©][\w ©.,:;/()+'’&-]{1,99}")


def hashed(text: str) -> str:
    """An id that tells nothing of the text, and is always the same for it."""
    return sha256(text.encode()).hexdigest()[:16]


@lru_cache(maxsize=4096)
def public_key(key: ThreadKey, rules: RedactRules) -> ThreadKey:
    """The key itself, or one with a hash for an id that holds a mail address or a key.

    The last guard: readers should give no such id, as what compares raw keys with the ledger (threads that were lost,
    the files that threads stand in) does not know the thread under its public key.
    """
    return ThreadKey(key.source, f"~{hashed(key.native)}") if _is_private(key.native, rules) else key


def public_id(message_id: str, rules: RedactRules) -> str:
    """The id of a message, or a hash of one that holds a key."""
    return hashed(message_id) if _is_private(message_id, rules) else message_id


@lru_cache(maxsize=4096)
def public_account(key: str, rules: RedactRules) -> str:
    """The account key, or a hash of one that holds private data: mail addresses and phone numbers are accounts too."""
    return hashed(key) if not key.isdigit() and find(key, rules) else key


def public_language(language: str | None) -> str | None:
    """The language tag, None where it is not one."""
    return language if language and _LANGUAGE.fullmatch(language) else None


def public_format(name: str) -> str:
    """The name of a format."""
    return name if _FORMAT.fullmatch(name) else "unknown"


def is_licence(text: str) -> bool:
    """Whether a text can be the name or the address of a licence."""
    return _LICENCE.fullmatch(text) is not None


def _is_private(native: str, rules: RedactRules) -> bool:
    return not native.isdigit() and bool(find(native, rules, IN_ADDRESSES))
