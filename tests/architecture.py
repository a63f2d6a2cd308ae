#!/usr/bin/env python3
"""Holds the architecture: who may include whom, one home for each library, headers that stand alone.

    tests/architecture.py                      check the includes of all rooms
    tests/architecture.py --compile [-I DIR]   also compile headers alone, but those that a source
                                               includes first: the build has done that
    tests/architecture.py --self-test          check the checks, on small wrong trees
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# A room may include itself and the rooms before it.
ROOMS = ["core", "platforms", "models", "scenarios", "reports", "app"]

# Inside core: folder -> folders that it may include besides itself. "core" are the files that lie
# directly in it, which everybody may include and which include no folder.
CORE = {
    "core": [],
    "core/quantity": ["core"],
    "core/config": ["core", "core/quantity"],
    "core/network": ["core", "core/quantity"],
    "core/operators": ["core", "core/quantity", "core/network"],
    "core/onnx": ["core", "core/quantity", "core/network", "core/operators"],
    "core/rewrites": ["core", "core/quantity", "core/config", "core/network", "core/operators"],
}

# Library (first part of the include) -> its home or homes, and which files there may include it:
# "sources" are .cpp files, "private" also headers that nobody outside the home includes.
HOMES = {
    "boost": ("core/network", "sources"),
    "protozero": ("core/onnx", "private"),
    "yaml-cpp": ("core/config", "sources"),
    "Eigen": ("models", "sources"),
    "nlohmann": (("scenarios", "reports"), "sources"),  # reads traces, writes reports
    "CLI": ("app", "private"),
    "mpi.h": ("app", "sources"),  # sweeps of several processes
}
EVERYWHERE = {"fmt", "sys"}  # formatting, POSIX

MOST_LINES = 500

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def room_of(path):
    """The folder that the tables speak of: "core/onnx", "models", or None outside the rooms."""
    parts = path.split("/")
    if parts[0] not in ROOMS:
        return None
    if parts[0] == "core":
        return "/".join(parts[:2]) if len(parts) > 2 else "core"
    return parts[0]


def may_include(room):
    """All folders that files of this room may include, itself first."""
    if room in CORE:
        return [room] + CORE[room]
    before = ROOMS[: ROOMS.index(room)]
    return [room] + (list(CORE) if before else []) + [r for r in before if r != "core"]


def inside(path, home):
    """Whether a file lies in a folder, or in one of several."""
    folders = home if isinstance(home, tuple) else (home,)
    return path.startswith(tuple(folder + "/" for folder in folders))


def spelled(home):
    return " and ".join(home) if isinstance(home, tuple) else home


class Tree:
    """The C++ files of a checkout, with their includes."""

    def __init__(self, root):
        self.lines = {}
        for folder in ROOMS + ["tests", "bench"]:
            for path in sorted(Path(root, folder).rglob("*.[ch]pp")):
                name = path.relative_to(root).as_posix()
                self.lines[name] = path.read_text(encoding="utf-8").splitlines()

    def in_rooms(self):
        return [name for name in self.lines if room_of(name)]

    def headers(self):
        return [name for name in self.in_rooms() if name.endswith(".hpp")]

    def includes(self, name):
        """(line number, "<" or '"', what) for every include."""
        for number, line in enumerate(self.lines[name], 1):
            if found := INCLUDE.match(line):
                yield number, found[1], found[2]


def wrong_arrows(tree):
    for name in tree.in_rooms():
        room = room_of(name)
        if room.startswith("core") and room not in CORE:
            yield f"{name}:1: {room} is in no table; add it to CORE in tests/architecture.py"
            continue
        allowed = may_include(room)
        for number, bracket, what in tree.includes(name):
            if bracket == "<":
                continue
            target = room_of(what)
            if target is None:
                yield (f"{name}:{number}: includes \"{what}\"; write it from the repository's root"
                       f" (rooms: {', '.join(ROOMS)})")
            elif target not in allowed:
                yield f"{name}:{number}: includes {what}; {room} may include only {', '.join(allowed)}"


def wrong_homes(tree):
    for name in tree.in_rooms():
        for number, bracket, what in tree.includes(name):
            library = what.split("/")[0]
            is_plain = "/" not in what and what not in HOMES
            if bracket == '"' or is_plain or library in EVERYWHERE:
                continue
            if library not in HOMES:
                yield (f"{name}:{number}: includes <{what}>; {library} has no home yet,"
                       " add it to HOMES in tests/architecture.py")
                continue
            home, files = HOMES[library]
            if not inside(name, home):
                yield f"{name}:{number}: includes <{what}>; only {spelled(home)} may know {library}"
            elif files == "sources" and name.endswith(".hpp") and not what.endswith("_fwd.hpp"):
                yield f"{name}:{number}: includes <{what}>; {library} belongs in .cpp files only"


def wrong_uses_of_private_headers(tree):
    """A header that includes a library, however indirectly, stays in the library's home."""
    private = {}  # header -> library
    for name in tree.headers():
        for _, bracket, what in tree.includes(name):
            library = what.split("/")[0]
            if bracket == "<" and HOMES.get(library, ("", ""))[1] == "private":
                private[name] = library
    grown = bool(private)
    while grown:
        grown = False
        for name in tree.headers():
            for _, _, what in tree.includes(name):
                if what in private and name not in private:
                    private[name] = private[what]
                    grown = True
    for name in tree.in_rooms():
        for number, _, what in tree.includes(name):
            if what in private and not inside(name, HOMES[private[what]][0]):
                home = spelled(HOMES[private[what]][0])
                yield (f"{name}:{number}: includes {what}, which brings in {private[what]};"
                       f" it is private to {home}")


