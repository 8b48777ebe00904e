"""Finds keys, tokens and passwords: by the formats of their issuers, and by names such as `password=` before them."""

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from faq_builder.redact.finding import Finding, PrivateKind


@dataclass(frozen=True, slots=True)
class KeyShape:
    """The format of one kind of key.

    A text is searched only if it contains one of the hints, which every such key does. If the pattern has a group
    `key`, only this group is the secret. Patterns begin with a character and not with a look-behind, which is many
    times faster; `find_secrets` checks the character before.
    """

    hints: tuple[str, ...]
    pattern: re.Pattern[str]

    @property
    def has_key(self) -> bool:
        """Whether the secret is only the group `key` of the pattern, which then checks itself what comes before."""
        return "key" in self.pattern.groupindex


def _key_shape(pattern: str, *hints: str) -> KeyShape:
    return KeyShape(hints, re.compile(pattern))


# From the issuers' documentation; from the rules of gitleaks and GitHub's secret scanning if an issuer documents
# nothing.
KEY_SHAPES = (
    _key_shape(r"(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])", "AKIA", "ASIA"),  # Amazon Web Services
    _key_shape(r"gh[pousr]_[A-Za-z0-9]{30,255}+", "ghp_", "gho_", "ghu_", "ghs_", "ghr_"),  # GitHub
    _key_shape(r"github_pat_\w{22,255}+", "github_pat_"),
    _key_shape(
        r"gl(?:pat|dt|rt|ptt|cbt|soat|ft)-[\w-]{18,300}+", "glpat", "gldt", "glrt", "glptt", "glcbt", "glsoat", "glft"
    ),  # GitLab
    _key_shape(r"xox[abceoprs](?:\.xox[bp])?-[\w-]{8,250}+", "xox"),  # Slack
    _key_shape(r"xapp-\d-[\w-]{10,250}+", "xapp-"),
    _key_shape(r"hooks\.slack\.com/(?:services|workflows|triggers)/(?P<key>[\w/]{20,200}+)", "hooks.slack.com"),
    _key_shape(
        r"[sr]k_(?:live|test)_[A-Za-z0-9]{10,250}+|whsec_[A-Za-z0-9+/=]{20,100}+", "k_live_", "k_test_", "whsec_"
    ),
    _key_shape(r"AIza[\w-]{35}(?![A-Za-z0-9])", "AIza"),  # Google
    _key_shape(r"ya29\.[\w-]{20,1000}+|GOCSPX-[\w-]{20,60}+", "ya29.", "GOCSPX-"),
    _key_shape(r"sk-(?=[\w-]{0,100}?\d)(?:[a-z]+\d*-)*+[A-Za-z0-9_-]{20,300}+", "sk-"),  # OpenAI, Anthropic, OpenRouter
    _key_shape(r"npm_[A-Za-z0-9]{30,60}+", "npm_"),
    _key_shape(r"pypi-[\w-]{50,1000}+", "pypi-"),
    _key_shape(r"SG\.[\w-]{16,40}\.[\w-]{16,80}+", "SG."),  # SendGrid
    _key_shape(r"(?:SK|AC)[0-9a-f]{32}(?![A-Za-z0-9])", "SK", "AC"),  # Twilio
    _key_shape(r"key-[0-9a-zA-Z]{32}(?![A-Za-z0-9])", "key-"),  # Mailgun
    _key_shape(r"[0-9a-f]{32}-us\d{1,2}(?!\w)", "-us"),  # Mailchimp
    _key_shape(
        r"eyJ(?<![A-Za-z0-9-]eyJ)(?<![A-Za-z0-9]_eyJ)[\w-]{10,600}+\.[\w-]{8,8000}+(?:\.[\w-]{0,3000}+){0,3}", "eyJ"
    ),  # JSON Web Token, RFC 7519
    _key_shape(
        r"\.(?<=[\w-]{23}\.)(?P<key>[\w-]{6}\.[\w-]{25,45})(?![A-Za-z0-9])", "."
    ),  # Discord bot, after its public id
    _key_shape(r"discord(?:app)?\.com/api/(?:v\d+/)?webhooks/(?P<key>\d{15,22}/[\w-]{30,100}+)", "/webhooks/"),
    _key_shape(r":(?<=[0-9]{8}:)(?P<key>[A-Za-z0-9_-]{35})(?![A-Za-z0-9])", ":"),  # Telegram bot, after its public id
    _key_shape(r"hf_[A-Za-z0-9]{30,60}+", "hf_"),  # Hugging Face
    _key_shape(r"do[opr]_v1_[a-f0-9]{60,70}+", "_v1_"),  # DigitalOcean
    _key_shape(r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}", "shp"),  # Shopify
    _key_shape(r"sq0[a-z]{3}-[\w-]{22,60}+|EAAA[\w-]{60}", "sq0", "EAAA"),  # Square
    _key_shape(r"dapi[a-f0-9]{32}", "dapi"),  # Databricks
    _key_shape(
        r"lin_api_[A-Za-z0-9]{32,60}+|ntn_[A-Za-z0-9]{40,60}+|secret_[A-Za-z0-9]{43}", "lin_api", "ntn_", "secret_"
    ),
    _key_shape(r"PMAK-[a-f0-9]{24}-[a-f0-9]{34}|ATATT3[\w=-]{60,300}+", "PMAK-", "ATATT3"),  # Postman, Atlassian
    _key_shape(r"hv[sbr]\.[\w-]{24,300}+", "hvs.", "hvb.", "hvr."),  # Vault
    _key_shape(
        r"gl(?:sa|c)_[\w+/=]{32,250}+|gsk_[A-Za-z0-9]{40,60}+|xai-[A-Za-z0-9]{60,90}+", "glsa_", "glc_", "gsk_", "xai-"
    ),
    _key_shape(
        r"sntry[su]_[\w+/=]{40,300}+|dckr_pat_[\w-]{20,60}+|dp\.[a-z]{2,5}\.[A-Za-z0-9]{40,44}", "sntry", "dckr_", "dp."
    ),
    _key_shape(
        r"oy2[a-z0-9]{43}(?![a-z0-9])|rubygems_[a-f0-9]{48}|AGE-SECRET-KEY-1[A-Z0-9]{58}", "oy2", "rubyg", "AGE-"
    ),
    _key_shape(r"EAACEdEose0cBA\w{20,300}+|sl\.[A-Za-z0-9_-]{130,200}+", "EAACEd", "sl."),  # Facebook, Dropbox
    _key_shape(r"(?i:AccountKey|SharedAccessKey)=(?P<key>[A-Za-z0-9+/]{40,100}={0,2})", "AccountKey", "SharedAccess"),
)

