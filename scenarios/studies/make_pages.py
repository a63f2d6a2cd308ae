#!/usr/bin/env python3
"""The tables in the pages of the case studies are what the program says.

    make_pages.py PROGRAM            compare every table with a fresh one
    make_pages.py --write PROGRAM    put the fresh ones in (./dev studies)
"""

import difflib
import importlib.util
import re
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER))

from study import Study  # noqa: E402  (beside this script)

TABLE = re.compile(r"<!-- table (?P<name>\w+) -->\n.*?<!-- end -->", re.DOTALL)


def tables_of(folder):
    """The module with the functions that make a study's tables."""
    spec = importlib.util.spec_from_file_location("page", folder / "page.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def refreshed(text, folder, program):
    study, tables = Study(folder, program), tables_of(folder)

    def block(found):
        made = getattr(tables, found["name"])(study)
        return f"<!-- table {found['name']} -->\n\n{made}\n<!-- end -->"

    return TABLE.sub(block, text)


def is_right(path, text, fresh):
    if text == fresh:
        return True
    name = f"scenarios/studies/{path.parent.name}/README.md"
    sys.stdout.writelines(difflib.unified_diff(
        text.splitlines(True), fresh.splitlines(True), name, "what the program says now"))
    return False


def main():
    arguments = sys.argv[1:]
    write = arguments[:1] == ["--write"]
    program = Path(arguments[-1]).resolve()
    right = True
    for path in sorted(FOLDER.glob("*/README.md")):
        text = path.read_text(encoding="utf-8")
        fresh = refreshed(text, path.parent, program)
        if write and text != fresh:
            path.write_text(fresh, encoding="utf-8")
            print(f"{path.parent.name}: updated", file=sys.stderr)
        elif not write:
            right = is_right(path, text, fresh) and right
    if not right:
        print("To bring the pages up to date: ./dev studies")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
