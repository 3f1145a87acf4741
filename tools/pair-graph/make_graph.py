"""Writes the two graphs of models/pair-search: which rows of one matrix are close to which groups of rows of another.

    python tools/pair-graph/make_graph.py models/pair-search

model.onnx, in single precision
Inputs   queries float32 [m, d], base float32 [n, d] with n a multiple of 16, floor float32 [1]
Outputs  groups int64 [k, 2]: (query row, group) of every group of 16 base rows in which some product is above the floor
         greatest float32 [m, n / 16]: the greatest product of every query row with each group

coarse.onnx, in whole numbers of eight bits
Inputs   queries uint8 [1, m, d] with 128 for zero, base int8 [t, d, n] with n a multiple of 8, floor int32 [1]
Outputs  groups int64 [k, 3]: (tile, query row, group) of every group of 8 base rows in which some product is above the floor

The graphs have no weights. They let ONNX Runtime do the matrix product with all its speed and give back only the few
places that count, so that the m x n products never leave it; of the two outputs of the first a caller asks for what it
needs. The greatest product of each group is taken first: NonZero runs on one thread and would cost a fifth of the whole
over all products, and costs nothing over a sixteenth of them. Coarse groups are smaller, since each is a third as dear
and every row of one that is found is compared exactly.
Needs onnx >= 1.16.
"""

import sys
from pathlib import Path

from onnx import TensorProto, checker, helper, save

FLOAT, INT64, INT32, UINT8, INT8 = TensorProto.FLOAT, TensorProto.INT64, TensorProto.INT32, TensorProto.UINT8, TensorProto.INT8
GROUP = 16
COARSE_GROUP = 8


def close_places(axis):
    """From grouped products to the places of the groups whose greatest one is above the floor."""
    return [
        helper.make_node("ReduceMax", ["grouped"], ["greatest"], axes=[axis], keepdims=0),
        helper.make_node("Greater", ["greatest", "floor"], ["close"]),
        helper.make_node("NonZero", ["close"], ["places"]),
        helper.make_node("Transpose", ["places"], ["groups"], perm=[1, 0]),
    ]


def write(path, name, nodes, inputs, outputs, constants):
    graph = helper.make_graph(nodes, name, inputs, outputs, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], producer_name="dupfind")
    model.ir_version = 8
    checker.check_model(model)
    save(model, path)


folder = Path(sys.argv[1])
value = helper.make_tensor_value_info
write(
    folder / "model.onnx",
    "pair-search",
    [
        helper.make_node("Gemm", ["queries", "base"], ["products"], transB=1),
        helper.make_node("Reshape", ["products", "grouped_shape"], ["grouped"]),
        *close_places(2),
    ],
    [value("queries", FLOAT, ["m", "d"]), value("base", FLOAT, ["n", "d"]), value("floor", FLOAT, [1])],
    [value("groups", INT64, ["k", 2]), value("greatest", FLOAT, ["m", "g"])],
    # 0 keeps the number of queries, -1 is the number of groups
    [helper.make_tensor("grouped_shape", INT64, [3], [0, -1, GROUP])],
)
write(
    folder / "coarse.onnx",
    "coarse-pair-search",
    [
        helper.make_node("MatMulInteger", ["queries", "base", "zero"], ["products"]),
        helper.make_node("Reshape", ["products", "grouped_shape"], ["grouped"]),
        *close_places(3),
    ],
    [value("queries", UINT8, [1, "m", "d"]), value("base", INT8, ["t", "d", "n"]), value("floor", INT32, [1])],
    [value("groups", INT64, ["k", 3])],
    [helper.make_tensor("grouped_shape", INT64, [4], [0, 0, -1, COARSE_GROUP]), helper.make_tensor("zero", UINT8, [], [128])],
)