def wrong_files(tree):
    for name in tree.headers():
        if "#pragma once" not in tree.lines[name]:
            yield f"{name}:1: has no #pragma once"
    for name, lines in tree.lines.items():
        if len(lines) > MOST_LINES:
            yield f"{name}:{MOST_LINES + 1}: has {len(lines)} lines; at most {MOST_LINES}, then split it by topic"


def complaints(root):
    tree = Tree(root)
    checks = [wrong_arrows, wrong_homes, wrong_uses_of_private_headers, wrong_files]
    return [complaint for check in checks for complaint in check(tree)]


def compile_alone(root, header, compiler, folders):
    """None, or what the compiler said about a file that includes only this header (twice)."""
    command = [compiler, "-std=c++20", "-fsyntax-only", f"-I{root}"]
    command += [f"-idirafter{folder}" for folder in folders] + ["-x", "c++", "-"]
    source = f'#include "{header}"\n#include "{header}"\n'
    result = subprocess.run(command, input=source, capture_output=True, text=True)
    if result.returncode == 0:
        return None
    return f"{header}:1: does not compile alone:\n{result.stderr}"


def included_first(tree):
    """What sources include before all else: the build has compiled it alone."""
    for name in tree.lines:
        first = next(tree.includes(name), None) if name.endswith(".cpp") else None
        if first:
            yield first[2]


def headers_that_need_more(root, compiler, folders):
    tree = Tree(root)
    headers = sorted(set(tree.headers()) - set(included_first(tree)))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        said = pool.map(lambda header: compile_alone(root, header, compiler, folders), headers)
        return [text for text in said if text]


