"""Between stages 3 and 5, where wanted: the mean of the trained encoder's weights and those of the one it went on from.

    python mean.py --with ENCODER.onnx [--with ENCODER.onnx …]

The mean of encoders that lie close together often generalises better than each (Wortsman et al. 2022). ENCODER.onnx is
one that export.py wrote. Writes work/mean.pt, for `export.py --encoder`. Weights are averaged with their batch
normalisations folded in, as an export has them: an export does not tell them apart.
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from batches import normalise
from config import Run, parse, take_files
from export import LAST_MATRIX, load_trained, to_onnx, without_map
from network import exported_weights, go_on_from_export
from photos import Photos
from validation import validation_views, views_for_statistics


def mean_of_exports(one: onnx.ModelProto, others: list[Path]) -> onnx.ModelProto:
    """`one` with the mean of all files' weights, but for its last map. All must be of one network: then their weights come
    in one order, whatever numbers the export gave them."""
    result = onnx.ModelProto()
    result.CopyFrom(one)
    for tensor, *theirs in zip(result.graph.initializer, *(exported_weights(other).values() for other in others), strict=True):
        if tensor.name not in ("mean", LAST_MATRIX):
            tensor.CopyFrom(numpy_helper.from_array(np.mean([numpy_helper.to_array(tensor), *theirs], axis=0), tensor.name))
    return result


def main(run: Run, others: list[Path]) -> None:
    encoder = load_trained(run)
    file = run.work / "mean.onnx"
    onnx.save(mean_of_exports(to_onnx(without_map(encoder, run), run.size), others), file)
    views = views_for_statistics(validation_views(run, Photos(run.work), run.size)[1])
    go_on_from_export(encoder, file, normalise(views))
    torch.save(encoder.state_dict(), run.work / "mean.pt")


if __name__ == "__main__":
    others = take_files("--with")
    run = parse(__doc__)
    if not others:
        raise SystemExit("Name the encoder it went on from: python mean.py --with ENCODER.onnx")
    main(run, others)
