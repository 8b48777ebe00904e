"""The `faq` block of mkdocs.yml and the files under content/, read into small frozen rules objects."""

from faq_builder.config.rules import (
    AskPlace,
    Config,
    GroupRules,
    Names,
    OptOut,
    Permission,
    PublishLevel,
    PublishRules,
    RedactRules,
    Source,
    folded_tag,
)
from faq_builder.config.site import load_config

__all__ = [
    "AskPlace",
    "Config",
    "GroupRules",
    "Names",
    "OptOut",
    "Permission",
    "PublishLevel",
    "PublishRules",
    "RedactRules",
    "Source",
    "folded_tag",
    "load_config",
]
