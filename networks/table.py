"""Every network: who builds it, its parameters and MACs, and who says so."""

from functools import partial
from typing import Callable, NamedTuple

from architectures import ncnn_classifiers, ncnn_detectors, torchvision
from architectures.builder import Network
from architectures.classic import (
    RESNET18,
    RESNET34,
    RESNET50,
    RESNET101,
    RESNET152,
    VGG16,
    basic_block,
    bottleneck_block,
    resnet,
    squeezenet,
    vgg,
)
from architectures.detection import tiny_yolo_v3
from architectures.mlperf_tiny import (
    autoencoder_mlperftiny,
    cifar_resnet,
    ds_cnn_mlperftiny,
    mobilenet_v1_vww,
    resnet8_mlperftiny,
)
from architectures.mobile import (
    HS,
    MOBILENET_V3_LARGE,
    MOBILENET_V3_SMALL,
    RE,
    efficientnet_b0,
    efficientnet_lite,
    fdmobilenet,
    ghostnet,
    minimalistic,
    mnasnet,
    mobilenet_v1,
    mobilenet_v2,
    mobilenet_v3,
    thinner,
)
from architectures.studies import audio_cnn, student, tiny_student
from architectures.torchvision import densenet, shufflenet_v2
from architectures.transformers import bert, vit_tiny_patch16_224


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
GHOSTNET = "counted here; arXiv 1911.11907 says 5.2M parameters and 141M MACs"
BERT_BASE = "counted here; arXiv 1810.04805 says 110M parameters"
BERT_LARGE = "counted here; arXiv 1810.04805 says 340M parameters"
DARKNET = "darknet layer log (5.56 BFLOPs / 2)"
COUNTED = "counted here; " + SLIM + " says {}"

RESNEXT_32X4D = partial(bottleneck_block, wider=2, groups=32)
RESNEXT_32X8D = partial(bottleneck_block, wider=4, groups=32)
WIDE_RESNET_2 = partial(bottleneck_block, wider=2)

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
    "vgg16": (ncnn_classifiers.vgg16, 138357544, 15470264320),
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


# Networks of torchvision: the parameters are those of its documentation.
TORCHVISION_NETWORKS = {
    "alexnet": (torchvision.alexnet, 61100840, 714188480, "0.71"),
    "vgg11": (partial(vgg, (1, 1, 2, 2, 2)), 132863336, 7609090048, "7.61"),
    "vgg13": (partial(vgg, (2, 2, 2, 2, 2)), 133047848, 11308466176, "11.31"),
    "vgg19": (partial(vgg, (2, 2, 4, 4, 4)), 143667240, 19632062464, "19.63"),
    "resnet34": (partial(resnet, basic_block, RESNET34), 21797672, 3663761408, "3.66"),
    "resnet101": (partial(resnet, bottleneck_block, RESNET101), 44549160, 7801405440, "7.80"),
    "resnet152": (partial(resnet, bottleneck_block, RESNET152), 60192808, 11513626624, "11.51"),
    "resnext50_32x4d": (partial(resnet, RESNEXT_32X4D, RESNET50), 25028904, 4230479872, "4.23"),
    "resnext101_32x8d": (partial(resnet, RESNEXT_32X8D, RESNET101), 88791336, 16414015488, "16.41"),
    "wide_resnet50_2": (partial(resnet, WIDE_RESNET_2, RESNET50), 68883240, 11398021120, "11.40"),
    "wide_resnet101_2": (
        partial(resnet, WIDE_RESNET_2, RESNET101), 126886696, 22753050624, "22.75"
    ),
    "densenet121": (partial(densenet, 32, (6, 12, 24, 16), 64), 7978856, 2834161664, "2.83"),
    "densenet161": (partial(densenet, 48, (6, 12, 36, 24), 96), 28681000, 7727907072, "7.73"),
    "densenet169": (partial(densenet, 32, (6, 12, 32, 32), 64), 14149480, 3359843328, "3.36"),
    "densenet201": (partial(densenet, 32, (6, 12, 48, 32), 64), 20013928, 4291365888, "4.29"),
    "googlenet": (torchvision.googlenet, 6624904, 1498376192, "1.50"),
    "inception_v3": (torchvision.inception_v3, 23834568, 5713216096, "5.71"),
    "mnasnet0_5": (partial(mnasnet, 0.5), 2218512, 104455968, "0.10"),
    "mnasnet0_75": (partial(mnasnet, 0.75), 3170208, 215493104, "0.21"),
    "mnasnet1_0": (partial(mnasnet, 1.0), 4383312, 314415872, "0.31"),
    "mnasnet1_3": (partial(mnasnet, 1.3), 6282256, 526362432, "0.53"),
    "shufflenet_v2_x0_5": (partial(shufflenet_v2, (48, 96, 192), 1024), 1366792, 40476448, "0.04"),
    "shufflenet_v2_x1_0": (
        partial(shufflenet_v2, (116, 232, 464), 1024), 2278604, 144907992, "0.14"
    ),
    "shufflenet_v2_x1_5": (
        partial(shufflenet_v2, (176, 352, 704), 1024), 3503624, 295759392, "0.30"
    ),
    "shufflenet_v2_x2_0": (
        partial(shufflenet_v2, (244, 488, 976), 2048), 7393996, 583253464, "0.58"
    ),
    "squeezenet1_0": (partial(squeezenet, "1.0"), 1248424, 818924576, "0.82"),
}


