#!/usr/bin/env python3
"""Gathers small models for the fuzzer to start from.

    tests/fuzz/corpus.py FOLDER     copies what there is into FOLDER: the project's own networks and, where the
                                    package libonnx-testdata is installed, ONNX's backend tests
"""
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BACKEND_TESTS = Path("/usr/share/libonnx-testdata/data")
LARGEST = 16 * 1024


def models():
    yield from sorted((ROOT / "tests/data").glob("*.onnx"))
    yield from sorted((ROOT / "networks").glob("*.onnx"))
    yield from sorted(BACKEND_TESTS.glob("*/*/model.onnx"))


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for number, path in enumerate(model for model in models() if model.stat().st_size <= LARGEST):
        name = f"seed_{number:04}_{path.parent.name}_{path.stem}"
        if not (folder / name).exists():
            shutil.copyfile(path, folder / name)


if __name__ == "__main__":
    main()
