"""GitHub's own Markdown parser, called so that it frees its memory.

`cmarkgfm` never frees the tree and the text that it makes: 9 bytes per byte of Markdown, 400 MB for a site of 10,000
topics. Its library contains the functions that free them. They are called here if the platform exports them.
"""

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any

from cmarkgfm import _cmark, cmark
from cmarkgfm.cmark import Options

EXTENSIONS = ("table", "autolink", "tagfilter", "strikethrough", "tasklist")
OPTIONS = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES  # raw HTML is kept: the caller sanitises it

_Free = Callable[[Any], None]


def unsafe_html(text: str) -> str:
    """Convert GitHub-flavoured Markdown to HTML that is *not* sanitised: "*a* <b>" -> "<p><em>a</em> <b></p>\\n"."""
    lib, ffi = _cmark.lib, _cmark.ffi
    free_tree, free_text = _free_functions()
    extensions = _extensions()
    data = text.encode("utf-8", "replace")  # a lone surrogate becomes a question mark
    parser = cmark.parser_new(options=OPTIONS)
    try:
        for extension in extensions:
            lib.cmark_parser_attach_syntax_extension(parser, extension)
        lib.cmark_parser_feed(parser, data, len(data))
        root = lib.cmark_parser_finish(parser)
        raw = lib.cmark_render_html(root, OPTIONS, lib.cmark_parser_get_syntax_extensions(parser))
        html = str(ffi.string(raw).decode("utf-8", "replace"))
        free_text(raw)
        free_tree(root)
    finally:
        lib.cmark_parser_free(parser)
    return html


@cache
def _extensions() -> tuple[Any, ...]:
    cmark.core_extensions_ensure_registered()
    return tuple(cmark.find_syntax_extension(name) for name in EXTENSIONS)


@cache
def _free_functions() -> tuple[_Free, _Free]:
    """Return the functions that free a tree and a text; they do nothing if the library hides its symbols (Windows)."""
    try:
        tree = ctypes.CDLL(_cmark.__file__).cmark_node_free
        text = ctypes.CDLL(None).free
    except (OSError, AttributeError, TypeError):
        return _leak, _leak
    for function in (tree, text):
        function.argtypes, function.restype = (ctypes.c_void_p,), None

    def free_tree(pointer: Any) -> None:
        tree(int(_cmark.ffi.cast("uintptr_t", pointer)))

    def free_text(pointer: Any) -> None:
        text(int(_cmark.ffi.cast("uintptr_t", pointer)))

    return free_tree, free_text


def _leak(_: Any) -> None:
    """Free nothing."""