def torchvision_entries():
    for name, (build, parameters, macs, giga) in TORCHVISION_NETWORKS.items():
        source = f"parameters: {TORCHVISION}; MACs counted here, there {giga}G"
        yield f"torchvision/{name}", Entry(build, parameters, macs, source)


# The MobileNets that TensorFlow hosts, beyond those above: MACs counted here and TF-slim's figure.
# For width 0.75 the paper says 325M where TF-slim says 317M.
MOBILENET_V1_PARAMETERS = {1.0: 4231976, 0.75: 2585560, 0.5: 1331592, 0.25: 470072}
MOBILENET_V1_MACS = {
    (1.0, 192): (418121728, "418M"),
    (1.0, 160): (290675200, "291M"),
    (1.0, 128): (186400768, "186M"),
    (0.75, 224): (325400448, "317M"),
    (0.75, 192): (239273472, "233M"),
    (0.75, 160): (166396800, "162M"),
    (0.75, 128): (106770432, "104M"),
    (0.5, 224): (149497088, "150M"),
    (0.5, 192): (109970432, "110M"),
    (0.5, 160): (76524800, "77M"),
    (0.5, 128): (49160192, "49M"),
    (0.25, 224): (41030272, "41M"),
    (0.25, 192): (30212608, "34M"),
    (0.25, 160): (21059200, "21M"),
    (0.25, 128): (13570048, "14M"),
}
MORE_MOBILENET_V2_PARAMETERS = {1.4: 6108776, 1.3: 5386792, **MOBILENET_V2_PARAMETERS}
MORE_MOBILENET_V2_MACS = {
    (1.4, 224): (582195824, "582M"),
    (1.3, 224): (509374560, "509M"),
    (1.0, 192): (221316608, "221M"),
    (1.0, 96): (56289152, "56M"),
    (0.75, 192): (153941888, "153M"),
    (0.75, 96): (39445472, "39M"),
    (0.5, 192): (71701760, "71M"),
    (0.5, 96): (18885440, "18M"),
    (0.35, 192): (43896512, "43M"),
    (0.35, 96): (11934128, "11M"),
}

# Width, depth, size, parameters (timm), MACs counted here, and what the authors' README says.
EFFICIENTNET_LITE = [
    (1.0, 1.0, 224, 4652008, 385187552, "407M"),
    (1.0, 1.1, 240, 5416680, 600185232, "631M"),
    (1.1, 1.2, 260, 6092072, 859736272, "899M"),
    (1.2, 1.4, 280, 8197096, 1383321872, "1.44B"),
    (1.4, 1.8, 300, 13006568, 2553034336, "2.64B"),
]

