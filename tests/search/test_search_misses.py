"""Searches that a page may report: texts that may be about a person stay in the browser."""

from collections.abc import Callable
from typing import Any

import pytest

Client = Callable[..., Any]

PRIVATE = [
    "order of fred@mail.example",
    "fred at mail dot example cannot log in",
    "Fred [at] mail.example [punkt] com",
    "@fred broke my widget",
    "https://forum.widgets.example/t/96 does not work",
    "www.widgets.example is down",
    "shop.widgets.example/orders is empty",
    "call me on +49 (0) 151 / 234 567",
    "my number is 555-0123 4",
    "order 2026111",
    "4111 1111 1111 1111 was refused",
    "DE89 3704 0044 0532 0130 00",
    "GB29 NWBK AAAA BBBB",
    "١٢٣٤٥٦٧ is my number",
    "１２３４５６７ is my number",
    "router at 10.0.0.1 blinks",
    "2001:db8:0:1::7 blinks",
    "fe80::1 blinks",
    "key sk_live_Zx81hAqPmW0cTbNeRt5Y refused",
    "fred [at] mail.example has no account",
    "fred AT mail.example",
    "fred (at) mail . example",
    "fred_AT_mail",
    "widget aa-bb-cc-dd-ee-ff is gone",
    "sk_live_abcdefg was refused",
    "password hunter2 does not work",
    "why " * 40,
    "  \n ",
]
HARMLESS = {
    "is it waterproof?": "is it waterproof?",
    "  two\n words ": "two words",
    "Error E1234 after 4.10": "Error E1234 after 4.10",
    "0x80070057": "0x80070057",
    "widget at 21:30 on 3 devices": "widget at 21:30 on 3 devices",
    "std::move a widget in C++": "std::move a widget in C++",
    "--dry-run and --no-install-recommends": "--dry-run and --no-install-recommends",
    "and/or": "and/or",
    "look at settings. Nothing there": "look at settings. Nothing there",
    "password does not work": "password does not work",
    "防水ですか": "防水ですか",
}


def test_private_texts_are_kept_back_whole(client: Client) -> None:
    kept = client(sent=PRIVATE)
    assert [text for text, sent in zip(PRIVATE, kept, strict=True) if sent is not None] == []


def test_questions_are_sent_as_they_are(client: Client) -> None:
    assert dict(zip(HARMLESS, client(sent=list(HARMLESS)), strict=True)) == HARMLESS


@pytest.mark.parametrize("text", ["1 " * 75, "a:" * 75, "at dot " * 21, "-" * 149 + "!"])
def test_hostile_texts_take_no_time(client: Client, text: str) -> None:
    client(sent=[text] * 1000)
