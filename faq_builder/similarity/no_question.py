"""Titles of threads that ask nothing, or the same again each time: announcements, contests, series, placeholders."""

import re

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_EVERY = r"(?:daily|weekly|bi-?weekly|fortnightly|monthly|quarterly|yearly|annual(?:ly)?)"
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_GATHERING = r"(?:thread|discussion|post|chat|update|roundup|report|meeting|call|contest|challenge|digest)"
_ASKED_AGAIN = (
    rf"\b{_EVERY} (?:\w+ ){{0,3}}{_GATHERING}s?\b",
    rf"\b{_DAY} (?:\w+ )?(?:thread|chat|discussion)\b",
    r"^\W*[\[(](?:official|support|discussion|feedback|news|guide|tutorial|resource)(?: thread)?[\])]",
    r"\b(?:mega|sticky|welcome|introduction)[- ]?threads?\b|\bintroduce yourself\b",
    r"\bshow (?:and|&) tell\b|\bshowcase\b",
    rf"\b(?:of the|this) (?:day|week|month|year)\b|\b{_MONTH} \d{{4}}\b|\b\d{{4}} {_MONTH}\b",
    r"\b(?:thread|episode|part|issue|week|day|vol(?:ume)?|edition|round|meeting|chapter) ?#? ?\d+\b|#\d+\s*$",
    r"\b(?:version |v)?\d+(?:\.\d+)+\S* (?:is )?(?:released|out|available)\b",
    r"\breleased?:? v?\d|\brelease v?\d+(?:\.\d+)*\s*$",
)
_ANNOUNCED = (
    r"\b(?:announcement|announcing|announced|changelog|release notes?|newsletter|roadmap)\b",
    r"\b(?:call for \w+|hiring|job offer)\b",
    r"\b(?:contest|giveaway|competition|hackathon|game jam|meet-?up|webinar|survey|poll|election)s?\b",
    r"\brelease\s*$|\b(?:happy|merry) (?:new year|christmas|birthday|holidays)\b|\bwhat are you (?:working on|doing)\b",
    r"\b(?:ask me anything|ama)\b",
    r"\b(?:19|20)\d\d[:\s-]+(?:a )?(?:year in|review|in review|retrospective|self-evaluation)\b",
)
_SERIES = re.compile("|".join(_ASKED_AGAIN), re.IGNORECASE)
_ANNOUNCEMENT = re.compile("|".join(_ANNOUNCED), re.IGNORECASE)
_IS_ASKED = re.compile(
    r"^\W*(?:how|what|why|when|where|which|who|can|could|may|do|does|did|is|are|will|should)\b|\?\s*$", re.IGNORECASE
)  # "How do I create a poll?" asks about polls
_PLACEHOLDER = re.compile(
    r"^\W*(?:(?:this is )?(?:a |just a |my )?(?:test|testing|tests|first|new|sample|example|dummy)"
    r"(?: (?:post|thread|topic|message|question|discussion|title))?|asdf\w*|qwert\w*|lorem ipsum.*|foo ?bar|untitled|"
    r"no (?:title|subject)|deleted|removed|\[deleted\]|\[removed\]|tbd|todo|x+|placeholder|ignore(?: this)?)\W*\d*\W*$",
    re.IGNORECASE,
)


def asks_nothing(title: str) -> bool:
    """Whether a title announces, repeats a series, or holds a place: threads under it never share an answer."""
    if _SERIES.search(title) or _PLACEHOLDER.match(title):
        return True
    return not _IS_ASKED.search(title) and bool(_ANNOUNCEMENT.search(title))
