"""The ticked boxes of a review -> decisions."""

from faq_builder.decisions.review_boxes import parse_ticked_boxes


def test_ticked_boxes_are_decisions() -> None:
    text = (
        "- [x] `same` forum:1 <https://a.example/t/2> — they ask the same\n"
        "      Reason: Theo says so\n"
        "- [ ] `apart` forum:1 https://a.example/t/2\n"
        "* [X] answer: https://a.example/t/3#2\n"
        "- [x] milk\n"
    )
    found = parse_ticked_boxes(text, "review.md", "reviewed")
    assert [(d.kind.value, d.references, d.reason, d.where.line) for d in found.decisions] == [
        ("same", ("forum:1", "https://a.example/t/2"), "Theo says so", 1),
        ("answer", ("https://a.example/t/3#2",), "reviewed", 4),
    ]
    assert [(f.code, f.where.line) for f in found.diagnostics] == [("FAQ602", 5)]
