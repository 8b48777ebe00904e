"""`faq topics`: list the topics of the site."""

import json
from argparse import Namespace

from faq_builder.cli.findings import exit_code
from faq_builder.cli.loading import prepared_site
from faq_builder.publish.machine_readable import topic_record


def topics(arguments: Namespace) -> int:
    """Print the topics, as JSON (one object a line) or for people."""
    prepared = prepared_site(arguments)
    site_url = prepared.config.publish.site_url
    for topic in prepared.grouping.topics:
        if arguments.json:
            print(json.dumps(topic_record(topic, site_url), ensure_ascii=False))
        else:
            state = "answered" if topic.answered else "open"
            print(f"{topic.id}  {state:8}  asked {topic.asked:3}x  {topic.question}")
    return exit_code(prepared.diagnostics, arguments.fail_on)
