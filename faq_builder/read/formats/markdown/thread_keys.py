"""A thread's URL -> its key, for thread files that state no id of their own."""

import hashlib
import re
from collections.abc import Sequence
from itertools import pairwise
from urllib.parse import unquote, urlsplit

from faq_builder.config import Source
from faq_builder.model import ThreadKey, Url

_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|msclkid|mc_cid|mc_eid|ref_src)(?:=.*)?", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}
_MAX_ID_LENGTH = 300  # characters; a longer id is cut, and a hash keeps it distinct
_PRIVATE = re.compile(  # an e-mail address; a secret, by its known prefix or by the name of its URL parameter
    r"[^\s/?#&=@:]@[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2}"
    r"|(?<![A-Za-z0-9])(?:AKIA|ASIA|AIza|eyJ|gh[pousr]_|github_pat_|gl[a-z]{2,4}-|npm_|pypi-|sk-|[sr]k_|xapp-|xox[a-z]-|SG\.)"
    r"[\w-]{10}"
    r"|[?&;](?:[\w-]*[_-])?(?:access_?key|api_?key|auth|e?mail|key|pass\w*|pwd|secret|session(?:_?id)?|sig|token)=."
    r"|\d{8}:[\w-]{35}",
    re.IGNORECASE,
)
_LONG_WORD = re.compile(r"[A-Za-z0-9_]{20,}")


def key_from_url(url: Url, sources: Sequence[Source], fallback: str) -> ThreadKey:
    """Return the key of the thread at a URL: the source with the longest matching base URL, else the fallback.

    The id is the URL below the base URL, so that a source that moves (`moved_from`) keeps its threads:
    https://widgets.example/blog/rain/#comment-12 -> blog:rain#comment-12
    """
    text = canonical_url(url)
    bases = [(canonical_url(base), s.key) for s in sources for base in (s.base_url, *s.moved_from) if base is not None]
    matching = [(base, key) for base, key in bases if _is_below(text, base)]
    base, key = max(matching, key=lambda pair: len(pair[0]), default=("", fallback))
    return ThreadKey(key, native_id_of(text[len(base) :].lstrip("/") or "index"))


def native_id_of(path: str) -> str:
    """Return an id made from the part of a URL below its base: opaque if that part is private, cut if it is long."""
    native = opaque_if_private("".join(c for c in path if c.isprintable()))
    if len(native) <= _MAX_ID_LENGTH:
        return native
    return f"{native[:_MAX_ID_LENGTH]}~{hashlib.sha256(native.encode()).hexdigest()[:12]}"


def opaque_if_private(native: str) -> str:
    """Return the id itself, or a hash if the id contains an e-mail address or a secret, because ids are published.

    `rain#comment-12` -> `rain#comment-12`, `u/fred@rain.example` -> `~` and 16 hexadecimal digits. Redaction would be
    too late: the ledger, the files and the findings must agree on the id.
    """
    plain = native
    for _ in range(3):  # percent signs may be percent-encoded themselves
        plain = unquote(plain)
    is_private = _PRIVATE.search(plain) or any(_is_random(word) for word in _LONG_WORD.findall(plain))
    return f"~{hashlib.sha256(native.encode()).hexdigest()[:16]}" if is_private else native


def _is_random(word: str) -> bool:
    """Whether digits and letters alternate at least three times, as in `a8f5f167f44f` and in no word."""
    return sum(a.isdigit() != b.isdigit() for a, b in pairwise(word)) >= 3


def canonical_url(url: Url) -> str:
    """Return the URL without scheme, default port, closing slash, tracking parameters, and fragments such as `#top`.

    A fragment stays if it names one of several conversations on a page: `#comment-12`, `#!/room`.
    http://widgets.example:80/a/?utm_source=x#top -> widgets.example/a
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


def _is_below(url: str, base: str) -> bool:
    return url == base or url.startswith((f"{base}/", f"{base}?", f"{base}#"))
