"""What redaction removes from a text, and what only looks private and stays."""

import pytest

from faq_builder.config import RedactRules
from faq_builder.redact import redact_text

RULES = RedactRules()

# situation, as written, as published
TAKEN_OUT = [
    ("an e-mail address", "write to fred.miller@widgets.example now", "write to [e-mail removed] now"),
    ("an e-mail address in brackets", "Fred <fred@rain-widgets.com> wrote", "Fred [e-mail removed] wrote"),
    ("a plus and a subdomain", "fred+red@mail.rain-widgets.co.uk.", "[e-mail removed]."),
    ("words instead of signs", "fred at rain-widgets dot com", "[e-mail removed]"),
    ("bracketed words", "fred [at] rain-widgets (dot) com", "[e-mail removed]"),
    ("capital words", "fred AT rain-widgets DOT com", "[e-mail removed]"),
    ("at in capitals without spaces", "fredATrain-widgets.com", "[e-mail removed]"),
    ("a mail archive's header", "From: fred at rain-widgets.com (Fred)", "From: [e-mail removed] (Fred)"),
    ("a mail archive's quote", "On Monday, fred_m at rain-widgets.com wrote:", "On Monday, [e-mail removed] wrote:"),
    ("a mail archive's signature", "-- \nfred at rain-widgets.com\n", "-- \n[e-mail removed]\n"),
    ("percent-encoded", "see /?u=fred%40rain-widgets.com ok", "see /?u=[e-mail removed] ok"),
    ("HTML entities", "fred&#64;rain-widgets&period;com", "[e-mail removed]"),
    ("full-width characters", "ｆｒｅｄ＠rain-widgets．com", "[e-mail removed]"),
    ("zero-width characters", "fred\u200b@rain\u200b-widgets.com", "[e-mail removed]"),
    ("a backslash of Markdown", "fred\\_m@rain-widgets.com", "[e-mail removed]"),
    ("bold marks", "**fred**@rain-widgets.com", "**[e-mail removed]**"),
    ("an inline tag", "fred<b>@</b>rain-widgets.com", "[e-mail removed]<b></b>"),
    ("Chinese around it", "邮箱fred@rain-widgets.com谢谢", "邮箱[e-mail removed]谢谢"),
    ("an international number", "call +49 30 1234567, thanks", "call [phone number removed], thanks"),
    ("a number with brackets", "+44 (0)20 7946 0958", "[phone number removed]"),
    ("a North American number", "(555) 234-5678 or 555-234-5678", "[phone number removed] or [phone number removed]"),
    ("a French number", "le 06 12 34 56 78", "le [phone number removed]"),
    (
        "a German number",
        "unter 030/1234567 oder 0171 1234567",
        "unter [phone number removed] oder [phone number removed]",
    ),
    ("a British number", "on 020 7946 0958", "on [phone number removed]"),
    ("an announced number", "my phone number is 5552345678", "my phone number is [phone number removed]"),
    ("an internet address", "my IP is 81.2.69.142", "my IP is [IP address removed]"),
    ("a low one that is called one", "the server address is 5.6.7.8", "the server address is [IP address removed]"),
    ("a low one with a port", "at 5.6.7.8:8080", "at [IP address removed]:8080"),
    ("a long internet address", "ping 2a00:1450:4001:81b::200e", "ping [IP address removed]"),
    ("a card", "4111 1111 1111 1111", "[card number removed]"),
    ("a card without gaps", "378282246310005", "[card number removed]"),
    ("a bank account", "DE89 3704 0044 0532 0130 00", "[account number removed]"),
    ("a bank account without gaps", "GB29NWBK60161331926819!", "[account number removed]!"),
    ("a password", "password=Hunter22x!", "password=[secret removed]"),
    ("a quoted key", '"api_key": "9f8e7d6c5b4a39281706f5e4"', '"api_key": "[secret removed]"'),
    ("a picture named for a mailbox", "![x](https://i.x/fred.m@gmail.com.png)", "![x](https://i.x/e-mail-removed)"),
    ("a file named for a mailbox", "see fred.m@rain-widgets.com.pdf", "see [e-mail removed]"),
    ("a bearer", "Authorization: Bearer a1b2c3d4e5f6g7h8i9j0", "Authorization: Bearer [secret removed]"),
    ("a login in an address", "https://fred:r4inyday@rain.net/x", "https://secret-removed@rain.net/x"),
    ("a name in an address", "https://fred@rain.net/x.git", "https://e-mail-removed@rain.net/x.git"),
    (
        "a private key",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA1234\n-----END RSA PRIVATE KEY-----\nwhat now?",
        "[secret removed]\nwhat now?",
    ),
    (
        "a private key that was cut off",
        "-----BEGIN PRIVATE KEY-----\nMIIEpAIBAAKCAQEA12345678\nMIIEpAIBAAKCAQEA12345678\n\nwhat now?",
        "[secret removed]\n\nwhat now?",
    ),
]

