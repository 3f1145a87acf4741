"""Between stages 3 and 5, where wanted: the mean of the trained encoder's weights and those of the one it went on from.

    python mean.py --with ENCODER.onnx

The mean of two encoders that lie close together often generalises better than either (Wortsman et al. 2022). ENCODER.onnx is
one that export.py wrote. Writes work/mean.pt, for `export.py --encoder`. Weights are averaged with their batch
normalisations folded in, as an export has them: an export does not tell them apart.
"""

from pathlib import Path

import onnx
import torch
from onnx import numpy_helper

from batches import normalise
from config import Run, parse, take_file
from export import load_trained, to_onnx, without_map
from network import exported_weights, go_on_from_export
from photos import Photos
from validation import validation_views, views_for_statistics


def mean_of_exports(one: onnx.ModelProto, other: Path) -> onnx.ModelProto:
    """`one` with the mean of both files' weights, but for its last map. Both must be of one network: then their weights come
    in one order, whatever numbers the export gave them."""
    result = onnx.ModelProto()
    result.CopyFrom(one)
    for tensor, theirs in zip(result.graph.initializer, exported_weights(other).values(), strict=True):
        if tensor.name not in ("mean", "matrix"):
            tensor.CopyFrom(numpy_helper.from_array((numpy_helper.to_array(tensor) + theirs) / 2, tensor.name))
    return result


def main(run: Run, other: Path) -> None:
    encoder = load_trained(run)
    file = run.work / "mean.onnx"
    onnx.save(mean_of_exports(to_onnx(without_map(encoder, run), run.size), other), file)
    views = views_for_statistics(validation_views(run, Photos(run.work), run.size)[1])
    go_on_from_export(encoder, file, normalise(views))
    torch.save(encoder.state_dict(), run.work / "mean.pt")


if __name__ == "__main__":
    other = take_file("--with")
    run = parse(__doc__)
    if other is None:
        raise SystemExit("Name the encoder it went on from: python mean.py --with ENCODER.onnx")
    main(run, other)
