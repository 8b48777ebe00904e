"""Word lists for comparing questions by form: fillers, contractions, spellings, units, words without a subject."""

import re

from faq_builder.similarity.words import word_set


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in text.split())


# characters that are written in several ways; what is left after this is compared character by character
CHARACTERS = str.maketrans(
    {
        **dict.fromkeys("’‘‛ʼ´`", "'"),
        **dict.fromkeys("“”„‟«»‹›", '"'),
        **dict.fromkeys("‐‑‒–—―", "-"),
        "−": "-",
        "≤": "<=",
        "≥": ">=",
        "≠": "!=",
        "→": "->",
        "←": "<-",
        "⇒": "=>",
        "✔": "✓",
        "✗": "✘",
        "…": "...",
        "\ufe0f": "",
        "\u200b": "",
        "\u00ad": "",
    }
)

# phrases that say the same; they are replaced one after the other in the folded text, before it is cut into words
PHRASES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"\b(?:can't|cannot|cant)\b", "can not"),
        (r"\b(?:won't|wont)\b", "will not"),
        (r"\bshan't\b", "shall not"),
        (r"\b(do|does|did|is|are|was|were|has|have|had|would|should|could|must|need)(?:n't|nt)\b", r"\1 not"),
        (r"\b(what|where|how|who|when|why|that|there|it|he|she)'s\b", r"\1 is"),
        (r"\b(?:whats)\b", "what is"),
        (r"\b(?:wheres)\b", "where is"),
        (r"\b(i|you|we|they)'(?:ve)\b", r"\1 have"),
        (r"\b(you|we|they|what|how)'re\b", r"\1 are"),
        (r"\bi'?m\b", "i am"),
        (r"\b(i|you|we|they|it)'ll\b", r"\1 will"),
        (r"(\w)'s\b", r"\1s"),
        (r"(\w)s'(?!\w)", r"\1s"),
        (r"(?<=\d),(?=\d{3}\b)", ""),
        (r"\b(\d+)\s*(?:percent|per cent)\b", r"\1 %"),
        (r"\b(?:thanks|thank you|thx)(?: (?:a lot|so much|very much))?(?: in advance)?\b", " "),
        (r"\bin advance\b", " "),
        (r"^\W*good (?:morning|afternoon|evening|day)\b", " "),
        (r"\s[:;]-?[()dp|/]\s*$", " "),
        (r"\b(?:version|ver\.?|v\.?)\s*(?=\d)", "version "),
        (r"\bas soon as possible\b", " "),
        (r"^\W*(?:re|fwd|fw|aw|wg)\s*:", " "),
        (r"[\[(]\s*(?:solved|resolved|closed|answered|fixed|help|question|q)\s*[\])]", " "),
        (r"^\W*(?:solved|resolved|question|help|q)\s*[:-]+", " "),
        (r"\b(?:a |my )?(?:quick |short |newbie |noob |beginner |stupid |dumb |simple |silly )+question\b", " "),
        (r"\b(?:need some help|help needed|need help|please help|help please|pls help)\b", " "),
        (r"\b(?:does|do) (?:anyone|anybody|someone|somebody) (?:here )?know\b", " "),
        (
            r"\b(?:can|could|would) (?:anyone|anybody|someone|somebody|you)(?: please)? (?:tell|help) me(?: with)?\b",
            " ",
        ),
        (r"\b(?:anyone|anybody) knows?\b", " "),
        (r"\bi(?:'?d| would| want)(?: like)? to know\b", " "),
        (r"\bi (?:was|am) wondering(?: if)?\b", " "),
        (r"\bhow (?:do|can|could|would|does|shall) (?:i|we|you|one)\b|\bhow one can\b", "how to"),
        (r"\bhow (i|we|one) (?:can|could|do)\b", "how to"),
    )
)

FILLERS = word_set(
    "hi hello hey hiya greetings dear folks guys everyone everybody all please pls plz kindly urgent urgently asap "
    "help really actually just simply ok okay so well sorry"
)
# these words stand where the same question may have none, or another of them
DETERMINERS = word_set("a an the my our your its their his her")
# words that are one word here
SAME_WORDS = _pairs(
    "we=i you=i one=i me=i us=i am=be is=be are=be was=be were=be been=be does=do did=do has=have had=have "
    "gonna=going wanna=want u=i goes=go ur=your r=be n=and w/=with w/o=without "
    "e-mail=email mails=email wlan=wifi wi-fi=wifi"
)

# British -> American; the endings -ise, -yse, -our, -tre and doubled l are rules in form.py
SPELLINGS = _pairs(
    "grey=gray tyre=tire programme=program licence=license defence=defense offence=offense cheque=check "
    "catalogue=catalog dialogue=dialog analogue=analog aluminium=aluminum plough=plow draught=draft kerb=curb "
    "jewellery=jewelry mould=mold practise=practice sceptical=skeptical storey=story whilst=while learnt=learned "
    "burnt=burned spelt=spelled artefact=artifact ageing=aging judgement=judgment fulfil=fulfill enrol=enroll "
    "expresso=espresso recieve=receive seperate=separate definately=definitely adress=address teh=the "
    "wich=which untill=until occured=occurred accomodate=accommodate alot=lot thier=their becuase=because "
    "dont=not tommorow=tomorrow wierd=weird existant=existent neccessary=necessary occassion=occasion "
    "fotos=photos foto=photo café=cafe naïve=naive"
)

# Units in which the case of a letter carries meaning: megabit and megabyte, milliwatt and megawatt
UNITS = word_set("Mb MB Kb kb kB KB Gb GB Tb TB Mbps MBps Kbps KBps kbps kBps Gbps GBps mW MW mA MA mV MV ms Ms")

# words that name no subject: a title of nothing else may be about anything
GENERIC = word_set(
    "about again answer anybody anyone bug bugs build can code crash crashes different do doubt error errors exception "
    "fail failed failing fails failure feature feedback fix following get give go happen help how i idea information "
    "info install installation installing issue issues know login need new not other plugin possible problem problems "
    "project question questions quick request review run running setup show simple solution solve some something "
    "specific start starting startup stop stopped strange stuck suggestion suggestions support test testing thing "
    "things tip tips to topic trouble try trying understand unable unexpected update updating upgrade use using want "
    "warning way weird what when where which who why with work worked working works wrong"
)
# words of grammar; with GENERIC and without them nothing is left of a title that asks nothing
GRAMMAR = word_set(
    "be do have will would shall should can could may might must to of in on at for from by with as and or but if than "
    "then not no there here what which who whom whose when where why how i he she they this that these those it into "
    "onto out up down off over under after before any some more most much many very too also only now still yet"
)
POINTING = word_set("it they them this these those")  # stand for what the title does not name
# phrases that begin a part of the sentence that may stand anywhere in it
MOVABLE = word_set("on in at for with under during since when while via using within because after if")
# words before and after a lone mark that a question is about: "What does - mean?"
BEFORE_MARK = word_set("does do is a an the and or between with of use type press key symbol sign called")
AFTER_MARK = word_set("mean means do does and or key sign symbol character icon stand stands instead")
ASKING = word_set("how what why when where which who can do be will should could may")  # begin a question
