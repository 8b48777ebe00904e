"""A thread's address -> its identity, for threads that state no id of their own."""

import hashlib
import re
from collections.abc import Sequence
from itertools import pairwise
from urllib.parse import unquote, urlsplit

from faq_builder.config import Source
from faq_builder.model import ThreadKey, Url

_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|msclkid|mc_cid|mc_eid|ref_src)(?:=.*)?", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}
_LONGEST = 300  # characters of an id; longer ones are cut and told apart by a hash
_PRIVATE = re.compile(  # a mailbox; what the beginnings of keys and the names of parameters announce
    r"[^\s/?#&=@:]@[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2}"
    r"|(?<![A-Za-z0-9])(?:AKIA|ASIA|AIza|eyJ|gh[pousr]_|github_pat_|gl[a-z]{2,4}-|npm_|pypi-|sk-|[sr]k_|xapp-|xox[a-z]-|SG\.)"
    r"[\w-]{10}"
    r"|[?&;](?:[\w-]*[_-])?(?:access_?key|api_?key|auth|e?mail|key|pass\w*|pwd|secret|session(?:_?id)?|sig|token)=."
    r"|\d{8}:[\w-]{35}",
    re.IGNORECASE,
)
_RUN = re.compile(r"[A-Za-z0-9_]{20,}")


def key_of(url: Url, sources: Sequence[Source], fallback: str) -> ThreadKey:
    """The key of the thread under an address: that of the source with the longest base address, else the fallback.

    The id is the address within the source, so that a source that moves (`moved_from`) keeps its threads.
    """
    address = canonical(url)
    bases = [(canonical(base), s.key) for s in sources for base in (s.base_url, *s.moved_from) if base is not None]
    fitting = [(base, key) for base, key in bases if _is_below(address, base)]
    base, key = max(fitting, key=lambda pair: len(pair[0]), default=("", fallback))
    return ThreadKey(key, native_of(address[len(base) :].lstrip("/") or "index"))


def native_of(address: str) -> str:
    """An id made of an address, cut where it is very long; it tells nothing where the address holds private data."""
    address = telling_nothing("".join(c for c in address if c.isprintable()))
    if len(address) <= _LONGEST:
        return address
    return f"{address[:_LONGEST]}~{hashlib.sha256(address.encode()).hexdigest()[:12]}"


def telling_nothing(native: str) -> str:
    """The id itself, or a hash of it where it holds a mail address or a key: ids are published everywhere.

    Redaction comes too late for this: the ledger, the files and the findings must agree on the id.
    """
    plain = native
    for _ in range(3):  # percent-encoded percent signs occur
        plain = unquote(plain)
    is_private = _PRIVATE.search(plain) or any(_is_random(run) for run in _RUN.findall(plain))
    return f"~{hashlib.sha256(native.encode()).hexdigest()[:16]}" if is_private else native


def _is_random(run: str) -> bool:
    """Whether digits and letters are mixed as no words are."""
    return sum(a.isdigit() != b.isdigit() for a, b in pairwise(run)) >= 3


def canonical(url: Url) -> str:
    """The address without what does not tell pages apart: scheme, default port, closing slash, tracking, `#top`.

    A fragment stays where it names one of several conversations on a page: `#comment-12`, `#!/room`.
    """
    parts = urlsplit(url.value)
    port = f":{parts.port}" if parts.port not in (None, _PORTS[parts.scheme]) else ""
    query = "&".join(p for p in parts.query.split("&") if p and not _TRACKING.fullmatch(p))
    fragment = unquote(parts.fragment).split(":~:", 1)[0]
    tells_apart = fragment.startswith(("!", "/")) or any(c.isdigit() for c in fragment)
    return (
        f"{url.host}{port}{parts.path.rstrip('/')}"
        + (f"?{query}" if query else "")
        + (f"#{fragment}" if tells_apart else "")
    )


def _is_below(address: str, base: str) -> bool:
    return address == base or address.startswith((f"{base}/", f"{base}?", f"{base}#"))
