"""Fields of JSON exports by kind."""

import pytest

from faq_builder.read.formats.jsonfile import number, text


@pytest.mark.parametrize("whole", [0, -1, 1_204_400_912_345_678_901, 2**63 - 1, 2**63, 2**64 - 1, -(2**63)], ids=str)
def test_numbers_of_64_bits_are_read(whole: int) -> None:
    assert number(whole) == whole
    assert number(str(whole)) == (whole if whole >= 0 else None)


@pytest.mark.parametrize(
    "value",
    [2**64, str(2**64), -(2**63) - 1, "9" * 5000, "", "1.5", "x", 1.0, True, None, "٣"],
    ids=lambda v: str(v)[:9],
)
def test_anything_else_is_no_number(value: object) -> None:
    assert number(value) is None


def test_texts_have_no_halves_of_characters() -> None:
    assert text("a \ud83d b") == "a  b"
