#!/usr/bin/env python3
"""Writes fitted figures into a runtime profile.

    accuracy --fit ncnn ncnn_readme.csv | bench/accuracy/write_profile.py platforms/runtimes/ncnn.yaml

Reads lines "kernels.5.efficiency 0.56", "dispatch_cycles 4000", "errors.gemm 0.2". Only numbers change,
where the profile has the key already; the origin beside them stays as it is written there.
"""
import re
import sys
from pathlib import Path


def number_after(text, pattern, value, start=0, end=None):
    """The text with the first number behind a pattern replaced, between two places."""
    found = re.compile(pattern + r"(-?[0-9.]+(?:e[+-]?[0-9]+)?)").search(text, start, end if end is not None else len(text))
    if not found:
        raise SystemExit(f"the profile has no '{pattern}'")
    return text[: found.start(1)] + value + text[found.end(1):]


def kernel_span(text, index):
    starts = [m.start() for m in re.finditer(r"(?m)^  - ", text)]
    return starts[index], (starts + [len(text)])[index + 1]


def written(text, name, value):
    value = f"{float(value):.3g}"
    parts = name.split(".")
    if parts[0] == "kernels":
        start, end = kernel_span(text, int(parts[1]))
        return number_after(text, parts[2] + r": \{value: ", value, start, end)
    if len(parts) == 2:
        start = text.index(f"\n{parts[0]}:")
        return number_after(text, parts[1] + ": ", value, start)
    return number_after(text, r"(?:^|\n)" + name + r": \{value: ", value)


def main():
    path = Path(sys.argv[1])
    text = path.read_text()
    for line in sys.stdin:
        name, value = line.split()
        text = written(text, name, value)
    path.write_text(text)


if __name__ == "__main__":
    main()
