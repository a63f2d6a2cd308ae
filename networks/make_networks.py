#!/usr/bin/python3
"""Writes the reference networks: published architectures as ONNX files without weights.

    make_networks.py           write *.onnx and expected.csv beside this script
    make_networks.py --check   recount every file and compare with the table at the end
    make_networks.py --table   print that table as Markdown, for README.md

Every weight is a ConstantOfShape node, so a file holds the graph and all shapes but no numbers,
and is valid nevertheless. Shapes are static, batch 1, NCHW. A tensor has the name of the node that
makes it. Running the script again gives the same bytes. It needs only Debian's python3-onnx.
"""

import argparse
import csv
import io
import math
from functools import partial
from pathlib import Path
from typing import Callable, NamedTuple

import onnx
from onnx import shape_inference

from architectures import ncnn_classifiers, ncnn_detectors
from architectures.builder import Network
from architectures.classic import resnet18, resnet50, squeezenet1_1, vgg16
from architectures.detection import tiny_yolo_v3
from architectures.mlperf_tiny import (
    autoencoder_mlperftiny,
    ds_cnn_mlperftiny,
    mobilenet_v1_vww,
    resnet8_mlperftiny,
)
from architectures.mobile import (
    efficientnet_b0,
    mobilenet_v1,
    mobilenet_v2,
    mobilenet_v3_large,
    mobilenet_v3_small,
)
from architectures.transformers import bert, vit_tiny_patch16_224

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


# -------------------------------------------------------------------------------------- the table


class Entry(NamedTuple):
    build: Callable[[], Network]
    parameters: int
    macs: int
    source: str


SLIM = "TF-slim nets/mobilenet/README.md"
TIMM = "timm results csv"
TORCHVISION = "torchvision model docs"
MLPERF = "mlcommons/tiny reference .tflite (batch norms folded)"
GOOGLE_BERT = "table of huggingface.co/google/bert_uncased_*"
DARKNET = "darknet layer log (5.56 BFLOPs / 2)"
COUNTED = "counted here; " + SLIM + " says {}"

MOBILENET_V2_PARAMETERS = {1.0: 3504872, 0.75: 2636424, 0.5: 1968680, 0.35: 1677128}

# Entries marked COUNTED are what this script counted, in keeping with what is published; all
# others were known before the script was written, from a count of other files of these networks.
MOBILENET_V2_MACS = {
    (1.0, 224): (300774272, SLIM + " and " + TORCHVISION),
    (1.0, 160): (154083200, COUNTED.format("154M")),
    (1.0, 128): (99074048, COUNTED.format("99M")),
    (0.75, 224): (209069792, COUNTED.format("209M")),
    (0.75, 160): (107295200, SLIM),
    (0.75, 128): (69129728, SLIM),
    (0.5, 224): (97131840, SLIM),
    (0.5, 160): (50184000, COUNTED.format("50M")),
    (0.5, 128): (32578560, COUNTED.format("32M")),
    (0.35, 224): (59285808, COUNTED.format("59M")),
    (0.35, 160): (30874800, SLIM),
    (0.35, 128): (20220672, COUNTED.format("20M")),
}


def mobilenet_v2_entries():
    """Each network with 1000 classes and, as _c10, with ten: 990 rows of the last layer less."""
    for (width, size), (macs, source) in MOBILENET_V2_MACS.items():
        name, parameters = f"mobilenet_v2_{width}_{size}", MOBILENET_V2_PARAMETERS[width]
        yield name, Entry(partial(mobilenet_v2, width, size, 1000), parameters, macs, source)
        yield name + "_c10", Entry(
            partial(mobilenet_v2, width, size, 10),
            parameters - 990 * (1280 + 1),
            macs - 990 * 1280,
            f"{name} less 990 classes",
        )


