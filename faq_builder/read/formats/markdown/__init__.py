"""Thread files: Markdown as support staff write it, one file per thread.

Reads:   *.md, but not README.md or names that begin with an underscore
Answer:  the text under `## Answer`; a `From:` line may also say `accepted`
Drops:   nothing; a file that cannot be read as a thread is an error
Spec:    GitHub-flavoured Markdown, https://github.github.com/gfm/

The smallest thread file, and one message in the full form that `write_thread` writes:

    # Why did my red widget break in the rain?        |  ## Answer
                                                      |
    https://blog.widgets.example/rain#comment-12      |  From: Wilma (staff) · 2024-05-02 09:30 UTC · id 13
                                                      |
    ## Answer                                         |  Red widgets are for indoors.
                                                      |
    Red widgets are for indoors. Take the blue one.   |
"""

from faq_builder.read.formats.markdown.folder import (
    FORMAT,
    TEXT_ENDINGS,
    ThreadFiles,
    is_thread_file,
    read_threads,
)
from faq_builder.read.formats.markdown.reader import DEFAULT_SOURCE, file_parts, message_lines, read_thread_file
from faq_builder.read.formats.markdown.writer import write_thread

__all__ = [
    "DEFAULT_SOURCE",
    "FORMAT",
    "TEXT_ENDINGS",
    "ThreadFiles",
    "file_parts",
    "is_thread_file",
    "message_lines",
    "read_thread_file",
    "read_threads",
    "write_thread",
]
