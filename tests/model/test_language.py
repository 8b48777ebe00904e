"""The primary language of a language tag."""

from faq_builder.model import primary_language


def test_region_script_and_case_of_a_tag_do_not_matter() -> None:
    assert {primary_language(tag) for tag in ("de", "DE", "de-AT", "de_AT", "DE_at", "de-Latn-CH-1996")} == {"de"}
    assert primary_language("gsw-CH") == "gsw"
    assert primary_language("") == ""
