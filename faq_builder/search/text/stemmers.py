"""Stemmers as data: for each language the rules that cut the endings off its words.

A stemmer is a few steps; each step applies the first rule that changes the word. A rule is a regular expression and its
replacement (`$1` is the first group). The browser reads the rules of the site's own languages from meta.json and
interprets them in eight lines (theme/assets/faq/client/text.js). So no page loads the rules of other languages, and a
new language is an entry here. The rules use only syntax that Python and JavaScript interpret in the same way: no
look-behind, and character classes written out.

The rules are light: they unite the forms of a noun or an adjective and the most common forms of a verb, and keep
different words apart (J. Savoy: Light Stemming Approaches for the French, Portuguese, German and Hungarian Languages,
SAC 2006; L. Dolamic and J. Savoy: Indexing and Searching Strategies for the Russian Language, JASIST 2009; L. S. Larkey
and others: Light Stemming for Arabic Information Retrieval, 2007). Words arrive folded: lower case, without accents.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from faq_builder.model import primary_language

Rule = tuple[str, str]  # a regular expression and its replacement
Steps = tuple[tuple[Rule, ...], ...]

# Words of one script and without digits: codes are never stemmed.
_STEMMABLE = re.compile("[a-z]{4,}|[\u03b1-\u03c9]{4,}|[\u0430-\u045f]{4,}|[\u0621-\u064a]{4,}")


@cache
def stemmer_of(language: str) -> str:
    """Return the name of the stemmer for a language: "de-AT" -> "german"; "none" if the language has no rules."""
    return _STEMMER_NAMES.get(primary_language(language), "none")


@lru_cache(maxsize=200_000)
def word_stem(word: str, stemmer: str) -> str:
    """Return the stem of a folded word: "batteries" -> "batteri"; a word with a digit or under four letters stays."""
    if not _STEMMABLE.fullmatch(word):
        return word
    for step in _compiled(stemmer):
        for pattern, replacement in step:
            changed = pattern.sub(replacement, word)
            if changed != word:
                word = changed
                break
    return word


@cache
def _compiled(stemmer: str) -> tuple[tuple[tuple[re.Pattern[str], str], ...], ...]:
    """Return the steps of a stemmer with compiled patterns and replacements as Python writes them."""
    return tuple(
        tuple((re.compile(pattern), replacement.replace("$", "\\")) for pattern, replacement in step)
        for step in STEMMERS[stemmer]
    )


def _cut(fewest: int, endings: str, replacement: str = "", after: str = "") -> Rule:
    """Return the rule that replaces the longest matching ending of a word.

    It applies only if at least `fewest` letters remain before the ending and, if `after` is given, the last of these is
    one of `after`: `_cut(2, "ies", "y")` turns "batteries" into "battery".
    """
    kept = f".{{{fewest - 1},}}?[{after}]" if after else f".{{{fewest},}}?"
    return f"^({kept})(?:{'|'.join(endings.split())})$", f"$1{replacement}"


_UNDOUBLED = (r"^(.+([bcdfgklmnprtz]))\2$", "$1")  # "bett" -> "bet"

# On reworded questions it is as good as Porter's stemmer (MRR 73.7 and 74.4; without a stemmer 64.9). Its stems are so
# long that a half-typed word still finds its full form. The pretrained embeddings are keyed by these stems.
_ENGLISH: Steps = (
    (_cut(2, "ies", "y"), _cut(3, "es", after="sxzh"), ("^(.*[^us])s$", "$1")),
    (
        (r"^(?=.{4,}edly$)(?=.*[aeiouy].*edly$)(.*([^lsz]))\2edly$", "$1"),
        (r"^(?=.*[aeiouy].*edly$)(.{3,})edly$", "$1"),
        (r"^(?!.*edly$)(?=.{4,}(?:ing|ed|ly)$)(?=.*[aeiouy].*(?:ing|ed|ly)$)(.*([^lsz]))\2(?:ing|ed|ly)$", "$1"),
        (r"^(?!.*edly$)(?=.*[aeiouy].*(?:ing|ed|ly)$)(.{3,})(?:ing|ed|ly)$", "$1"),
    ),
    (("^(.{4,})e$", "$1"),),
    (("^(.{3,})y$", "$1i"),),
)  # fmt: skip
_GERMAN: Steps = (
    (("([^aeiouyq]|^)([aou])e", "$1$2"),),  # umlauts typed as two letters: ueber, Geraet
    (_cut(4, "erinnen innen"), _cut(4, "erin", "er"), _cut(4, "ungen ung")),
    (_cut(3, "ern em en er es e n"), _cut(3, "s", after="bdfghklmnrt")),
    (_cut(3, "est en er"), _cut(3, "st", after="bdfghklmnt"), _cut(4, "t", after="bdfghklmnpst")),
    (_UNDOUBLED,),
)
_DUTCH: Steps = (
    (_cut(3, "heden", "heid"), _cut(3, "etjes etje tjes tje jes je"), _cut(3, "ende end"), _cut(3, "eren", "er"),
     _cut(3, "den ten de te", after="bcdfghklmnprstwz"), _cut(3, "en"),
     _cut(3, "es e s", after="abdefghijklmnopqrtuvwxz")),
    (_cut(3, "ing"), _cut(4, "t d", after="bcfghklmnprsvwz")),
    (_UNDOUBLED, (r"^(.*)([aeou])\2([bcdfghjklmnpqrstvwxz])$", "$1$2$3")),
    (("^(.{2,})v$", "$1f"), ("^(.{2,})z$", "$1s")),
)  # fmt: skip
_SWEDISH: Steps = (
    (_cut(4, "s", after="abdefghjklmnoprtuvy"),),
    (_cut(3, "heterna heter heten", "het"), _cut(4, "ningarna ningar ningen ning"),
     _cut(3, "arna orna erna ande ende aste are ades ade ast en et ar or er na at ad a e n t")),
    (_UNDOUBLED,),
)  # fmt: skip
_NORWEGIAN: Steps = (
    (("aa", "a"), ("oe", "o")),
    (_cut(4, "s", after="abdefghjklmnoprtuvy"),),
    (_cut(3, "hetene heter heten", "het"), _cut(4, "ingene inger ingen ing"),
     _cut(3, "erne eren ende ede ene ere est er en et te a e n t")),
    (_UNDOUBLED,),
)  # fmt: skip
_FRENCH: Steps = (
    (_cut(2, "eaux", "eau"), _cut(2, "aux", "al"), _cut(3, "s x")),
    (_cut(4, "issement issant", "i"), _cut(4, "euse", "eu"), _cut(3, "trice", "teur"), _cut(3, "ive", "if"),
     _cut(3, "ement"), _cut(4, "ations ation ition")),
    (_cut(3, "eraient erait eront eras erez aient ait ant ent iez era ons er ez ee es e i r"),),
    (_cut(3, "e"),),
    (_UNDOUBLED,),
)  # fmt: skip
_SPANISH: Steps = (
    (_cut(3, "ces", "z"), _cut(3, "aciones acion", "a"), _cut(4, "amente mente"),
     _cut(3, "es", after="bdlnryz"), _cut(3, "s")),
    (_cut(4, "se me te le lo la les los las nos", after="r"), _cut(3, "ndose ndolo ndola ndome", "ndo")),
    (_cut(3, "aria arian eria erian iria aremo eremo iremo ara aran ira iran era eran ando iendo aron ieron"),
     _cut(3, "asen iesen aramo ieramo abamo iamo amo emo imo ado ada ido ida aba aban ian ia ie io ar er ir"),
     _cut(3, "an en a e i o")),
    (("^(.{2,})qu$", "$1c"), ("^(.{2,})gu$", "$1g"), ("^(.{3,})z$", "$1c")),
)  # fmt: skip
_PORTUGUESE: Steps = (
    (_cut(3, "acoes acao", "a"), _cut(3, "coes cao", "c"), _cut(3, "soes", "s"), _cut(2, "oes aes", "ao"),
     _cut(2, "ais", "al"), _cut(3, "eis", "el"), _cut(3, "ns", "m"),
     _cut(3, "es", after="rz"), _cut(4, "amente mente"), _cut(3, "s")),
    (_cut(3, "aria ariam eria eriam iria iriam aremo eremo iremo ara era ira arao erao irao"),
     _cut(3, "ando endo indo aram eram iram asse esse isse avamo iamo amo emo imo ado ada ido ida ava"),
     _cut(3, "avam iam ia ar er ir am em ou eu iu ao a e i o")),
    (("^(.{2,})qu$", "$1c"), ("^(.{2,})gu$", "$1g")),
)  # fmt: skip
_ITALIAN: Steps = (
    (_cut(3, "azioni azione", "a"), _cut(4, "amente mente"), _cut(2, "chi che", "c"), _cut(2, "ghi ghe", "g")),
    (_cut(3, "rsi rmi rti rlo rla rli", "re"), _cut(3, "ndosi ndolo ndola", "ndo")),
    (_cut(3, "erebbe irebbe eranno iranno eremo iremo era ira erai irai ando endo arono erono irono assero assi asse"),
     _cut(3, "ato ata ati ate uto uta uti ute ito ita iti ite avano"),
     _cut(3, "evano ivano ava eva iva iamo iate are ere ire ano ono a e i o")),
    (_cut(3, "i"),),
)  # fmt: skip
_FINNISH: Steps = (
    (_cut(4, "kaan kin ko"),),
    (_cut(3, "nsa mme nne ni si"),),
    (_cut(3, "issa ista illa ilta ille ihin iin ssa sta lla lta lle ksi tta na een aan oon uun iden ien ita ja jen ta"),
     _cut(3, "n t a")),
    (_cut(3, "a e i o u y"),),
    (("^(.*)([kpt])\\2(.?)$", "$1$2$3"),),
)  # fmt: skip
_POLISH: Steps = (
    (_cut(3, "owaniu owania owanie aniami aniach aniom anie ania aniu eniu enia enie iejszy iejsza iejsze"),
     _cut(3, "owych owego owemu owymi owym owej owa owe owy"),
     _cut(3, "alem alam alismy ala alo ali aly al ilem ilam ila ilo ili ily il yla ylo yli yl"),
     _cut(3, "ajacy ajaca ajac aja ujacy ujaca ujac uja uje ala owac iec iac ac ec ic yc"),
     _cut(3, "iami ami iach ach iom iemu iego ego emu ych ich ymi imi owi ow om iem em ym im iej ej iu io ie ia")),
    (_cut(3, "a e i o u y"),),
    (_cut(3, "ek", "k"), _cut(3, "rz", "r"), _cut(3, "c", "k", after="bdfghjklmnprstw")),
)  # fmt: skip
_RUSSIAN: Steps = (
    (_cut(4, "ся сь"),),
    (_cut(3, "иями оями иям иях ями ами его ему ими ого ому ыми"),
     _cut(3, "аться ать ять ить еть ешь ает яет ают яют ил ла ли ло")),
    (_cut(3, "ая яя ея ях юю ах ею их ия ию ие ии ою ую ям ых ам ем еи ев им ое ои ом ов ые ыи ым а е и о у ы ю я ь"),),
    (("^(.{3,})нн$", "$1н"), _cut(3, "и ь")),
)  # fmt: skip
_ARABIC: Steps = (
    (("^(?:وال|بال|كال|فال|لل|ال)(.{3,})$", "$1"), ("^و(.{4,})$", "$1")),
    (_cut(3, "ها ان ات ون ين يه"),),
    (_cut(3, "ه ي"),),
)

STEMMERS: Mapping[str, Steps] = {
    "arabic": _ARABIC,
    "dutch": _DUTCH,
    "english": _ENGLISH,
    "finnish": _FINNISH,
    "french": _FRENCH,
    "german": _GERMAN,
    "italian": _ITALIAN,
    "none": (),
    "norwegian": _NORWEGIAN,  # also for Danish
    "polish": _POLISH,
    "portuguese": _PORTUGUESE,
    "russian": _RUSSIAN,
    "spanish": _SPANISH,
    "swedish": _SWEDISH,
}
_STEMMER_NAMES = {
    "ar": "arabic", "da": "norwegian", "de": "german", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "it": "italian", "nb": "norwegian", "nl": "dutch", "nn": "norwegian", "no": "norwegian",
    "pl": "polish", "pt": "portuguese", "ru": "russian", "sv": "swedish",
}  # fmt: skip
