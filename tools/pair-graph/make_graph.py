"""Writes models/pair-search/model.onnx: which rows of one matrix are close to which groups of rows of another.

    python tools/pair-graph/make_graph.py models/pair-search/model.onnx

Inputs   queries float32 [m, d], base float32 [n, d] with n a multiple of 16, floor float32 [1]
Outputs  groups int64 [k, 2]: (query row, group) of every group of 16 base rows in which some product is above the floor
         greatest float32 [m, n / 16]: the greatest product of every query row with each group

The graph has no weights. It lets ONNX Runtime do the matrix product with all its speed and give back only the few
places that count, so that the m x n products never leave it; of the two outputs a caller asks for one. The greatest
product of each group is taken first: NonZero runs on one thread and would cost a fifth of the whole over all products,
and costs nothing over a sixteenth of them.
Needs onnx >= 1.16.
"""

import sys

from onnx import TensorProto, checker, helper, save

FLOAT, INT64 = TensorProto.FLOAT, TensorProto.INT64
GROUP = 16

graph = helper.make_graph(
    [
        helper.make_node("Gemm", ["queries", "base"], ["products"], transB=1),
        helper.make_node("Reshape", ["products", "grouped_shape"], ["grouped"]),
        helper.make_node("ReduceMax", ["grouped"], ["greatest"], axes=[2], keepdims=0),
        helper.make_node("Greater", ["greatest", "floor"], ["close"]),
        helper.make_node("NonZero", ["close"], ["places"]),
        helper.make_node("Transpose", ["places"], ["groups"], perm=[1, 0]),
    ],
    "pair-search",
    [
        helper.make_tensor_value_info("queries", FLOAT, ["m", "d"]),
        helper.make_tensor_value_info("base", FLOAT, ["n", "d"]),
        helper.make_tensor_value_info("floor", FLOAT, [1]),
    ],
    [
        helper.make_tensor_value_info("groups", INT64, ["k", 2]),
        helper.make_tensor_value_info("greatest", FLOAT, ["m", "g"]),
    ],
    # 0 keeps the number of queries, -1 is the number of groups
    [helper.make_tensor("grouped_shape", INT64, [3], [0, -1, GROUP])],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], producer_name="dupfind")
model.ir_version = 8
checker.check_model(model)
save(model, sys.argv[1])
