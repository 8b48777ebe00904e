"""Finds IP addresses (IPv4, IPv6) that may belong to a person."""

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network

from faq_builder.redact.finding import Finding, PrivateKind

_V4 = re.compile(
    r"[0-9](?<![A-Za-z0-9.].)(?<!\d[,/-].)\d{0,2}(?:\.\d{1,3}){3}(?![A-Za-z0-9]|-[A-Za-z]|\.[A-Za-z0-9]|/\d{3})"
)
_V6 = re.compile(r"[23](?<![A-Za-z0-9:.].)[0-9a-fA-F]{3}:[0-9a-fA-F:]{2,35}+(?:(?:\.\d{1,3}){3})?(?![A-Za-z0-9:])")

# IANA's registries of special-purpose addresses, written out because the `ipaddress` module changes with Python's
# version; and public DNS servers, which many answers name.
_RESERVED_V4 = """
0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24
192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3
"""
_RESERVED_V6 = "2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20"
_NAME_SERVERS_V4 = "1.1.1.1 1.0.0.1 8.8.8.8 8.8.4.4 9.9.9.9 208.67.222.222 208.67.220.220"
_NAME_SERVERS_V6 = """
2001:4860:4860::8888 2001:4860:4860::8844 2606:4700:4700::1111 2606:4700:4700::1001 2620:fe::fe
"""
_IMPERSONAL_V4 = tuple(IPv4Network(network) for network in f"{_RESERVED_V4} {_NAME_SERVERS_V4}".split())
_IMPERSONAL_V6 = tuple(IPv6Network(network) for network in f"{_RESERVED_V6} {_NAME_SERVERS_V6}".split())
_VERSION_BEFORE = re.compile(  # words and signs that come only before a version
    r"(?:(?<![a-z])(?:v|ver|versions?|versionen|release|rel|rev|revision|firmware|assembly)\.?"
    r"|(?-i:[A-Z][A-Za-z]{2,}/)|[=<>~^!]=|[-_/]v|[a-z]-)[ \t:\"'`=(]{0,3}$",
    re.IGNORECASE,
)
_MAYBE_VERSION_BEFORE = re.compile(  # words that come before versions and IP addresses
    r"(?<![a-z])(?:build|patch|sdk|tag|section|chapter|driver|runtime|since|bios|upgrad\w+(?: to)?|updat\w+ to"
    r"|install\w*)[ \t:\"'`=(]{1,3}$",
    re.IGNORECASE,
)
_ADDRESS_BEFORE = re.compile(
    r"(?:(?<![a-z])(?:ips?|ipv4|address(?:es)?|addr|inet|ping|ssh|dns|gateway|peer|connect\w*|listen\w*)(?![a-z])[^\n]{0,20}"
    r"|://|@)$",
    re.IGNORECASE,
)
_PORT_AFTER = re.compile(r":\d{2,5}(?!\d)|/\d{1,2}(?![\d.])")
_LOW_OCTET_END = (
    32  # one of 4,096 random IP addresses has only octets below 32; most version numbers of four parts have
)


def find_ip_addresses(text: str) -> Iterator[Finding]:
    """Yield the public IP addresses in a normalised text that are not version numbers."""
    if text.count(".") >= 3:
        for match in _V4.finditer(text):
            if not is_impersonal(match.group()) and not _is_version(text, match):
                yield Finding(*match.span(), PrivateKind.IP, match.group())
    if text.count(":") >= 2:
        yield from (
            Finding(*m.span(), PrivateKind.IP, m.group()) for m in _V6.finditer(text) if not is_impersonal(m.group())
        )


def is_impersonal(text: str) -> bool:
    """Whether an IP address identifies no person: private, reserved, for documentation, a DNS server, or invalid."""
    try:
        if ":" in text:
            v6 = IPv6Address(text)
            return any(v6 in network for network in _IMPERSONAL_V6)
        v4 = IPv4Address(text)
    except AddressValueError:
        return True
    return any(v4 in network for network in _IMPERSONAL_V4)


def _is_version(text: str, match: re.Match[str]) -> bool:
    """Whether four numbers are a version: a word before them says so, or all are low and no word says "address"."""
    start = match.start()
    if _ADDRESS_BEFORE.search(text, max(0, start - 32), start) or _PORT_AFTER.match(text, match.end()):
        return False
    if _VERSION_BEFORE.search(text, max(0, start - 16), start):
        return True
    low = sum(int(octet) < _LOW_OCTET_END for octet in match.group().split("."))
    return low == 4 or (low >= 2 and _MAYBE_VERSION_BEFORE.search(text, max(0, start - 16), start) is not None)
