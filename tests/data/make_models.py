#!/usr/bin/env python3
"""Writes the small models that tests/app/cli_test.py runs (needs python3-onnx; outputs are committed).

    tests/data/make_models.py
"""
from pathlib import Path

from onnx import TensorProto, helper

FOLDER = Path(__file__).resolve().parent


def tensor(name, shape):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def write(name, nodes, inputs, outputs, domains=()):
    graph = helper.make_graph(nodes, name, inputs, outputs)
    opsets = [helper.make_opsetid("", 13)] + [helper.make_opsetid(domain, 1) for domain in domains]
    model = helper.make_model(graph, opset_imports=opsets, producer_name="make_models")
    model.ir_version = 8
    (FOLDER / f"{name}.onnx").write_bytes(model.SerializeToString())


def main():
    relu = helper.make_node("Relu", ["x"], ["y"], name="relu")
    write("symbolic", [relu], [tensor("x", ["rows", 8])], [tensor("y", ["rows", 8])])
    odd = helper.make_node("Foo", ["x"], ["m"], name="odd", domain="com.acme")
    last = helper.make_node("Relu", ["m"], ["y"], name="last")
    write("unknown_operator", [odd, last], [tensor("x", [1, 8])], [tensor("y", [1, 8])], ["com.acme"])


if __name__ == "__main__":
    main()
