#!/usr/bin/env python3
"""What every command writes in every format is what lies in tests/golden/expected.

    tests/golden.py PROGRAM            compare what tests/golden/manifest.txt names with fresh results
    tests/golden.py --write PROGRAM    put the fresh ones in (./dev golden)
"""
import difflib
import os
import re
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
EXPECTED = GOLDEN / "expected"
NO_PAGE = "built without the page of HTML reports"
SOURCES = {".gp", ".dat"}  # of charts; the image is gnuplot's


def rows():
    for line in (GOLDEN / "manifest.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split(None, 1)


def fields(message):
    """Fields of a protobuf message: number and value (bytes, or a whole number)."""
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while at < len(message):
        key = varint()
        kind = key & 7
        if kind == 0:
            yield key >> 3, varint()
            continue
        size = {1: 8, 5: 4}[kind] if kind != 2 else varint()
        yield key >> 3, message[at:at + size]
        at += size


def of(message, number):
    return [value for field, value in fields(message) if field == number]


def notes(model):
    """metadata_props of each node: ModelProto.graph = 7, GraphProto.node = 1, NodeProto.name = 3, .metadata_props = 9."""
    text = ""
    for graph in of(model, 7):
        for node in of(graph, 1):
            text += b"".join(of(node, 3)).decode() + "\n"
            for prop in of(node, 9):
                text += f"  {of(prop, 1)[0].decode()}: {of(prop, 2)[0].decode()}\n"
    return text


def data_of(html):
    found = re.search(r'<script id="data" type="application/json">(.*?)</script>', html, re.DOTALL)
    return found[1] + "\n" if found else "no data\n"


def readable(path):
    """A file of DIR as text, under a name that says so; nothing for what is not the program's own."""
    if path.suffix == ".onnx":
        return path.stem + ".notes.txt", notes(path.read_bytes())
    if path.suffix == ".html":
        return path.stem + ".json", data_of(path.read_text(encoding="utf-8"))
    return (path.name, path.read_text(encoding="utf-8")) if path.suffix in SOURCES else None


def run(program, name, command):
    """The result's files by their place in expected/; None where this program cannot write it."""
    environment = {"PATH": "/nonexistent", "LC_ALL": "C.UTF-8", "COLUMNS": "100"}  # no gnuplot: --keep does without
    with tempfile.TemporaryDirectory() as folder:
        arguments = [word.replace("DIR/", folder + "/") for word in shlex.split(command)]
        result = subprocess.run([program, *arguments], cwd=ROOT, capture_output=True, encoding="utf-8",
                                env=environment)
        charts = name.startswith("plot-") and "gnuplot is not installed" in result.stderr
        if NO_PAGE in result.stderr:
            print(f"{name}: left out, the program has no page for HTML reports", file=sys.stderr)
            return None
        if result.returncode and not charts:
            sys.exit(f"error: 'roofbeam {command}' ended with {result.returncode}:\n{result.stderr}")
        if "DIR/" not in command:
            return {name: result.stdout}
        texts = filter(None, map(readable, sorted(Path(folder).iterdir())))
        return {f"{name}/{file}": text for file, text in texts}


def read(path):
    # As it stands: CSV ends its lines in CR LF.
    return path.read_bytes().decode("utf-8") if path.exists() else ""


def compare(results):
    right = True
    for name in sorted(results):
        expected = read(EXPECTED / name)
        if expected == results[name]:
            continue
        right = False
        sys.stdout.writelines(difflib.unified_diff(
            expected.splitlines(True), results[name].splitlines(True), f"expected/{name}", "what the program says now"))
    return right


def strays(results, left_out):
    """Files of expected/ that no row makes."""
    for path in sorted(EXPECTED.rglob("*")):
        name = path.relative_to(EXPECTED).as_posix()
        if path.is_file() and name not in results and name.split("/")[0] not in left_out:
            yield name


def main():
    arguments = sys.argv[1:]
    program = str(Path(arguments[-1]).resolve())
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = {name: pool.submit(run, program, name, command) for name, command in rows()}
    left_out = {name for name, future in runs.items() if future.result() is None}
    results = {file: text for future in runs.values() for file, text in (future.result() or {}).items()}
    if arguments[0] == "--write":
        for name in strays(results, left_out):
            (EXPECTED / name).unlink()
        for name, text in results.items():
            (EXPECTED / name).parent.mkdir(parents=True, exist_ok=True)
            (EXPECTED / name).write_bytes(text.encode("utf-8"))
        return 0
    right = compare(results)
    for name in strays(results, left_out):
        print(f"expected/{name}: no row of tests/golden/manifest.txt makes it")
        right = False
    if not right:
        print("If that is what the program should say: ./dev golden")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
