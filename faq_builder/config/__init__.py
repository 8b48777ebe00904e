"""Reads the `faq` block of mkdocs.yml and content/optout.yml into small frozen rules objects."""

from faq_builder.config.mkdocs_yml import load_config
from faq_builder.config.rules import (
    AskLink,
    AuthorNames,
    Config,
    GroupRules,
    MergeLevel,
    OptOut,
    Permission,
    PublishLevel,
    PublishRules,
    RedactRules,
    Source,
    folded_tag,
)

__all__ = [
    "AskLink",
    "AuthorNames",
    "Config",
    "GroupRules",
    "MergeLevel",
    "OptOut",
    "Permission",
    "PublishLevel",
    "PublishRules",
    "RedactRules",
    "Source",
    "folded_tag",
    "load_config",
]