THIN_LARGE, THIN_SMALL = (thinner(size, 0.75) for size in (MOBILENET_V3_LARGE, MOBILENET_V3_SMALL))
PLAIN_LARGE, PLAIN_SMALL = map(minimalistic, (MOBILENET_V3_LARGE, MOBILENET_V3_SMALL))
MORE_MOBILENET_V3 = [
    ("large_0.75_224", THIN_LARGE, HS, 3993528, 154560624, "155M MACs, 4.0M parameters"),
    ("small_0.75_224", THIN_SMALL, HS, 2041872, 43399344, "44M MACs, 2.4M parameters"),
    ("large_minimalistic", PLAIN_LARGE, RE, 3924288, 209136704, "209M MACs, 3.9M parameters"),
    ("small_minimalistic", PLAIN_SMALL, RE, 2044736, 52288448, "65M MACs, 2.0M parameters"),
]


def tensorflow_entries():
    for (width, size), (macs, published) in MOBILENET_V1_MACS.items():
        build, parameters = partial(mobilenet_v1, width, size, 1000), MOBILENET_V1_PARAMETERS[width]
        source = f"counted here; TF-slim nets/mobilenet_v1.md says {published}"
        yield f"tensorflow/mobilenet_v1_{width}_{size}", Entry(build, parameters, macs, source)
    for (width, size), (macs, published) in MORE_MOBILENET_V2_MACS.items():
        build = partial(mobilenet_v2, width, size, 1000)
        parameters, source = MORE_MOBILENET_V2_PARAMETERS[width], COUNTED.format(published)
        yield f"tensorflow/mobilenet_v2_{width}_{size}", Entry(build, parameters, macs, source)
    for index, (width, depth, size, parameters, macs, published) in enumerate(EFFICIENTNET_LITE):
        source = f"parameters: {TIMM}; MACs counted here, the authors' README says {published}"
        build = partial(efficientnet_lite, width, depth, size)
        yield f"tensorflow/efficientnet_lite{index}_{size}", Entry(build, parameters, macs, source)
    for name, size, activation, parameters, macs, published in MORE_MOBILENET_V3:
        build, source = partial(mobilenet_v3, size, activation), COUNTED.format(published)
        yield f"tensorflow/mobilenet_v3_{name}", Entry(build, parameters, macs, source)


# Networks of ST's model zoo: five kinds of flowers, or CIFAR-100. They are counted here; what ST
# states for the flash (the 8-bit weights and some 60 KiB of code) agrees.
ST = {
    "mobilenet_v1_0.25_96_c5": (partial(mobilenet_v1, 0.25, 96, 5), 214357, 7490432, "296 KiB"),
    "mobilenet_v1_0.25_224_c5": (partial(mobilenet_v1, 0.25, 224, 5), 214357, 40775552, "290 KiB"),
    "mobilenet_v1_0.5_224_c5": (partial(mobilenet_v1, 0.5, 224, 5), 821157, 148987648, "901 KiB"),
    "fdmobilenet_0.25_128_c5": (partial(fdmobilenet, 0.25, 128, 5), 127445, 3848448, "187 KiB"),
    "fdmobilenet_0.25_224_c5": (partial(fdmobilenet, 0.25, 224, 5), 127445, 11783232, "187 KiB"),
    "squeezenet1_1_128_c5": (partial(squeezenet, "1.1", 128, 5), 725061, 80217280, "792 KiB"),
    "squeezenet1_1_224_c5": (partial(squeezenet, "1.1", 224, 5), 725061, 263056576, "793 KiB"),
    "resnet32_cifar100": (partial(cifar_resnet, 5, 100), 471524, 69130496, "542 KiB"),
}


