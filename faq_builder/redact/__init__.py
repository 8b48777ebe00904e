"""Redaction: RawThread -> PublicThread. Only this room makes PublicText."""

from faq_builder.redact.files import find_private_data_in_files
from faq_builder.redact.mentions import role_labels
from faq_builder.redact.threads import OPTED_OUT, Redacted, redact_body, redact_text, redact_threads

__all__ = [
    "OPTED_OUT",
    "Redacted",
    "find_private_data_in_files",
    "redact_body",
    "redact_text",
    "redact_threads",
    "role_labels",
]
