"""The script and the language of a text: the script by its letters, a Latin-script language by its common words."""

import re
import unicodedata
from collections import defaultdict

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
# the language of scripts that only one language uses, or in which other languages are rare on the web
_LANGUAGE_OF_SCRIPT = {
    "Han": "zh",
    "Hiragana": "ja",
    "Katakana": "ja",
    "Hangul": "ko",
    "Thai": "th",
    "Greek": "el",
    "Hebrew": "he",
    "Arabic": "ar",
    "Cyrillic": "ru",
    "Devanagari": "hi",
    "Bengali": "bn",
    "Tamil": "ta",
    "Georgian": "ka",
    "Armenian": "hy",
}
# first word of a letter's Unicode name -> its script
_SCRIPT_NAMES = {
    "CJK": "Han",
    "HIRAGANA": "Hiragana",
    "KATAKANA": "Katakana",
    "HANGUL": "Hangul",
    "LATIN": "Latin",
    **{name.upper(): name for name in _LANGUAGE_OF_SCRIPT},
}
# words that are frequent in one language and not words of most others; a word of two languages counts half for each
_COMMON_WORDS = {
    "en": "the a is are do to in on i you as how what why when where which does can my with and from this that it of",
    "de": "der die das ist und ich nicht wie kann ein eine einen mit auf für warum wo mein meine wird bei von auch",
    "fr": "le les des est une comment pourquoi je ne pas dans pour sur avec mon ma mes puis-je quel quelle où du",
    "es": "el los las es una cómo por qué puedo no en para con mi mis del cuál dónde está se lo cuando",
    "it": "il gli è una come perché posso non per con mio mia della nel che dove sono quale di",
    "pt": "os é uma como por que posso não em para com meu minha da na onde qual são uns",
    "nl": "de het een is hoe waarom kan ik niet met op voor mijn van waar welke wordt zijn en",
    "pl": "jak czy nie się na mogę dlaczego gdzie jest mój moja przy który po",
    "sv": "och är hur varför kan jag inte med på för min mitt var vilken ett det som",
    "tr": "nasıl neden bir ve için bu mi mı ne değil var yok ile olarak",
}
_LANGUAGES_OF_WORD: dict[str, list[str]] = {}
for _language, _words in _COMMON_WORDS.items():
    for _word in set(_words.split()):
        _LANGUAGES_OF_WORD.setdefault(_word, []).append(_language)


def script_of(text: str) -> str | None:
    """Return the script of most letters, such as "Latin"; None if there are no letters; "other" for a rare script."""
    if text.isascii():
        return "Latin" if any(map(str.isalpha, text)) else None
    counts: dict[str, float] = defaultdict(float)
    for character in text:
        if character.isascii():
            # half, as product names are in Latin letters in every language
            counts["Latin"] += 0.5 * character.isalpha()
        elif character.isalpha():
            name = unicodedata.name(character, "").split(" ")[0]
            counts[_SCRIPT_NAMES.get(name, "other")] += 1
    if counts["Hiragana"] + counts["Katakana"]:
        counts["Hiragana"] += counts.pop("Han", 0)
    found = max(counts, key=lambda name: (counts[name], name), default="")
    return found if counts.get(found) else None


def language_of(text: str) -> str | None:
    """Return the language of a text as a two-letter code, None if it is unclear: "Wie geht das?" -> "de"."""
    own = script_of(text)
    if own != "Latin":
        return _LANGUAGE_OF_SCRIPT.get(own or "")
    votes: dict[str, float] = defaultdict(float)
    for word in _WORD.findall(text.casefold()):
        for name in _LANGUAGES_OF_WORD.get(word, ()):
            votes[name] += 1 / len(_LANGUAGES_OF_WORD[word])
    ordered = sorted(votes, key=lambda name: (-votes[name], name))
    rival = votes[ordered[1]] if len(ordered) > 1 else 0.0
    return ordered[0] if ordered and votes[ordered[0]] >= max(1.5, 1.5 * rival) else None
