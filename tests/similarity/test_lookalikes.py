"""Questions in nearly the same words: which rule tells them apart, and which paraphrases no rule may tell apart."""

import pytest

from faq_builder.similarity import describe_difference, find_difference


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        ("version", "Does the plug-in run on release 3.2?", "Does the plug-in run on release 3.10?"),
        ("number", "What does the plan for 5 people cost?", "What does the plan for twelve people cost?"),
        ("number", "Setup stops with code 0x51", "Setup stops with code 0x7f"),
        (
            "platform",
            "Where does the client keep its logs on Windows?",
            "Where does the client keep its logs on a Mac?",
        ),
        ("platform", "Packages for Debian", "Packages for Fedora"),
        ("name", "Can I move my boards out of Quillo?", "Can I move my boards out of Brickly?"),
        ("opposite", "How do I mute a channel?", "How do I unmute a channel?"),
        ("opposite", "Turn the siren on", "Turn the siren off"),
        ("negation", "Why does the lamp blink?", "Why doesn't the lamp blink?"),
        ("direction", "Convert a sketch to a drawing", "Convert a drawing to a sketch"),
        ("negation", "The door locks at night", "The door fails to lock at night"),
        ("direction", "Reply to a card with a letter", "Reply to a letter with a card"),
        ("direction", "Installing the hub before I pair a lamp", "Pairing a lamp before I install the hub"),
        ("direction", "Send money from the bank to my wallet", "Send money from my wallet to the bank"),
    ],
)
def test_what_differs_is_named(kind: str, left: str, right: str) -> None:
    for one, other in ((left, right), (right, left)):
        found = find_difference(one, other)
        assert found is not None
        assert found.kind == kind
        assert found.certain


def test_one_word_in_place_of_another_is_in_doubt() -> None:
    found = find_difference("How do I descale the kettle?", "How do I descale the boiler?")
    assert found is not None
    assert (found.left, found.right, found.certain) == ("kettle", "boiler", False)
    found = find_difference("Connecting Quillo to Widget Board", "Connecting Quillo to Brickly")
    assert found is not None
    assert (found.left, found.right, found.certain) == ("Widget Board", "Brickly", False)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("How do I delete a photo?", "How can I remove a picture?"),
        ("Two accounts, one phone", "2 accounts on one phone"),
        ("Keep the lines when I paste", "Paste without losing the lines"),  # an opposite that is denied
        ("Can the hub tell whether or not I am at home?", "Can the hub tell that I am at home?"),
        ("Permanently delete my board", "Delete my board permanently"),
        ("Is the lamp brighter with the hub and the app?", "Is the lamp brighter with the app and the hub?"),
        ("Does fb know my mail?", "Does Facebook know my mail?"),
        ("How Do I Reset The Hub?", "how do i reset the hub"),
        ("Can I use the lamp with the hub?", "Can I use the hub with the lamp?"),
        ("How do I clear the cache?", "Emptying the cache"),
        ("Merge two files", "Combining several files into one"),
    ],
)
def test_paraphrases_contradict_in_nothing(left: str, right: str) -> None:
    found = find_difference(left, right)
    assert found is None or not found.certain


def test_products_of_the_site_are_kept_apart_whatever_the_words() -> None:
    left, right = "my widget hums all night", "the gadget is humming at night"
    assert find_difference(left, right) is None
    found = find_difference(left, right, ("widget", "gadget"))
    assert found is not None
    assert str(found) == "product: widget / gadget"


def test_a_product_whose_name_begins_that_of_another_is_not_the_other() -> None:
    found = find_difference("How do I reset the Hub?", "How do I reset the hub mini?", ("Hub", "Hub Mini"))
    assert found is not None
    assert str(found) == "product: Hub / Hub Mini"
    assert find_difference("How do I reset the Hub Mini?", "Resetting a hub mini", ("Hub", "Hub Mini")) is None


def test_a_person_is_told_in_which_words_two_questions_differ() -> None:
    found = describe_difference("Why is the bill higher?", "Bill went up this month")
    assert str(found) == "words: higher / went up month"