def st_entries():
    for name, (build, parameters, macs, flash) in ST.items():
        source = f"counted here; stm32ai-modelzoo says {flash} of flash"
        yield f"st/{name}", Entry(build, parameters, macs, source)


# Networks of scenarios/studies/: what each study states of them.
STUDIES = {
    "mobilenet_v3_small_c10": (partial(student, 1.0, 1024), 1528106, 55496640, "states the parameters"),
    "mobilenet_v3_small_h256_c10": (
        partial(student, 1.0, 256), 1077290, 55046592, "states the parameters, but width 0.6"
    ),
    "mobilenet_v3_small_0.6_h256_c10": (
        partial(student, 0.6, 256), 444706, 26905920, "states width 0.6 and 1,077,290 parameters"
    ),
    "tiny_student_128_c10": (tiny_student, 41066, 5522176, "states some 41 thousand parameters"),
    "audio_cnn_96x173_c10": (
        partial(audio_cnn, 96, 173, (32, 64, 64), 256, 10), 4187498, 123045376, "states sizes of files"
    ),
}


def studies_entries():
    for name, (build, parameters, macs, stated) in STUDIES.items():
        yield f"studies/{name}", Entry(build, parameters, macs, f"counted here; the study {stated}")


NETWORKS = {
    "mobilenet_v1_1.0_224": Entry(partial(mobilenet_v1, 1.0, 224, 1000), 4231976, 568740352, TIMM),
    "mobilenet_v1_0.25_96_vww": Entry(mobilenet_v1_vww, 210850, 7489664, MLPERF),
    **dict(mobilenet_v2_entries()),
    "mobilenet_v3_small": Entry(partial(mobilenet_v3, MOBILENET_V3_SMALL), 2542856, 56510400, TIMM),
    "mobilenet_v3_large": Entry(
        partial(mobilenet_v3, MOBILENET_V3_LARGE), 5483032, 216589760, TIMM + " and " + SLIM
    ),
    "resnet18": Entry(partial(resnet, basic_block, RESNET18), 11689512, 1814073344, TORCHVISION),
    "resnet50": Entry(partial(resnet, bottleneck_block, RESNET50), 25557032, 4089184256, TIMM),
    "resnet8_mlperftiny": Entry(resnet8_mlperftiny, 77706, 12501632, MLPERF),
    "ds_cnn_mlperftiny": Entry(ds_cnn_mlperftiny, 22604, 2656768, MLPERF),
    "autoencoder_mlperftiny": Entry(autoencoder_mlperftiny, 265864, 264192, MLPERF),
    "efficientnet_b0": Entry(efficientnet_b0, 5288548, 385814752, TIMM),
    "ghostnet_1.0": Entry(ghostnet, 5182508, 141150512, GHOSTNET),
    "squeezenet1_1": Entry(partial(squeezenet, "1.1"), 1235496, 349151936, TORCHVISION),
    "vgg16": Entry(partial(vgg, VGG16), 138357544, 15470264320, TIMM),
    "vit_tiny_patch16_224": Entry(vit_tiny_patch16_224, 5717416, 1253683200, TIMM),
    "bert_tiny_s128": Entry(partial(bert, 2, 128, 128), 4385920, 58736640, GOOGLE_BERT),
    "tiny_yolo_v3_coco416": Entry(partial(tiny_yolo_v3, 80, 416), 8852366, 2782480896, DARKNET),
    "bert_base_s128": Entry(partial(bert, 12, 768, 128), 109482240, 11174215680, BERT_BASE),
    "bert_large_s384": Entry(partial(bert, 24, 1024, 384), 335141888, 123212922880, BERT_LARGE),
    "bert_large_s512": Entry(partial(bert, 24, 1024, 512), 335141888, 167504773120, BERT_LARGE),
    **dict(ncnn_entries()),
    **dict(torchvision_entries()),
    **dict(tensorflow_entries()),
    **dict(st_entries()),
    **dict(studies_entries()),
}