# each stays as it is
KEPT = [
    "version 81.2.69.142 and v81.2.69.142 are versions",
    "Chrome/130.0.0.0 and upgrade to 4.8.1.0",
    "widgets 1.2.3.4 came before 1.2.4.0",
    "192.168.1.1, 10.0.0.1, 127.0.0.1, 0.0.0.0, 255.255.255.0, 192.0.2.7, 198.51.100.7, 203.0.113.7, 8.8.8.8",
    "::1, fe80::1, 2001:db8::1, std::vector, a::b, 12:30:45",
    "1.3.6.1.4.1.311 is an OID",
    "on 2024-05-01 09:12:33, 01.05.2024, 05/01/2024, 1714554753, 20240501T091233",
    "ISBN 978-3-16-148410-0, ISBN 0-306-40615-2",
    "error 0x80070057, KB4012345, #1234567, CVE-2024-1234567, RFC 2822",
    "it costs $1,234,567.89, 1 000 000 000 or 12.345.678,90 €",
    "550e8400-e29b-41d4-a716-446655440000 and a40fb8f2d3c1e5b6a7890123456789abcdef0123",
    "f0 01 02 03 04 05 06 07 and 06 12 34 56 78 9a bc",
    "d8 4440000000000000 d9 0000000000000000",
    "https://forum.example/t/5552345678/555-234-5678",
    "git@github.com:widgets/red.git, ssh://git@rain.net/red.git, noreply@github.com",
    "user@example.com, you@yourdomain.com, your.name@example.org",
    "photo@rain.final.png, widgets@4.2.io.js",
    "icon@2x.png, widgets@1.2.3, @angular/core@latest, q@k.transpose(-2, -1), @pytest.mark.skip",
    "look at widgets.example, the docs at python.org, hosted at docs.rs, available at rain.net",
    "    at Array.map (native)\n    at TCP.done (net.js:1:2)",
    "ask @fred.miller, thanks @fred",
    "password=YOUR_PASSWORD, password: ${PASSWORD}, password=os.environ['X1'], password=********, --password <yours>",
    "token = tokens[1], api_key = config.api_key2, secret: changeme123, token: string",
    "https://user:password@host/ and postgres://postgres:postgres@localhost/db",
    "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n-----END PUBLIC KEY-----",
    "4111 1111 1111 1112 and DE88 3704 4400 0532 0130 00 have wrong checksums",
    "+1000000, -5551234, x=+12345, 3.14159265358979, 100 200 3000",
    "[e-mail removed] and https://secret-removed@rain.net/ and password=[secret removed]",
    "",
]


@pytest.mark.parametrize(
    ("written", "published"), [case[1:] for case in TAKEN_OUT], ids=[case[0] for case in TAKEN_OUT]
)
def test_private_data_is_taken_out(written: str, published: str) -> None:
    assert redact_text(written, RULES).value == published


@pytest.mark.parametrize("text", KEPT)
def test_what_only_looks_private_stays(text: str) -> None:
    assert redact_text(text, RULES).value == text


OURS = RedactRules(
    ours=frozenset({"widgets.example", "help@rain.net", "+49 30 1234567", "81.2.69.142", "93.184.0.0/16"})
)


@pytest.mark.parametrize(
    "text",
    [
        "fred@widgets.example and fred@mail.widgets.example",
        "Help@Rain.net and help at rain dot net",
        "+49 30 1234567, 0049 30 1234567, 030/1234567, +49 (0)30 123-4567",
        "my IP is 81.2.69.142 or 93.184.216.34",
    ],
)
def test_what_is_the_companys_own_stays(text: str) -> None:
    assert redact_text(text, OURS).value == text


@pytest.mark.parametrize("text", ["fred@notwidgets.example", "fred@rain.net", "+49 30 7654321", "my IP is 81.2.69.143"])
def test_what_is_only_similar_to_the_companys_own_goes(text: str) -> None:
    assert "removed]" in redact_text(text, OURS).value


def test_a_string_that_was_declared_public_stays() -> None:
    key = "AKI" + "AIOSFODNN7EXAMPLE"
    rules = RedactRules(public=frozenset({key}))
    assert redact_text(f"use {key} here", rules).value == f"use {key} here"
    assert redact_text("use AKI" + "AIOSFODNN7OTHEREX here", rules).value == "use [secret removed] here"
