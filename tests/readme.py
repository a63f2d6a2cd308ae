#!/usr/bin/env python3
"""What README.md and some pages of docs/ show is what the program says.

    tests/readme.py PROGRAM            compare every shown run with a fresh one
    tests/readme.py --write PROGRAM    put the fresh ones in (./dev readme)

A shown run is a ```console block that begins with "$ build/release/roofbeam"; it may end in a pipe.
"""
import difflib
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ["README.md", "docs/tour.md", "docs/solve.md", "docs/explain.md", "docs/compare.md",
         "docs/pipeline.md"]
SHOWN = re.compile(r"^```console\n\$ build/release/roofbeam (?P<arguments>.+)\n(?P<output>(?:.*\n)*?)```$",
                   re.MULTILINE)


def output_of(program, arguments):
    command = f"set -o pipefail; {shlex.quote(program)} {arguments}"
    result = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, encoding="utf-8",
                            env={**os.environ, "COLUMNS": "100"})
    if result.returncode:
        sys.exit(f"error: '{command}' ended with {result.returncode}:\n{result.stderr}")
    # No trailing spaces: editors remove them.
    return "".join(line.rstrip() + "\n" for line in result.stdout.splitlines())


def refreshed(text, program):
    def block(found):
        arguments = found["arguments"]
        return f"```console\n$ build/release/roofbeam {arguments}\n{output_of(program, arguments)}```"
    return SHOWN.sub(block, text)


def demo_command():
    return re.search(r"^readonly demo='(.+?)'", (ROOT / "dev").read_text(encoding="utf-8"), re.MULTILINE)[1]


def check(page, text, fresh):
    if text == fresh:
        return True
    sys.stdout.writelines(difflib.unified_diff(
        text.splitlines(True), fresh.splitlines(True), page, "what the program says now"))
    return False


def main():
    arguments = sys.argv[1:]
    write = arguments[:1] == ["--write"]
    program = str(Path(arguments[-1]).resolve())
    right = True
    for page in PAGES:
        path = ROOT / page
        text = path.read_text(encoding="utf-8")
        fresh = refreshed(text, program)
        if write and text != fresh:
            path.write_text(fresh, encoding="utf-8")
            print(f"{page}: updated", file=sys.stderr)
        elif not write:
            right = check(page, text, fresh) and right
    if f"\n$ build/release/roofbeam predict {demo_command()}\n" not in (ROOT / "README.md").read_text(encoding="utf-8"):
        print(f"README.md does not show the demo: predict {demo_command()}")
        right = False
    if not right:
        print("To bring the pages up to date: ./dev readme")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
