#!/usr/bin/python3
"""Writes the reference networks: published architectures as ONNX files without weights.

    make_networks.py           write *.onnx and expected.csv beside this script
    make_networks.py --check   recount every file and compare with table.py
    make_networks.py --table   print the table of this folder as Markdown, for README.md

Every weight is a ConstantOfShape node, so a file holds the graph and all shapes but no numbers,
and is valid nevertheless. Shapes are static, batch 1, NCHW. A tensor has the name of the node that
makes it. Running the script again gives the same bytes. It needs only Debian's python3-onnx.
"""

import argparse
import csv
import io
import math
from pathlib import Path

import onnx
from onnx import shape_inference

from table import NETWORKS

FOLDER = Path(__file__).resolve().parent


# ------------------------------------------------------------------------------------ the recount


def count(model):
    """Parameters and MACs from a file's inferred shapes alone; it knows nothing of the builder.

    Every ConstantOfShape is a parameter, but for the running mean and variance of a batch norm,
    which are statistics. Convolutions, fully connected layers and matrix products have MACs.
    """
    graph = shape_inference.infer_shapes(model, strict_mode=True).graph
    shapes = {
        value.name: [dim.dim_value for dim in value.type.tensor_type.shape.dim]
        for value in [*graph.input, *graph.value_info, *graph.output]
    }
    norms = [node for node in graph.node if node.op_type == "BatchNormalization"]
    statistics = {name for node in norms for name in node.input[3:5]}
    parameters = macs = 0
    for node in graph.node:
        result = math.prod(shapes[node.output[0]])
        assert result > 0, f"{node.name}: the shape of its output is not known"
        if node.op_type == "ConstantOfShape" and node.output[0] not in statistics:
            parameters += result
        elif node.op_type == "Conv":  # filters, channels of a group, height, width
            macs += result * math.prod(shapes[node.input[1]][1:])
        elif node.op_type == "ConvTranspose":  # channels, filters of a group, height, width
            macs += math.prod(shapes[node.input[0]]) * math.prod(shapes[node.input[1]][1:])
        elif node.op_type in ("Gemm", "MatMul"):  # every A here has its sum over the last axis
            macs += result * shapes[node.input[0]][-1]
    return parameters, macs


# ----------------------------------------------------------------------------------- the commands


def file_of(name):
    return FOLDER / f"{name}.onnx"


def model_of(name):
    return NETWORKS[name].build().model(Path(name).name)


def expected_csv():
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("name", "parameters", "macs", "source"))
    writer.writerows((name, e.parameters, e.macs, e.source) for name, e in NETWORKS.items())
    return text.getvalue()


def markdown_table():
    rows = ["| network | parameters | MACs | source |", "| --- | ---: | ---: | --- |"]
    for name, e in NETWORKS.items():
        if "/" in name:  # a folder's are in expected.csv alone
            continue
        rows.append(f"| {name} | {e.parameters:,} | {e.macs:,} | {e.source} |")
    return "\n".join(rows)


def write():
    for name in NETWORKS:
        file_of(name).parent.mkdir(exist_ok=True)
        file_of(name).write_bytes(model_of(name).SerializeToString())
    (FOLDER / "expected.csv").write_text(expected_csv())


def complaints_about(name):
    path = file_of(name)
    if not path.exists():
        return [f"{name}.onnx: missing; run make_networks.py"]
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    found = []
    if model != model_of(name):
        found.append(f"{name}.onnx: not what make_networks.py writes; run it again")
    expected = NETWORKS[name].parameters, NETWORKS[name].macs
    for what, counted, wanted in zip(("parameters", "MACs"), count(model), expected):
        if counted != wanted:
            found.append(f"{name}.onnx: counted {counted:,} {what}, expected {wanted:,}")
    return found


def check():
    """Prints what is wrong and returns how much."""
    found = [complaint for name in NETWORKS for complaint in complaints_about(name)]
    for path in FOLDER.rglob("*.onnx"):
        name = path.relative_to(FOLDER).with_suffix("").as_posix()
        if name not in NETWORKS:
            found.append(f"{name}.onnx: not in the table of make_networks.py")
    if (FOLDER / "expected.csv").read_text() != expected_csv():
        found.append("expected.csv: out of date; run make_networks.py")
    if markdown_table() not in (FOLDER / "README.md").read_text():
        found.append("README.md: its table is not what make_networks.py --table prints")
    print("\n".join(found) or f"{len(NETWORKS)} networks as expected")
    return len(found)


def main():
    parser = argparse.ArgumentParser(description="Writes the reference networks.")
    command = parser.add_mutually_exclusive_group()
    command.add_argument("--check", action="store_true", help="recount and compare with the table")
    command.add_argument("--table", action="store_true", help="print the table as Markdown")
    arguments = parser.parse_args()
    if arguments.check:
        raise SystemExit(1 if check() else 0)
    if arguments.table:
        print(markdown_table())
    else:
        write()


if __name__ == "__main__":
    main()
