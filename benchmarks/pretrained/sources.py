"""The texts that the pretrained embeddings are fitted to: how many of each package, and which as questions."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.pretrained import tasks, ui, utterances, wordnet
from benchmarks.pretrained.glosses import gloss_questions
from benchmarks.pretrained.lines import clean_lines, comparison_key, sample, without_names
from benchmarks.pretrained.task_questions import task_questions

SKILLS = """
neon-skill-alerts neon-skill-date-time neon-skill-user-settings neon-skill-weather ovos-skill-alerts
ovos-skill-application-launcher ovos-skill-camera ovos-skill-date-time ovos-skill-diagnostics ovos-skill-moviemaster
ovos-skill-personal ovos-skill-randomness ovos-skill-volume ovos-skill-weather
"""
MAX_LINES = {  # of sources that have many lines of one kind
    "monaco-vscode-api": 4_000,
    "awscli": 2_500,
    "azure-cli": 3_000,
    "home-assistant-intents": 1_500,
    "skills": 1_500,
    "wordnet-base, examples": 15_000,
    "tasks as questions": 16_000,
}
SEED, OFTEN = 7, 4  # for the questions made from WordNet


def texts_by_source(packages: Path, vocabulary: frozenset[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the name and the texts of each source; a text of an earlier source is not repeated."""
    seen: set[str] = set()
    for name, texts in _all_texts(packages, vocabulary).items():
        once = {comparison_key(text): text for text in reversed(texts)}
        new = [text for key, text in reversed(once.items()) if key not in seen]
        seen |= once.keys()
        yield name, new


def _all_texts(packages: Path, vocabulary: frozenset[str]) -> Mapping[str, list[str]]:
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
    speech = {  # texts that may name persons
        "chatterbot-corpus": utterances.chatterbot(packages / "chatterbot-corpus"),
        "home-assistant-intents": utterances.home_assistant(packages / "home-assistant-intents"),
        "skills": utterances.skills([packages / name for name in SKILLS.split()]),
        "wordnet-base, examples": list(clean_lines(wordnet.examples(data))),
    }
    texts = {
        "wordnet-base, questions made": list(gloss_questions(data, vocabulary, SEED, OFTEN)),
        **messages,
        "awscli": aws,
        "azure-cli": azure,
        **{name: list(without_names(texts, persons)) for name, texts in speech.items()},
        "messages as questions": task_questions((text for texts in messages.values() for text in texts), verbs),
        "tasks as questions": task_questions([*aws, *azure], verbs),
    }
    return {name: sample(found, MAX_LINES[name]) if name in MAX_LINES else found for name, found in texts.items()}
