"""The words of the asker that a reply answers, if they are not in the headline above it."""

import re
from collections.abc import Iterator, Sequence

from faq_builder.model import Message, PublicText, PublicThread, Role, own_words, without_opening
from faq_builder.read.markup.tags import without_markup

_LENGTH = 150  # characters of the words: two lines on a phone
_TOO_SHORT = 25  # characters of a question that says nothing without the sentence before it: "Where does it go?"
_IN_HEADLINE = (
    0.8  # share of the words with a meaning that the headline has; .7 took "for Python too?" for "for Python"
)
_BRACKETS = 400  # characters after which an opening bracket counts as one that is never closed, such as ":("
_STEM = 5  # first letters by which two words are compared: "return" and "returning"
_READ = 6000  # last characters of a message that are read: some thousand words

_SIGNATURE = re.compile(r"^-- ?$.*", re.MULTILINE | re.DOTALL)
_MARKUP = re.compile(
    r"\\\n|!\[[^\]]*\]\([^)]*\)|\[(?P<text>[^\]]*)\]\([^)]*\)|\[(?P<reference>[^\]]+)\]\[[^\]]*\]"
    r"|^[ \t]*\[[^\]]+\]:[^\n]*$|<?https?://\S+?>?(?=[\s)]|$)|^[ \t]*#+|(?P<delimiter>[*`~]+|\\(?=[^\w\s])|\b_+|_+\b)",
    re.MULTILINE,
)
_BLOCK = re.compile(r"\n[ \t]*(?:\n|(?=[-*+•] |\d+[.)] |\|))")
_BULLET = re.compile(r"^\s*(?:[-*+•]|\d+[.)])\s+")
_SENTENCE_END = re.compile(
    r"(?:(?<=[.!?…。？！؟])|(?<=[.!?…][\"”’»)\]]))\s+(?=[^a-zà-öø-ÿ])|(?<=[。？！])|(?<=[?？؟])\s+"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.?g|i\.?e|etc|vs|cf|Dr|Mr|Mrs|z\.B|bzw|ca|p\.ej|no|fig)|\b[A-Z])\.$", re.IGNORECASE
)
_QUESTION = re.compile(r"[?？؟]+[\"”’»)\]]*(?:\s*[:;]-?[)(DP])?$")
_ASKS = re.compile(  # asks without a question mark
    r"^(?:(?:so|and|but|also|now),? )?(?:how|what|why|where|when|which|who|can|could|does|do|is|are|should|will|may)"
    r" (?!ever\b)[^.]{10,}$(?<![.!])"
    r"|\b(?:wonder(?:ing|ed)?|not sure|like to know|want to know|tell me|explain|figure out"
    r"|(?:anyone|anybody|someone|n.t) know) "
    r"(?:if|how|whether|what|why|where|which|who)\b|\bmy question\b|^please (?:explain|tell|show|clarify)\b"
    r"|\b(?:ich (?:möchte|würde gerne?) wissen|frage mich|weiß (?:jemand|nicht),? (?:wie|ob|was|warum|wo))\b"
    r"|\b(?:je (?:voudrais|me demande|cherche)|quisiera saber|me pregunto|no sé (?:si|cómo|por qué))\b",
    re.IGNORECASE,
)
# questions that only ask for attention, thanks and greetings: they ask nothing that an answer could repeat
_EMPTY_TEXT = """
a about advance all am an and any anybody anyone appreciated are as at be been behavior behaviour best can case cause
causing cheers clear could did do does doing dont else fix for from get give greatly had has have hello help helpful
hey hi hint hints how i idea ideas if im in indeed input is isnt issue it just know knows let like me much my need of
on one or out please pointers possible problem regards right should so solution solve some somebody someone something
such suggest suggestion suggestions thank thanks that the there think this thoughts tips to very was way ways we
welcome what whats why will with work would you your
dank danke das der die du eine einen gruß grüße hat hilfe ich idee ideen irgendeine ist jemand kann mir mit oder und
vielen vorschläge was weiß wie wissen
aide avance de des idée idées je merci par pour quelqu quelquun sait un une vous
alguien alguna algún ayuda de gracias idea por puede que sabe saludos una
"""
_EMPTY_WORDS = frozenset(_EMPTY_TEXT.split())
_FUNCTION_WORDS = _EMPTY_WORDS - {"work", "need", "possible", "solution", "help"}
_POINTS_BACK = re.compile(r"\W*(?:that|this|it|these|those|das|dies|es|ça|cela|c[’']est|eso|esto)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[+#]+)?")
_ENDORSES = re.compile(
    r"^\W*(?:\[name removed\]|@?[\w.-]+)\W* (?:is|was) (?:absolutely |quite )?(?:right|correct)\b"
    r"|^\W*(?:\[name removed\]|@?\w+)\W* (?:hat recht|a raison|tiene razón)\b",
    re.IGNORECASE,
)


