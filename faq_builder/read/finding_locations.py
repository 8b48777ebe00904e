"""Give findings about threads the file and line where a person can open them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from faq_builder.base.diagnostics import Diagnostic
from faq_builder.model import ThreadKey
from faq_builder.read.formats.markdown import message_lines


def locate_in_files(
    findings: Iterable[Diagnostic], texts: Iterable[tuple[ThreadKey, str, str]]
) -> Iterator[Diagnostic]:
    """Yield the findings; one about a thread that has a file is located there, the others stay as they are.

    `texts` has key, path as shown and text of each thread file. Example: `forum:231/4` becomes
    `content/threads/forum/231.md:17`, the line where message 4 begins; a finding about a whole thread gets line 1.
    """
    files = {key: (path, text) for key, path, text in texts}

    @cache
    def lines_by_message(key: ThreadKey) -> Mapping[str, int]:
        return message_lines(files[key][1])

    for finding in findings:
        where = finding.where
        key = ThreadKey(*where.thread) if where.thread else None
        if key is None or key not in files:
            yield finding
        elif where.message is None:
            yield replace(finding, where=replace(where, path=files[key][0], line=1, item=None))
        else:
            line, item = lines_by_message(key).get(where.message), f"message {where.message}"
            yield replace(finding, where=replace(where, path=files[key][0], line=line, item=item))
