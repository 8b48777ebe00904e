"""Markdown threads, as support staff write them: one file a thread.

Reads:   *.md, but not README.md and names that begin with an underscore
Answer:  what stands under `## Answer`; a message may also say `accepted`
Drops:   nothing; a file that cannot become a thread is an error
Spec:    GitHub-flavoured Markdown, https://github.github.com/gfm/

The smallest file that is a thread, and one message of the full form that `write_thread` gives:

    # Why did my red widget break in the rain?        |  ## Answer
                                                      |
    https://blog.widgets.example/rain#comment-12      |  From: Wilma (staff) · 2024-05-02 09:30 UTC · id 13
                                                      |
    ## Answer                                         |  Red widgets are for indoors.
                                                      |
    Red widgets are for indoors. Take the blue one.   |
"""

from faq_builder.read.formats.markdown.folder import FORMAT, ThreadFiles, is_thread_file, read_threads
from faq_builder.read.formats.markdown.reader import PLACE, file_parts, read_thread_file
from faq_builder.read.formats.markdown.writer import write_thread

__all__ = [
    "FORMAT",
    "PLACE",
    "ThreadFiles",
    "file_parts",
    "is_thread_file",
    "read_thread_file",
    "read_threads",
    "write_thread",
]
