"""The templates of pages: Jinja, everything escaped, and nothing printed that is not public.

They lie in theme/faq/*.html. A company's `custom_dir` is looked through first, so that each can be replaced alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from faq_builder.model import Html, PublicText, Url
from faq_builder.render.address import Address
from faq_builder.render.labels import Label

_PUBLIC = (PublicText, Html, Url, Address, Label, Markup)


@dataclass(frozen=True)
class Templates:
    """The templates in some folders, the first folder that has one wins."""

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
        """The template `faq/NAME.html` with values; raises TypeError where it prints what is not public."""
        return Html(self._environment.get_template(f"faq/{template}.html").render(**values).strip() + "\n")


def only_public(value: object) -> object:
    """The value if it may stand in a page; raises TypeError for raw text, which cannot reach one."""
    if isinstance(value, _PUBLIC) or (isinstance(value, int) and not isinstance(value, bool)) or value == "":
        return value
    raise TypeError(f"raw text cannot reach a page: {type(value).__name__}")


def theme_folder() -> Path:
    """The theme that ships with faq_builder: inside an installed package, beside it in the repository."""
    package = Path(__file__).parent.parent
    inside = package / "theme"
    return inside if inside.is_dir() else package.parent / "theme"


def templates(custom: Sequence[Path] = ()) -> Templates:
    """Our templates, those in the custom folders first."""
    return Templates((*custom, theme_folder()))
