"""Arguments, progress, printing, exit codes, the clock. The only room that prints."""


def main() -> int:
    """Run the command line; gives the exit code."""
    return 0