# Wrong trees: files, and the one complaint expected of each.
SELF_TESTS = [
    ("core knows no platform", {"core/network/a.cpp": '#include "platforms/platform.hpp"\n'},
     "core/network/a.cpp:1: includes platforms/platform.hpp;"
     " core/network may include only core/network, core, core/quantity"),
    ("arrows hold inside core", {"core/config/a.hpp": '#pragma once\n#include "core/network/network.hpp"\n'},
     "core/config/a.hpp:2: includes core/network/network.hpp;"
     " core/config may include only core/config, core, core/quantity"),
    ("models know no report", {"models/a.cpp": '\n#  include "reports/table.hpp"\n'},
     "models/a.cpp:2: includes reports/table.hpp; models may include only"
     " models, core, core/quantity, core/config, core/network, core/operators, core/onnx, core/rewrites, platforms"),
    ("files in core itself include no folder", {"core/a.cpp": '#include "core/onnx/import.hpp"\n'},
     "core/a.cpp:1: includes core/onnx/import.hpp; core may include only core"),
    ("core has no unknown folder", {"core/misc/a.cpp": ""},
     "core/misc/a.cpp:1: core/misc is in no table; add it to CORE in tests/architecture.py"),
    ("includes start at the root", {"models/a.cpp": '#include "lower.hpp"\n'},
     'models/a.cpp:1: includes "lower.hpp"; write it from the repository\'s root'
     " (rooms: core, platforms, models, scenarios, reports, app)"),
    ("a library has one home", {"platforms/a.cpp": "#include <yaml-cpp/yaml.h>\n"},
     "platforms/a.cpp:1: includes <yaml-cpp/yaml.h>; only core/config may know yaml-cpp"),
    ("a library has at most the homes that the table says", {"models/a.cpp": "#include <nlohmann/json.hpp>\n"},
     "models/a.cpp:1: includes <nlohmann/json.hpp>; only scenarios and reports may know nlohmann"),
    ("heavy libraries stay out of headers", {"models/a.hpp": "#pragma once\n#include <Eigen/Core>\n"},
     "models/a.hpp:2: includes <Eigen/Core>; Eigen belongs in .cpp files only"),
    ("a new library needs a home", {"app/a.cpp": "#include <spdlog/spdlog.h>\n"},
     "app/a.cpp:1: includes <spdlog/spdlog.h>; spdlog has no home yet,"
     " add it to HOMES in tests/architecture.py"),
    ("private headers stay at home",
     {"core/onnx/wire.hpp": "#pragma once\n#include <protozero/pbf_reader.hpp>\n",
      "core/onnx/between.hpp": '#pragma once\n#include "core/onnx/wire.hpp"\n',
      "core/onnx/a.cpp": '#include "core/onnx/between.hpp"\n',
      "app/a.cpp": '#include "core/onnx/between.hpp"\n'},
     "app/a.cpp:1: includes core/onnx/between.hpp, which brings in protozero; it is private to core/onnx"),
    ("headers are read once", {"models/a.hpp": "int a();\n"},
     "models/a.hpp:1: has no #pragma once"),
    ("files end", {"tests/models/a_test.cpp": "\n" * 501},
     "tests/models/a_test.cpp:501: has 501 lines; at most 500, then split it by topic"),
    ("what is right is not complained about",
     {"core/onnx/import.hpp": '#pragma once\n#include <string>\n#include "core/network/network.hpp"\n',
      "core/onnx/import.cpp": '#include <protozero/pbf_reader.hpp>\n#include <sys/mman.h>\n',
      "core/config/a.cpp": '#include <yaml-cpp/yaml.h>\n#include "core/input_error.hpp"\n',
      "scenarios/a.cpp": '#include "models/lower.hpp"\n#include <nlohmann/json.hpp>\n',
      "reports/json.hpp": "#pragma once\n#include <nlohmann/json_fwd.hpp>\n",
      "app/main.cpp": '// #include "nothing.hpp"\n#include <CLI/CLI.hpp>\n#include "reports/table.hpp"\n',
      "tests/core/a_test.cpp": "#include <doctest/doctest.h>\n" + "\n" * 499},
     None),
]


def check_on(files, check):
    with tempfile.TemporaryDirectory() as root:
        for name, text in files.items():
            path = Path(root, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return check(root)


def self_test(compiler):
    failed = 0
    for sentence, files, expected in SELF_TESTS:
        found = check_on(files, complaints)
        if found != ([expected] if expected else []):
            failed += 1
            print(f"FAILED {sentence}\n  expected {expected}\n  found    {found}")
    needs_more = check_on({"core/a.hpp": "#pragma once\nstd::string a();\n",
                           "core/a.cpp": '#include <string>\n#include "core/a.hpp"\n',
                           "core/c.hpp": "#pragma once\nstd::string c();\n",
                           "core/c.cpp": '#include "core/c.hpp"\n',  # for the build to say
                           "core/b.hpp": "#pragma once\n#include <string>\nstd::string b();\n"},
                          lambda root: headers_that_need_more(root, compiler, []))
    if [text.splitlines()[0] for text in needs_more] != ["core/a.hpp:1: does not compile alone:"]:
        failed += 1
        print(f"FAILED headers stand alone\n  found {needs_more}")
    print(f"{len(SELF_TESTS) + 1 - failed} passed, {failed} failed")
    return failed


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--root", default=Path(__file__).resolve().parent.parent)
    options.add_argument("--compile", action="store_true", help="also compile headers alone")
    options.add_argument("--compiler", default=os.environ.get("CXX", "c++"))
    options.add_argument("-I", dest="folders", action="append", default=[], metavar="DIR")
    options.add_argument("--self-test", action="store_true")
    chosen = options.parse_args()
    if chosen.self_test:
        return 1 if self_test(chosen.compiler) else 0
    found = complaints(chosen.root)
    if chosen.compile:
        found += headers_that_need_more(chosen.root, chosen.compiler, chosen.folders)
    print("\n".join(found) or "The arrows hold.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
