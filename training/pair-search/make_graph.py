"""Writes models/pair-search/model.onnx: which rows of one matrix are close to which rows of another.

    python training/pair-search/make_graph.py models/pair-search/model.onnx

Inputs   queries float32 [m, d], base float32 [n, d], floor float32 [1]
Output   pairs int64 [k, 2]: (query row, base row) of every product above the floor, in row order

The graph has no weights. It lets ONNX Runtime do the matrix product with all its speed and give back only the few
places that count, so that the m x n products never leave it. Needs onnx >= 1.16.
"""

import sys

from onnx import TensorProto, checker, helper, save

FLOAT, INT64 = TensorProto.FLOAT, TensorProto.INT64

graph = helper.make_graph(
    [
        helper.make_node("Gemm", ["queries", "base"], ["products"], transB=1),
        helper.make_node("Greater", ["products", "floor"], ["close"]),
        helper.make_node("NonZero", ["close"], ["places"]),
        helper.make_node("Transpose", ["places"], ["pairs"], perm=[1, 0]),
    ],
    "pair-search",
    [
        helper.make_tensor_value_info("queries", FLOAT, ["m", "d"]),
        helper.make_tensor_value_info("base", FLOAT, ["n", "d"]),
        helper.make_tensor_value_info("floor", FLOAT, [1]),
    ],
    [helper.make_tensor_value_info("pairs", INT64, ["k", 2])],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], producer_name="dupfind")
model.ir_version = 8
checker.check_model(model)
save(model, sys.argv[1])
