"""The Jinja templates of pages (theme/faq/*.html): they escape everything and refuse to print raw text.

A company's `custom_dir` is searched first, so single templates can be replaced.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from faq_builder.model import Html, PublicText, Url
from faq_builder.render.href import Href
from faq_builder.render.labels import Label

_PUBLIC = (PublicText, Html, Url, Href, Label, Markup)


@dataclass(frozen=True)
class Templates:
    """The templates in these folders. If several folders have a template, the first one is used."""

    folders: tuple[Path, ...]

    @cached_property
    def _environment(self) -> Environment:
        return Environment(
            loader=FileSystemLoader([str(folder) for folder in self.folders]),
            autoescape=True,
            finalize=only_public,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )

    def render(self, template: str, /, **values: object) -> Html:
        """Render `faq/TEMPLATE.html` with these values; raises TypeError if the template prints raw text."""
        return Html(self._environment.get_template(f"faq/{template}.html").render(**values).strip() + "\n")


def only_public(value: object) -> object:
    """Return the value if a page may contain it; raises TypeError for raw text and any other type."""
    if isinstance(value, _PUBLIC) or (isinstance(value, int) and not isinstance(value, bool)) or value == "":
        return value
    raise TypeError(f"raw text cannot reach a page: {type(value).__name__}")


def theme_folder() -> Path:
    """Return the theme of faq_builder: inside the installed package, or next to the package in the repository."""
    package = Path(__file__).parent.parent
    inside = package / "theme"
    return inside if inside.is_dir() else package.parent / "theme"


def theme_templates(custom: Sequence[Path] = ()) -> Templates:
    """Return the templates of the custom folders, then those of the theme."""
    return Templates((*custom, theme_folder()))