_BY_HINT = tuple((hint, shape) for shape in KEY_SHAPES for hint in shape.hints)  # flat, as most texts contain no hint

_SECRET_NAME = re.compile(  # names of secrets, in lower case
    r"(?P<password>passw(?:or)?[dt]|passphrase|kennwort|pwd)"
    r"|secret|token|credential|sess(?:ion)?[_-]?id|(?:api|access|private|auth|account|encryption|signing|secret)"
    r"[ _-]?key"
)
_SECRET_NAME_HINTS = ("passw", "pwd", "secret", "token", "key", "credential", "sess", "kennwort", "passphrase")
_SECRET_VALUE = re.compile(  # the rest of the name, a sign, and the value
    r"(?:[_-]?(?:ids?|key|value|hash|s|access[_-]?key))?"
    r"(?:[\"'`*]{0,3}[ \t]{0,3}(?:=>|:=|==|[:=>])[ \t]{0,3}|[ \t](?:is|was|ist)[ \t:]{1,3}|[ \t](?=\S{16}))"
    r"[\"'`*]{0,2}(?P<key>[^\s\"'<>,;()`\[\]{}&]{8,300}+)",
    re.IGNORECASE,
)
_BEARER = re.compile(
    r"(?:authorization[\"']?[ \t]{0,3}[:=][ \t]{0,3}[\"']?(?:bearer|basic|token|bot|apikey|digest)?|bearer)[ \t]{1,3}"
    r"(?P<key>[A-Za-z0-9._~+/-]{8,4000}+=*)",
    re.IGNORECASE,
)
_LOGIN = re.compile(  # RFC 3986, user information with a password
    r"://(?P<key>[^\s/?#@:\"'<>]{0,100}+:(?P<password>[^\s/?#\"'<>]{1,200}))@(?=[\w\[])"
)
_AMAZON_SECRET = re.compile(r"(?<![A-Za-z0-9/+=])(?P<key>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])")
_BEGIN = re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
_END = re.compile(r"-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
_KEY_LINES = re.compile(  # the lines of a key without an end marker
    r"(?:(?:[\s>|]|\\[nr])*+(?:[A-Za-z0-9+/]{16,}+=*+|[A-Z][\w-]{3,30}: [^\n]{1,80}\n))*+"
    r"(?:\s{0,4}[A-Za-z0-9+/]{1,64}={1,2})?"
)
_LONGEST_KEY = 20_000  # characters; an RSA key of 16,384 bits has 12,700

_EXAMPLE_VALUE = re.compile(  # placeholders for a secret, and code that reads one from elsewhere
    r"(?:my[-_]?|the[-_]?|a[-_]|some[-_]?|fake[-_]?)*(?:your|example|sample|placeholder|change|dummy|removed|redacted|hidden"
    r"|censored|snip|secret|passw|pwd|test|token|api[-_]?key|key|user|admin|foo|1234|abcd|none|null|true|false|undefined|string"
    r"|process\.|env\b|getenv|config|settings|request|self\b|this\b|os\.|\$[A-Za-z_{(]|%[A-Za-z_(]|@|/|\\|\.|https?:)"
    r"|.*(?:xxx|XXX|\*\*\*|\.\.\.|…|removed)"
    r"|[A-Za-z_]\w*(?:(?:\.|->|::)[A-Za-z_]\w*)+$",
    re.IGNORECASE,
)
_WEAK_LOGIN = re.compile(  # logins of examples, and defaults of services
    r"(?:[\"'`<\[{(*$%.x…-].*|x+|user(?:name)?|(?:my|your|some|db|secret|strong)?[-_]?(?:pass(?:word|wd)?|pwd?|pw|secret)\d{0,3}!?|token|root|admin|guest|postgres|mysql|test|example"
    r"|your[-_]?.*|changeme|\d{1,5})",
    re.IGNORECASE,
)


def find_secrets(text: str) -> Iterator[Finding]:
    """Yield the keys, tokens and passwords in a normalised text; some may be found twice."""
    for hint, shape in _BY_HINT:
        if hint in text:
            for match in shape.pattern.finditer(text):
                if shape.has_key or not text[match.start() - 1 : match.start()].isalnum():
                    yield _secret_finding(match)
    if "PRIVATE KEY" in text:
        yield from _private_keys(text)
    if "://" in text:
        yield from (_secret_finding(m) for m in _LOGIN.finditer(text) if not _WEAK_LOGIN.fullmatch(m["password"]))
    lower = text.lower()
    if len(lower) == len(text) and any(hint in lower for hint in _SECRET_NAME_HINTS):
        yield from _named_secrets(text, lower)
    if "bearer" in lower or "authorization" in lower:
        yield from (_secret_finding(m) for m in _BEARER.finditer(text) if _is_secret_value(m["key"], strict=True))
    if "aws" in lower or "AKIA" in text or "ASIA" in text:
        yield from (_secret_finding(m) for m in _AMAZON_SECRET.finditer(text) if _is_amazon_secret(m["key"]))


def _secret_finding(match: re.Match[str]) -> Finding:
    """Return the finding for a match: its group `key`, or all of it."""
    group = "key" if "key" in match.re.groupindex and match["key"] is not None else 0
    return Finding(*match.span(group), PrivateKind.SECRET, match[group])


def _named_secrets(text: str, lower: str) -> Iterator[Finding]:
    """Yield the values after names like `password =` that are not examples. `lower` is the text in lower case."""
    at = 0
    for name in _SECRET_NAME.finditer(lower):
        value = _SECRET_VALUE.match(text, name.end()) if name.start() >= at else None
        if value and _is_secret_value(value["key"], strict=not name["password"]):
            at = value.end()
            yield _secret_finding(value)


def _is_secret_value(value: str, *, strict: bool) -> bool:
    """Whether a value looks like a password, or with `strict` like a generated key, and not like an example.

    A generated key has 3 bits of entropy a character, as 8 different characters have; 16 letters of English words have
    less.
    """
    if len(value) < 8 or _EXAMPLE_VALUE.match(value):
        return False
    if not (any(c.isdigit() for c in value) and any(c.isalpha() for c in value)):
        return False
    if not strict:
        return len(set(value)) >= 5
    counts = Counter(value)
    entropy = -sum(n / len(value) * math.log2(n / len(value)) for n in counts.values())
    changes = sum(a.isdigit() != b.isdigit() for a, b in pairwise(value))
    return len(value) >= 16 and entropy >= 3 and changes >= 3


def _is_amazon_secret(value: str) -> bool:
    """Whether 40 characters may be an AWS secret key: upper case, lower case and digits, and not a path."""
    tests = (str.islower, str.isupper, str.isdigit)
    return all(any(test(c) for c in value) for test in tests) and value.count("/") < 4


def _private_keys(text: str) -> Iterator[Finding]:
    """Yield the private key blocks, up to the end marker, or as far as their lines go if it is missing."""
    at = 0
    while begin := _BEGIN.search(text, at):
        ending = text.find("-----END ", begin.end(), begin.end() + _LONGEST_KEY)
        end = _END.match(text, ending) if ending >= 0 else None
        rest = None if end else _KEY_LINES.match(text, begin.end(), begin.end() + _LONGEST_KEY)
        at = end.end() if end else rest.end() if rest else begin.end()
        yield Finding(begin.start(), at, PrivateKind.SECRET)
