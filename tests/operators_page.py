#!/usr/bin/env python3
"""docs/operators.md is what `roofbeam operators --format markdown` says.

    tests/operators_page.py PROGRAM            compare the page with a fresh one
    tests/operators_page.py --write PROGRAM    put the fresh one in (./dev docs)
"""
import difflib
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "operators.md"


def main():
    arguments = sys.argv[1:]
    command = [str(Path(arguments[-1]).resolve()), "operators", "--format", "markdown"]
    fresh = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    if text == fresh:
        return 0
    if arguments[0] == "--write":
        PAGE.write_text(fresh, encoding="utf-8")
        print("docs/operators.md: updated", file=sys.stderr)
        return 0
    sys.stdout.writelines(difflib.unified_diff(
        text.splitlines(True), fresh.splitlines(True), "docs/operators.md", "what the program says now"))
    print("To bring the page up to date: ./dev docs")
    return 1


if __name__ == "__main__":
    sys.exit(main())
