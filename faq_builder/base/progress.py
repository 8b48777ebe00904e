"""The type of the function that long steps report their progress to."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]  # what is being done, how many are done, of how many
