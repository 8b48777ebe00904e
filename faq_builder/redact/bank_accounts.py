"""Finds the numbers of payment cards and bank accounts, by their checksums."""

import re
from collections.abc import Iterator

from faq_builder.redact.finding import Finding, PrivateKind

# The first digits of Visa, Mastercard, Discover, UnionPay (16 digits), American Express (15) and Diners (14)
_CARD = re.compile(
    r"(?<![A-Za-z0-9.,/#-])(?:"
    r"(?:4\d{3}|5[1-5]\d\d|2[2-7]\d\d|6(?:011|5\d\d|4[4-9]\d|2\d\d))(?P<sep>[ -]?)\d{4}(?:(?P=sep)\d{4}){2}"
    r"|3[47]\d\d(?P<sep2>[ -]?)\d{6}(?P=sep2)\d{5}"
    r"|3(?:0[0-5]|[68]\d)\d(?P<sep3>[ -]?)\d{6}(?P=sep3)\d{4}"
    r")(?![A-Za-z0-9%]|[-.,:/=][A-Za-z0-9])"
)
_IBAN_LENGTHS = {  # ISO 13616, the registry of SWIFT
    **dict.fromkeys(("NO",), 15),
    **dict.fromkeys(("BE", "BI"), 16),
    **dict.fromkeys(("DK", "FK", "FO", "FI", "GL", "NL", "SD"), 18),
    **dict.fromkeys(("MK", "SI"), 19),
    **dict.fromkeys(("AT", "BA", "EE", "KZ", "LT", "LU", "XK", "MN"), 20),
    **dict.fromkeys(("CH", "CR", "HR", "LI", "LV"), 21),
    **dict.fromkeys(("BG", "BH", "DE", "GB", "GE", "IE", "ME", "RS", "VA"), 22),
    **dict.fromkeys(("AE", "GI", "IL", "IQ", "OM", "TL", "SO"), 23),
    **dict.fromkeys(("AD", "CZ", "ES", "MD", "PK", "RO", "SA", "SE", "SK", "TN", "VG"), 24),
    **dict.fromkeys(("LY", "PT", "ST"), 25),
    **dict.fromkeys(("IS", "TR"), 26),
    **dict.fromkeys(("FR", "GR", "IT", "MC", "MR", "SM", "DJ"), 27),
    **dict.fromkeys(("AL", "AZ", "BY", "CY", "DO", "GT", "HU", "LB", "NI", "PL", "SV"), 28),
    **dict.fromkeys(("BR", "EG", "PS", "QA", "UA"), 29),
    **dict.fromkeys(("JO", "KW", "MU", "YE"), 30),
    **dict.fromkeys(("MT", "SC"), 31),
    "LC": 32,
    "RU": 33,
}
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[0-9]{2}(?:[ -]?[A-Za-z0-9]){11,30}+")


def find_bank_accounts(text: str) -> Iterator[Finding]:
    """Yield the card numbers and IBANs with a correct checksum in a normalised text."""
    for match in _CARD.finditer(text):
        if _is_card_number(match.group()):
            yield Finding(*match.span(), PrivateKind.CARD)
    for match in _IBAN.finditer(text):
        at = match.start()
        while end := _iban_end(text[at : match.end()]):  # several may follow each other
            yield Finding(at, at + end, PrivateKind.ACCOUNT)
            at += end
            at += len(text[at : match.end()]) - len(text[at : match.end()].lstrip(" -"))


def _is_card_number(number: str) -> bool:
    """Whether a card number has the right checksum (ISO/IEC 7812-1) and is not a dummy such as 4000 0000 0000 0002."""
    digits = [int(c) for c in number if c.isdigit()]
    doubled = sum(sum(divmod(2 * d, 10)) for d in digits[-2::-2])
    return "00000000" not in number and len(set(digits)) > 1 and (doubled + sum(digits[-1::-2])) % 10 == 0


def _iban_end(text: str) -> int | None:
    """Return the length of the IBAN at the start of a text, None if there is none (checksum: ISO 7064, mod 97-10)."""
    length = _IBAN_LENGTHS.get(text[:2].upper())
    if length is None:
        return None
    positions = [i for i, c in enumerate(text) if c.isalnum()]
    if len(positions) < length:
        return None
    end = positions[length - 1] + 1
    number = "".join(c for c in text[:end] if c.isalnum()).upper()
    value = int("".join(str(int(c, 36)) for c in number[4:] + number[:4]))
    return end if value % 97 == 1 and not text[end : end + 1].isalnum() else None
