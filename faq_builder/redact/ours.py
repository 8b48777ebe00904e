"""Recognises the company's own domains, e-mail addresses, phone numbers and networks (`ours` in mkdocs.yml)."""

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from faq_builder.redact.finding import Finding, PrivateKind

_MIN_COMPARED_DIGITS = 7  # two numbers that end in fewer equal digits may well be different


def is_ours(finding: Finding, ours: frozenset[str]) -> bool:
    """Whether a finding is the company's own. A domain includes its subdomains."""
    if not ours or not finding.value:
        return False
    value = finding.value.lower()
    if finding.kind is PrivateKind.EMAIL:
        host = value.rpartition("@")[2]
        return value in ours or any(host == domain or host.endswith(f".{domain}") for domain in _own_domains(ours))
    if finding.kind is PrivateKind.PHONE:
        digits = _dialled(value)
        return any(_same_number(digits, number) for number in _own_numbers(ours))
    if finding.kind is PrivateKind.IP:
        return any(ip_address(value) in network for network in _own_networks(ours))
    return False


@lru_cache(maxsize=8)
def _own_domains(ours: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(o.lstrip("@*.") for o in ours if "@" not in o[1:] and "." in o and not _network(o)))


@lru_cache(maxsize=8)
def _own_numbers(ours: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(_dialled(o) for o in ours if not any(c.isalpha() or c == "@" for c in o) and not _network(o)))


@lru_cache(maxsize=8)
def _own_networks(ours: frozenset[str]) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(network for o in sorted(ours) if (network := _network(o)) is not None)


def _network(text: str) -> IPv4Network | IPv6Network | None:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        return None


def _dialled(number: str) -> str:
    """Return the digits of a phone number without the international or national prefix: "+49 (0)30 12" -> "493012"."""
    return "".join(c for c in number.replace("(0)", "") if c.isdigit()).lstrip("0")


def _same_number(one: str, other: str) -> bool:
    """Whether two phone numbers are the same, one of them perhaps without its country code."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _MIN_COMPARED_DIGITS and long.endswith(short)
