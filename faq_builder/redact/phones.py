"""Finds phone numbers: international ones, common national forms, and any number after a word like "phone"."""

import re
from collections.abc import Iterator

from faq_builder.redact.finding import Finding, PrivateKind

# ITU-T E.164: the assigned country codes
_COUNTRY = (
    r"(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|2(?:1[1-3689]|2\d|3\d|4\d|5[0-8]|6[0-9]|9[01789])"
    r"|3(?:5\d|7\d|8[0-35-9])|4(?:2[013])|5(?:0\d|9\d)|6(?:7[02-9]|8\d|9[0-2])|8(?:00|08|5[02356]|70|78|8[0-36])"
    r"|9(?:6[0-8]|7[0-79]|9[2-68]))"
)
_SEP = r"[ .\-/()]{0,3}"
_DIGITS = rf"(?:{_SEP}\d){{6,13}}+"
_NOTHING_BEFORE = r"(?<![A-Za-z0-9.,:/#$€£+-])"  # not in the middle of a number, word, URL or amount
_NOTHING_AFTER = r"(?![A-Za-z0-9%€$£°]|[-.,:/=][A-Za-z0-9]|[ ]?(?:%|€|\$|ms|kb|mb|gb|kg|km|px|usd|eur)\b)"

_INTERNATIONAL = re.compile(
    rf"(?<![A-Za-z0-9.,/#$€£+-])(?:\+|\(\+)(?:1\)?(?:{_SEP}\d){{10}}+|(?!1){_COUNTRY}\)?{_DIGITS})(?![A-Za-z0-9%]|[-.,:/=][A-Za-z0-9])"
)
_DIALLED = re.compile(rf"{_NOTHING_BEFORE}(?:00|011[ -]){_COUNTRY}[ .\-/(](?:{_SEP}\d){{6,13}}+{_NOTHING_AFTER}")
_NATIONAL = re.compile(
    rf"{_NOTHING_BEFORE}(?:"
    r"(?:1[-. ])?\([2-9]\d{2}\)[-. ]?\d{3}[-. ]\d{4}"  # North America: (555) 123-4567
    r"|(?:1[-.])?[2-9]\d{2}(?P<dash>[-.])\d{3}(?P=dash)\d{4}"  # 555-123-4567, 555.123.4567
    r"|\(0\d{1,4}\)[ ]?\d{3,4}[ -]?\d{3,5}"  # (020) 7946 0958
    r"|0[1-9](?P<pair>[ .-])\d\d(?:(?P=pair)\d\d){3}"  # France: 06 12 34 56 78
    r"|0[1-9]\d{1,4} ?/ ?\d{3,5}(?:[ -]?\d{2,4}){1,3}"  # Germany: 030 / 123 456
    r"|01[567]\d{1,2}[ -]\d{6,8}"  # German mobile numbers
    r"|0[1-9]\d{1,3} \d{3,4} \d{3,4}"  # United Kingdom, Australia: 020 7946 0958
    r"|07\d{3} \d{6}|0[12]\d{3} \d{6}"  # 07700 900123, 01632 960123
    rf"){_NOTHING_AFTER}"
)
_HEX_PAIR_BEFORE = re.compile(r"[0-9a-fA-F]{2}[ .-]$")
_HEX_PAIR_AFTER = re.compile(r"[ .-][0-9a-fA-F]{2}(?![0-9a-zA-Z])")
_ANNOUNCED = re.compile(
    r"(?<![a-z])(?:tel|telephone|telefon|t[ée]l[ée]phone|phone|fon|mobile|mobil|handy|cell(?:[ -]?phone)|fax"
    r"|whatsapp|hotline|helpline|rufnummer|telefonnummer|call (?:me|us|him|her)|text me|ring me|sms|reach me|☎|📞)"
    r"(?:[ -]?(?:number|no|nr|num))?\.?"
    r"(?:[ \t:=*_\[]{1,4}|[ \t](?:is|at|on|under|to|ist|unter)[ \t:]{1,3}){1,2}"
    rf"(?P<number>[(+]?\d{_DIGITS})(?![A-Za-z0-9%]|[-.,:/=][A-Za-z0-9])",
    re.IGNORECASE,
)
_LINKED = re.compile(
    r"(?:tel|sms|callto|whatsapp):(?://)?(?P<dialled>\+?[\d(][\d\-. ()]{5,20}\d)"
    r"|(?:wa\.me/|[?&]phone=)(?P<sent>\+?\d{7,15})(?!\d)",
    re.IGNORECASE,
)
_SEVEN_DIGITS = re.compile(r"[0-9](?:[ .\-/()]{0,3}+\d){6}")


def has_numbers(text: str) -> bool:
    """Whether a normalised text has seven digits in a row, as phone, card and account numbers have; a fast check."""
    return _SEVEN_DIGITS.search(text) is not None


def find_phones(text: str) -> Iterator[Finding]:
    """Yield the phone numbers in a normalised text. Callers drop findings inside URLs, where long numbers are ids."""
    if "+" in text:
        yield from (
            Finding(*m.span(), PrivateKind.PHONE, m.group())
            for m in _INTERNATIONAL.finditer(text)
            if _is_dialable(m.group())
        )
    yield from (
        Finding(*m.span(), PrivateKind.PHONE, m.group()) for m in _DIALLED.finditer(text) if _is_dialable(m.group()[2:])
    )
    yield from (
        Finding(*m.span(), PrivateKind.PHONE, m.group()) for m in _NATIONAL.finditer(text) if not _is_hex_dump(text, m)
    )
    for match in _ANNOUNCED.finditer(text):
        if _is_dialable(match["number"]) and not _is_dotted(match["number"]):
            yield Finding(*match.span("number"), PrivateKind.PHONE, match["number"])


def find_linked_phones(text: str) -> Iterator[Finding]:
    """Yield the phone numbers in links that dial them: `tel:`, `sms:`, wa.me."""
    for match in _LINKED.finditer(text):
        start = match.start() if match["dialled"] else match.start("sent")
        yield Finding(start, match.end(), PrivateKind.PHONE, match["dialled"] or match["sent"])


def _is_dialable(number: str) -> bool:
    """Whether digits can be a phone number: 7 to 15 digits, not all the same, no invalid North American area code.

    North American area codes begin with 2 to 9.
    """
    digits = "".join(c for c in number if c.isdigit())
    if number.startswith(("+1", "(+1")) and digits[1] in "01":
        return False
    return 7 <= len(digits) <= 15 and len(set(digits)) > 1


def _is_dotted(number: str) -> bool:
    """Whether digits have the form of a version, a date or an amount."""
    return bool(
        re.fullmatch(r"\d{1,5}\.\d+|\d{1,3}(?:\.\d{1,3}){2,4}|\d{4}-\d\d-\d\d.*|\d{1,2}[./]\d{1,2}[./]\d{4}.*", number)
    )


def _is_hex_dump(text: str, match: re.Match[str]) -> bool:
    """Whether pairs of digits are part of a hex dump: hexadecimal pairs come before or after them."""
    if match["pair"] is None:
        return False
    before = _HEX_PAIR_BEFORE.search(text, max(0, match.start() - 3), match.start())
    return bool(before or _HEX_PAIR_AFTER.match(text, match.end()))
