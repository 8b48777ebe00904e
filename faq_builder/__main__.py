"""`python -m faq_builder` is the command `faq`."""

import sys

from faq_builder.cli import main

sys.exit(main())
