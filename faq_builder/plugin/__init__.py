"""The MkDocs plugin `faq`, and the build that runs MkDocs with it."""

from faq_builder.plugin.adapter import Built, FaqPlugin, Run
from faq_builder.plugin.building import build_site, site_folder

__all__ = ["Built", "FaqPlugin", "Run", "build_site", "site_folder"]
