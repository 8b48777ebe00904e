"""`faq lock`: refuse if there are errors, else write the ledger and the fit of the search (values: staff/lock.py)."""

import sys
from argparse import Namespace
from datetime import UTC, datetime

from faq_builder.base.diagnostics import counted
from faq_builder.base.files import write_file
from faq_builder.cli.findings import exit_code
from faq_builder.cli.loading import prepared_site
from faq_builder.staff.lock import blocking_findings, lock_site


def lock(arguments: Namespace) -> int:
    """Write the ledger with the topics that are new or changed, and the fit of the search."""
    prepared = prepared_site(arguments)
    code = exit_code(blocking_findings(prepared.diagnostics), arguments.fail_on)
    if code:
        print("the ledger was not changed; correct the errors first", file=sys.stderr)
        return code
    locked = lock_site(prepared, datetime.now(UTC).date(), keep_dates=arguments.quiet, refit=arguments.refit)
    root = prepared.config.root
    changed = write_file(root / locked.ledger.path, locked.ledger.content)
    more = f"locked {counted(locked.new_topics, 'new topic')}" if locked.new_topics else "wrote what changed"
    if prepared.split:
        print(f"took threads out of {counted(len(prepared.split), 'topic')}; their pages link to the new ones")
    print(f"{more} in {locked.ledger.path}" if changed else "the ledger is up to date")
    if locked.fit and write_file(root / locked.fit.path, locked.fit.content):
        print(f"wrote {locked.fit.path}, which the search by meaning needs")
    if locked.diagnostics:
        print(
            "content/search.fit was left as it is: training it takes an answered topic and an encoder (the extra "
            "`meaning`) that knows the language of the site",
            file=sys.stderr,
        )
    return exit_code(locked.diagnostics, arguments.fail_on)
