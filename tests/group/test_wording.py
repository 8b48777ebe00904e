"""The text of a question that is compared with others."""

import pytest

from faq_builder.group.wording import compared_text


@pytest.mark.parametrize(
    ("body", "compared"),
    [
        ("Use vector<int> v and Map<K, V>.", "Use vector<int> v and Map<K, V>."),
        ("`vector<int>` or vector\\<int>", "vector<int> or vector int>"),
        ("cp <source> <target>", "cp <source> <target>"),
        ("It is <b>red</b><br>now <!-- template -->", "It is red now"),
        ("See <https://widgets.example/a> and [this](https://widgets.example/b)", "See and this"),
    ],
)
def test_words_in_angle_brackets_are_compared_and_tags_are_not(body: str, compared: str) -> None:
    assert compared_text("Title", body) == f"Title\n{compared}"