# The graphs of ncnn's benchmark table. The counts are those of its .param files, to which ours
# add what ncnn stores as memory data or normalisation: 2,064 values in efficientnetv2_b0, 512 in
# squeezenet_ssd and 150,528 in vision_transformer (class token, positions, layer norms).
NCNN = {
    "squeezenet": (ncnn_classifiers.squeezenet, 1235496, 418467520),
    "mobilenet": (ncnn_classifiers.mobilenet, 4221032, 568740352),
    "mobilenet_v2": (ncnn_classifiers.mobilenet_v2, 3488872, 313619328),
    "mobilenet_v3": (ncnn_classifiers.mobilenet_v3, 5133694, 245564768),
    "shufflenet": (ncnn_classifiers.shufflenet, 1802866, 127061304),
    "shufflenet_v2": (ncnn_classifiers.shufflenet_v2, 2270514, 144907992),
    "mnasnet": (ncnn_classifiers.mnasnet, 4364352, 314415872),
    "proxylessnasnet": (ncnn_classifiers.proxylessnasnet, 4064560, 336483904),
    "efficientnet_b0": (ncnn_classifiers.efficientnet_b0, 5267540, 385814752),
    "efficientnetv2_b0": (ncnn_classifiers.efficientnetv2_b0, 7109400, 718086176),
    "regnety_400m": (ncnn_classifiers.regnety_400m, 4330568, 401842848),
    "blazeface": (ncnn_classifiers.blazeface, 88470, 29368320),
    "googlenet": (ncnn_classifiers.googlenet, 6998552, 1582671872),
    "resnet18": (ncnn_classifiers.resnet18, 11688872, 1826918400),
    "alexnet": (ncnn_classifiers.alexnet, 60965224, 724406816),
    "vgg16": (ncnn_classifiers.vgg16_softmax, 138357544, 15470264320),
    "resnet50": (ncnn_classifiers.resnet50, 25530472, 3857973248),
    "vision_transformer": (ncnn_classifiers.vision_transformer, 88297192, 13043564544),
    "squeezenet_ssd": (ncnn_detectors.squeezenet_ssd, 5525600, 1175969984),
    "mobilenet_ssd": (ncnn_detectors.mobilenet_ssd, 5783417, 1148479168),
    "mobilenet_yolo": (ncnn_detectors.mobilenet_yolo, 5058938, 2605271552),
    "mobilenetv2_yolov3": (ncnn_detectors.mobilenetv2_yolov3, 3720822, 1182555264),
    "yolov4-tiny": (ncnn_detectors.yolov4_tiny, 6053502, 3453938176),
    "nanodet_m": (ncnn_detectors.nanodet_m, 941818, 342223200),
    "yolo-fastest-1.1": (ncnn_detectors.yolo_fastest, 326166, 125437600),
    "yolo-fastestv2": (ncnn_detectors.yolo_fastestv2, 245782, 106382232),
    "FastestDet": (ncnn_detectors.fastestdet, 240301, 121491744),
}


def ncnn_entries():
    for name, figures in NCNN.items():
        yield f"ncnn/{name}", Entry(*figures, f"count of ncnn benchmark/models/{name}.param")


NETWORKS = {
    "mobilenet_v1_1.0_224": Entry(partial(mobilenet_v1, 1.0, 224, 1000), 4231976, 568740352, TIMM),
    "mobilenet_v1_0.25_96_vww": Entry(mobilenet_v1_vww, 210850, 7489664, MLPERF),
    **dict(mobilenet_v2_entries()),
    "mobilenet_v3_small": Entry(mobilenet_v3_small, 2542856, 56510400, TIMM),
    "mobilenet_v3_large": Entry(mobilenet_v3_large, 5483032, 216589760, TIMM + " and " + SLIM),
    "resnet18": Entry(resnet18, 11689512, 1814073344, TORCHVISION),
    "resnet50": Entry(resnet50, 25557032, 4089184256, TIMM),
    "resnet8_mlperftiny": Entry(resnet8_mlperftiny, 77706, 12501632, MLPERF),
    "ds_cnn_mlperftiny": Entry(ds_cnn_mlperftiny, 22604, 2656768, MLPERF),
    "autoencoder_mlperftiny": Entry(autoencoder_mlperftiny, 265864, 264192, MLPERF),
    "efficientnet_b0": Entry(efficientnet_b0, 5288548, 385814752, TIMM),
    "squeezenet1_1": Entry(squeezenet1_1, 1235496, 349151936, TORCHVISION),
    "vgg16": Entry(vgg16, 138357544, 15470264320, TIMM),
    "vit_tiny_patch16_224": Entry(vit_tiny_patch16_224, 5717416, 1253683200, TIMM),
    "bert_tiny_s128": Entry(partial(bert, 2, 128, 128), 4385920, 58736640, GOOGLE_BERT),
    "tiny_yolo_v3_coco416": Entry(partial(tiny_yolo_v3, 80, 416), 8852366, 2782480896, DARKNET),
    **dict(ncnn_entries()),
}


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
