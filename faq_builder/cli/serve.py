"""`faq serve`: build and serve the site, and rebuild it when a file changes."""

import errno
import logging
from argparse import Namespace

from mkdocs.commands.serve import serve as serve_with_mkdocs

from faq_builder.cli.findings import wrong_use
from faq_builder.cli.mkdocs_log import mkdocs_log
from faq_builder.config import load_config


def serve(arguments: Namespace) -> int:
    """Serve the site with MkDocs and rebuild it when a file changes."""
    load_config(arguments.config_file)  # before MkDocs reads it, as it reports every mistake at once
    try:
        with mkdocs_log(logging.INFO):
            serve_with_mkdocs(str(arguments.config_file), dev_addr=arguments.dev_addr)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL):
            raise
        advice = "use another one, for example --dev-addr 127.0.0.1:8001"
        raise wrong_use("faq serve", f"the address cannot be used ({error.strerror})", advice) from None
    return 0