def replied_words(thread: PublicThread, message: Message[PublicText], headline: PublicText) -> PublicText | None:
    """Return the words that a message of a thread replies to, None if the headline has them or nothing else is asked.

    The thread asks "Back to the shop?" under the headline "How long is the guarantee?": a reply "No, to us" answers
    the former. These are the words, in this order: what another reply said, if this one calls it right; the last
    question of the message that it replies to, or of the thread; the whole question if it is short; the thread's title.
    A source that permits only links has no bodies, so only its titles are quoted; likewise a person whose text is gone.
    """
    if message not in thread.messages[1:]:
        return None
    source = replied_message(thread, message)
    sentences = _sentences(source.body.value)
    if source.role is not Role.ASKER and not _last_question(sentences):
        return _cut(source.body, " ".join(_first_sentences(sentences)))
    title = thread.title
    is_own_question = _says_nothing_new(title.value, headline.value) and _is_question(headline.value.strip())
    words = _last_question(sentences) or _whole_if_short(sentences)
    if not words and not is_own_question and opens_as_reply(message.body.value):
        words = " ".join(_last_sentences(sentences))
    if words:
        return None if _says_nothing_new(words, headline.value) else _cut(source.body, words)
    return None if _says_nothing_new(title.value, headline.value) else _cut(title, title.value.strip())


def opens_as_reply(body: str) -> bool:
    """Whether an answer begins as one does in a conversation: "Good that you did not", "Both do", "Gladly"."""
    return _OPENS_AS_REPLY.match(without_opening(own_words(body))) is not None


_OPENS_AS_REPLY = re.compile(
    r"""(?ix) [\W_]* (?: yes|yep|yeah|no|nope|not|never|none|nobody|neither
      | sure|of\ course|certainly|exactly|right|correct
      | true|good|great|nice|sorry|almost|gladly|definitely|indeed|absolutely|unfortunately|only|both|either|same|back
      | (?:it|they|this|that|these|those|he|she|there)\ (?:is|are|was|were|may|can|does|do|should|will|would)
      | (?:it|that|there)['’]s | you\ (?:can|are|may|do|did|should|need|will)['’]?\w*
      | ja|nein|doch|nicht|keine?r?|niemand|nur|beide|bitte|leider|genau|gerne?|richtig|stimmt
      | oui|non|pas|aucune?|si|bien\ sûr|exact(?:ement)? | sí|no|claro|nadie|ninguno|exacto ) \b"""
)


def replied_message(thread: PublicThread, message: Message[PublicText]) -> Message[PublicText]:
    """Return the message that a reply answers: the reply that it calls right, a reply that asks, else the question."""
    earlier = thread.messages[1 : thread.messages.index(message)]
    named = next((one for one in earlier if one.id == message.reply_to), None)
    if _ENDORSES.match(own_words(message.body.value)):
        others = [one for one in earlier if one.role is not Role.ASKER and one.author != message.author and one.body]
        endorsed = named or (others[-1] if others else None)
        if endorsed and endorsed.body:
            return endorsed
    return named if named and _last_question(_sentences(named.body.value)) else thread.question


def _sentences(body: str) -> Sequence[str]:
    """Return the sentences of a message without quotes, code, markup and signature."""
    text = own_words(_SIGNATURE.sub("", body))[-_READ:]
    text = _MARKUP.sub(_markup_replacement, without_markup(text))
    blocks = _BLOCK.split(without_opening(text.strip()))
    return tuple(sentence for block in blocks for sentence in _sentences_of_block(block))


