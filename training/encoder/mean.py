"""Between stages 3 and 5, where wanted: the mean of several encoders' weights.

    python mean.py --of ENCODER --of ENCODER [--of ENCODER …]

The mean of encoders that lie close together often generalises better than each (Wortsman et al. 2022). An ENCODER is what
train.py wrote or an ONNX file that export.py wrote; one that is named twice counts twice. Writes work/mean.pt, for
`export.py --encoder` and `train.py --start`. Weights are averaged with their batch normalisations folded in, as an export
has them: an export does not tell them apart.
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from config import Run, parse, take_files
from export import to_onnx, without_map
from network import load_encoder
from photos import Photos
from validation import pictures_for_statistics, validation_views


def mean_of(graphs: list[onnx.ModelProto]) -> onnx.ModelProto:
    """All must be of one network: then their weights come in one order."""
    result = onnx.ModelProto()
    result.CopyFrom(graphs[0])
    for tensor, *same in zip(result.graph.initializer, *(graph.graph.initializer for graph in graphs), strict=True):
        tensor.CopyFrom(numpy_helper.from_array(np.mean([numpy_helper.to_array(one) for one in same], axis=0), tensor.name))
    return result


def main(run: Run, files: list[Path]) -> None:
    network = run.config["network"]
    pictures = pictures_for_statistics(validation_views(run, Photos(run.work), run.size)[1])
    graphs = [to_onnx(without_map(load_encoder(file, network, pictures), run), run.size) for file in files]
    mean = run.work / "mean.onnx"
    onnx.save(mean_of(graphs), mean)
    torch.save(load_encoder(mean, network, pictures).state_dict(), run.work / "mean.pt")


if __name__ == "__main__":
    files = take_files("--of")
    run = parse(__doc__)
    if len(files) < 2:
        raise SystemExit("Name the encoders to average: python mean.py --of work/encoder.pt --of ENCODER.onnx")
    main(run, files)
