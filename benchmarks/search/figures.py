"""Make one measured figure, and print a table of figures."""

from collections.abc import Sequence
from typing import Any

Figure = dict[str, Any]  # set, method, metric, value


def figure(set_: str, method: str, metric: str, value: float) -> Figure:
    """Return a figure in the form that every benchmark writes."""
    return {"set": set_, "method": method, "metric": metric, "value": value}


def print_table(figures: Sequence[Figure]) -> None:
    """Print a line for each set and method, for people."""
    for name, method in dict.fromkeys((row["set"], row["method"]) for row in figures):
        of_both = [row for row in figures if (row["set"], row["method"]) == (name, method)]
        line = "   ".join(f"{row['metric']} {row['value']:,.5g}" for row in of_both)
        print(f"{name:46} {method:18} {line}")
