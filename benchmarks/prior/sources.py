"""Which texts the prior is fitted on: how many of which package, and which of them framed as questions."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.prior import tasks, ui, utterances, wordnet
from benchmarks.prior.framed import framed
from benchmarks.prior.glosses import questions
from benchmarks.prior.lines import letters, lines, nameless, some

SKILLS = """
neon-skill-alerts neon-skill-date-time neon-skill-user-settings neon-skill-weather ovos-skill-alerts
ovos-skill-application-launcher ovos-skill-camera ovos-skill-date-time ovos-skill-diagnostics ovos-skill-moviemaster
ovos-skill-personal ovos-skill-randomness ovos-skill-volume ovos-skill-weather
"""
MOST = {  # lines of those that have many of one kind
    "monaco-vscode-api": 4_000,
    "awscli": 2_500,
    "azure-cli": 3_000,
    "home-assistant-intents": 1_500,
    "skills": 1_500,
    "wordnet-base, examples": 15_000,
    "framed tasks": 16_000,
}
SEED, OFTEN = 7, 4


def sources(packages: Path, vocabulary: frozenset[str]) -> Iterator[tuple[str, list[str]]]:
    """Names and texts, none of them twice."""
    seen: set[str] = set()
    for name, texts in _sources(packages, vocabulary).items():
        once = {letters(text): text for text in reversed(texts)}
        new = [text for key, text in reversed(once.items()) if key not in seen]
        seen |= once.keys()
        yield name, new


def _sources(packages: Path, vocabulary: frozenset[str]) -> Mapping[str, list[str]]:
    data = packages / "wordnet-base/usr/share/wordnet"
    persons, verbs = wordnet.persons(data), wordnet.verbs(data)
    messages = {
        "chromium-common": ui.chromium(packages / "chromium-common"),
        "homeassistant": ui.home_assistant(packages / "homeassistant"),
        "matrix-react-sdk": ui.matrix(packages / "matrix-react-sdk"),
        "monaco-vscode-api": ui.vscode(packages / "monaco-vscode-api"),
        "apache-superset": ui.superset(packages / "apache-superset"),
    }
    aws, azure = tasks.aws(packages / "awscli"), tasks.azure(packages / "azure-cli")
    said = {
        "chatterbot-corpus": utterances.chatterbot(packages / "chatterbot-corpus"),
        "home-assistant-intents": utterances.home_assistant(packages / "home-assistant-intents"),
        "skills": utterances.skills([packages / name for name in SKILLS.split()]),
        "wordnet-base, examples": list(lines(wordnet.examples(data))),
    }
    texts = {
        "wordnet-base, questions made": list(questions(data, vocabulary, SEED, OFTEN)),
        **messages,
        "awscli": aws,
        "azure-cli": azure,
        **{name: list(nameless(texts, persons)) for name, texts in said.items()},
        "framed messages": framed((text for texts in messages.values() for text in texts), verbs),
        "framed tasks": framed([*aws, *azure], verbs),
    }
    return {name: some(of, MOST[name]) if name in MOST else of for name, of in texts.items()}