def _markup_replacement(match: re.Match[str]) -> str:
    """Return the words of a link, nothing for delimiters, a space for what is left out."""
    return match["text"] or match["reference"] or ("" if match["delimiter"] else " ")


def _sentences_of_block(block: str) -> Iterator[str]:
    """Yield the sentences of a paragraph; abbreviations end none, nor does what stands in brackets."""
    kept = ""
    for part in _SENTENCE_END.split(" ".join(_BULLET.sub("", block).split())):
        kept = f"{kept} {part}".strip()
        in_brackets = kept.count("(") > kept.count(")") and len(kept) < _BRACKETS
        if kept and not _ABBREVIATION.search(kept) and not in_brackets:
            yield kept
            kept = ""
    if kept:
        yield kept


def _last_question(sentences: Sequence[str]) -> str:
    """Return the last question with a meaning, with questions directly before it, or with what explains a short one."""
    asking = [number for number, one in enumerate(sentences) if _is_question(one)]
    if not asking:
        return ""
    first = last = asking[-1]
    while first > 0 and len(" ".join(sentences[first - 1 : last + 1])) <= _LENGTH:
        if first - 1 not in asking and not _needs_more(sentences[first : last + 1], sentences[first - 1]):
            break
        first -= 1
    words = " ".join(sentences[first : last + 1])
    if first > 0 and _needs_more(sentences[first : last + 1], sentences[first - 1]):
        before = sentences[first - 1][len(words) - _LENGTH :]  # the end of a long sentence
        words = f"…{before[before.find(' ') + 1 :]} {words}"
    return words


def _needs_more(sentences: Sequence[str], before: str) -> bool:
    """Whether sentences are too short to be understood, and the one before them can help."""
    words = " ".join(sentences)
    is_short = len(words) < _TOO_SHORT or (len(words) < 2 * _TOO_SHORT and _POINTS_BACK.match(words))
    return bool(is_short) and not _is_empty(before)


def _is_question(sentence: str) -> bool:
    asks = _QUESTION.search(sentence) or _ASKS.search(sentence)
    return asks is not None and not _is_empty(sentence)


def _is_empty(sentence: str) -> bool:
    """Whether a sentence has no word with a meaning: "Any ideas?", "Thanks in advance!"."""
    return _EMPTY_WORDS.issuperset(_WORD.findall(sentence.casefold().replace("'", "").replace("’", "")))


def _whole_if_short(sentences: Sequence[str]) -> str:
    kept = [one for one in sentences if not _is_empty(one)]
    fits = _TOO_SHORT <= len(" ".join(kept)) <= _LENGTH
    return " ".join(kept) if fits and not any(one.endswith(":") for one in kept) else ""


def _last_sentences(sentences: Sequence[str]) -> Sequence[str]:
    """Return the last sentences with a meaning that fit into the words, at least one, at most two."""
    kept = [one for one in sentences if not _is_empty(one) and not one.endswith(":")][-2:]
    return kept if len(" ".join(kept)) <= _LENGTH else kept[-1:]


def _first_sentences(sentences: Sequence[str]) -> Sequence[str]:
    kept = [one for one in sentences if not _is_empty(one)][:2]
    return kept if len(" ".join(kept)) <= _LENGTH else kept[:1]


def _says_nothing_new(words: str, headline: str) -> bool:
    """Whether nearly all words with a meaning are in the headline."""
    wanted, found = _stems(words), _stems(headline)
    return not wanted or len(wanted & found) >= _IN_HEADLINE * len(wanted)


def _stems(text: str) -> frozenset[str]:
    return frozenset(
        word[:_STEM].removesuffix("s") for word in _WORD.findall(text.casefold()) if word not in _FUNCTION_WORDS
    )


def _cut(source: PublicText, words: str) -> PublicText | None:
    """Return words of a text, cut between words if they are too long; None if there are none."""
    if len(words) > _LENGTH:
        at = words.rfind(" ", _LENGTH * 2 // 3, _LENGTH)
        words = words[: at if at > 0 else _LENGTH].rstrip(" ,.;:–-…") + "…"
    return source.map(lambda _: words) if words else None
