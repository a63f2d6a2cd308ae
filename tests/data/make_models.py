#!/usr/bin/env python3
"""Writes the small models that tests/app/cli_test.py runs (needs python3-onnx; outputs are committed).

    tests/data/make_models.py [FOLDER]
"""
import sys
from pathlib import Path

from onnx import TensorProto, helper


def tensor(name, shape):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def zeros(name, shape):
    return helper.make_tensor(name, TensorProto.FLOAT, shape, bytes(4 * shape[0] * shape[1]), raw=True)


def node(name, op, inputs, output, domain=None):
    return helper.make_node(op, inputs, [output], name=name, domain=domain)


def loop():
    """As many Relus as the input 'limit' says."""
    flag = helper.make_tensor_value_info("going", TensorProto.BOOL, [])
    body = helper.make_graph([node("relu", "Relu", ["from"], "to"), node("go_on", "Identity", ["going"], "still")],
                             "body", [helper.make_tensor_value_info("run", TensorProto.INT64, []), flag,
                                      tensor("from", [1, 4])],
                             [helper.make_tensor_value_info("still", TensorProto.BOOL, []), tensor("to", [1, 4])])
    return helper.make_node("Loop", ["limit", "", "x"], ["y"], name="loop", body=body)


# name -> nodes, input shape, output, weights[, further inputs]
MODELS = {
    "gemm_relu": ([node("gemm", "Gemm", ["x", "w"], "h"), node("relu", "Relu", ["h"], "y")], [1, 4],
                  tensor("y", [1, 8]), [zeros("w", [4, 8])]),
    "symbolic_batch": ([node("relu", "Relu", ["x"], "y")], ["batch", 4], tensor("y", ["batch", 4]), []),
    "unknown_operators": ([node("relu", "Relu", ["x"], "a"),
                           node("twist", "Twist", ["a"], "b", "com.acme"),
                           node("twist_again", "Twist", ["b"], "c", "com.acme"),
                           node("sigmoid", "Sigmoid", ["c"], "y")], [1, 4], tensor("y", None), []),
    "wrong_shape": ([node("gemm", "Gemm", ["x", "w"], "y")], [1, 4], tensor("y", [1, 8]),
                    [zeros("w", [5, 8])]),
    "cycle": ([node("first", "Add", ["x", "b"], "a"), node("second", "Relu", ["a"], "b")], [1, 4],
              tensor("b", [1, 4]), []),
    "arithmetic": ([node("relu", "Relu", ["x"], "y")], ["2*batch+1", "floor(width/2)"], tensor("y", None), []),
    "view": ([node("as_it_is", "Identity", ["x"], "y")], [1, 4], tensor("y", [1, 4]), []),
    "loop": ([loop()], [1, 4], tensor("y", [1, 4]), [],
             [helper.make_tensor_value_info("limit", TensorProto.INT64, [])]),
}


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent
    opsets = [helper.make_opsetid("", 13), helper.make_opsetid("com.acme", 1)]
    for name, (nodes, shape, output, weights, *more) in MODELS.items():
        graph = helper.make_graph(nodes, name, [tensor("x", shape), *sum(more, [])], [output], weights)
        model = helper.make_model(graph, opset_imports=opsets, producer_name="roofbeam")
        model.ir_version = 8
        (folder / f"{name}.onnx").write_bytes(model.SerializeToString())


if __name__ == "__main__":
    main()
