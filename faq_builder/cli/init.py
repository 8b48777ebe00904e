"""`faq init [DIR]`: start a site."""

from argparse import Namespace

from faq_builder.staff.requirement import installed_from, requirement
from faq_builder.staff.start import start

NEXT = """
next: faq serve, and open http://127.0.0.1:8000/
then: set site_name, site_url and sources in mkdocs.yml; README.md says what each file is"""


LACKING = """\
before you publish: put {file} beside requirements.txt, which names it; `make wheel` in the project of
faq_builder builds it"""


def init(arguments: Namespace) -> int:
    """Write the files of a new site into a folder; files that exist stay as they are."""
    started = start(arguments.folder, requirement(installed_from()))
    for path in started.written:
        print(f"wrote {path}")
    for path in started.left:
        print(f"left as it is: {path}")
    print(NEXT if started.written else "everything is there already")
    if started.lacking:
        print(LACKING.format(file=started.lacking))
    return 0
