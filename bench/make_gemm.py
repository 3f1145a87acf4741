"""Writes bench/gemm.onnx: the matrix product of the pair search and nothing else.

    python bench/make_gemm.py bench/gemm.onnx

Inputs   queries float32 [m, d], base float32 [n, d]
Output   corner float32 [1, 1]: the first of the m x n products

All products are computed and one is given back, so that what is timed is the product alone, without the copy of its
32 MB to JavaScript. Needs onnx >= 1.16.
"""

import sys

from onnx import TensorProto, checker, helper, save

FLOAT, INT64 = TensorProto.FLOAT, TensorProto.INT64

graph = helper.make_graph(
    [
        helper.make_node("Gemm", ["queries", "base"], ["products"], transB=1),
        helper.make_node("Slice", ["products", "start", "end"], ["corner"]),
    ],
    "gemm",
    [
        helper.make_tensor_value_info("queries", FLOAT, ["m", "d"]),
        helper.make_tensor_value_info("base", FLOAT, ["n", "d"]),
    ],
    [helper.make_tensor_value_info("corner", FLOAT, [1, 1])],
    [helper.make_tensor("start", INT64, [2], [0, 0]), helper.make_tensor("end", INT64, [2], [1, 1])],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], producer_name="dupfind")
model.ir_version = 8
checker.check_model(model)
save(model, sys.argv[1])
