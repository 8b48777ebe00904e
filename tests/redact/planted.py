"""Hypothesis strategies for private data and secrets.

Keys are put together from pieces, so that secret scanners do not report this file.
"""

import string

from hypothesis import strategies as st

_WORD = st.text(string.ascii_lowercase, min_size=3, max_size=9)
_ALNUM = string.ascii_letters + string.digits


def _random(alphabet: str, length: int) -> st.SearchStrategy[str]:
    return st.text(alphabet, min_size=length, max_size=length)


def _key(prefix: str, alphabet: str, length: int) -> st.SearchStrategy[str]:
    return _random(alphabet, length).map(lambda rest: prefix + rest)


_HOST = st.tuples(_WORD.map("widgets-".__add__), st.sampled_from(("com", "net", "de", "co.uk", "org"))).map(".".join)
_LOCAL = st.tuples(_WORD.map("fred.".__add__), st.integers(1, 99)).map(lambda pair: f"{pair[0]}{pair[1]}")

emails = st.tuples(_LOCAL, _HOST).map("@".join)
disguised = st.tuples(
    _LOCAL,
    st.sampled_from((" at ", " [at] ", "(at)", " AT ")),
    _WORD,
    st.sampled_from((" dot ", "[dot]", " (dot) ", " DOT ")),
).map(lambda parts: f"{parts[0]}{parts[1]}{parts[2]}{parts[3]}com")
phones = st.one_of(
    st.tuples(st.sampled_from(("+49 30 ", "+44 20 ", "+33 1 ", "+1 555 ", "+41 44 ")), _random("23456789", 7)).map(
        "".join
    ),
    st.tuples(_random("23456789", 3), _random("23456789", 3), _random("23456789", 4)).map("-".join),
    st.tuples(_random("23456789", 3), _random("23456789", 3), _random("23456789", 4)).map(
        lambda parts: f"({parts[0]}) {parts[1]}-{parts[2]}"
    ),
)
addresses = st.tuples(
    st.sampled_from((81, 88, 93, 145, 212)), st.integers(40, 250), st.integers(0, 255), st.integers(1, 254)
).map(lambda octets: ".".join(map(str, octets)))
keys = st.one_of(
    _key("AKI" + "A", string.ascii_uppercase + "234567", 16),
    _key("gh" + "p_", _ALNUM, 36),
    _key("github_" + "pat_", _ALNUM, 60),
    _key("glp" + "at-", _ALNUM, 20),
    _key("xox" + "b-", string.digits, 24),
    _key("sk_" + "live_", _ALNUM, 24),
    _key("AI" + "za", _ALNUM + "_-", 35),
    _key("sk-" + "ant-api03-1", _ALNUM, 40),
    _key("sk-" + "1", _ALNUM, 40),
    _key("npm" + "_", _ALNUM, 36),
    _key("pyp" + "i-AgEIcHlwaS5vcmc", _ALNUM, 60),
    st.tuples(_random(_ALNUM, 22), _random(_ALNUM, 43)).map(lambda parts: f"S{'G'}.{parts[0]}.{parts[1]}"),
    st.tuples(_random(_ALNUM, 20), _random(_ALNUM, 30), _random(_ALNUM, 43)).map(
        lambda parts: f"e{'yJ'}{parts[0]}.{parts[1]}.{parts[2]}"
    ),
    st.tuples(_random("123456789", 10), _random(_ALNUM, 35)).map(":".join),
)
everything = st.one_of(emails, disguised, phones, addresses, keys)
