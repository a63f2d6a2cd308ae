"""The detectors of ncnn's benchmark table. Boxes are neither decoded nor filtered."""

from functools import partial

from architectures.builder import Network
from architectures.classic import fire, squeezenet_features
from architectures.detection import resize_linear, upsample
from architectures.mobile import (
    inverted_residual,
    mobilenet_v1_features,
    mobilenet_v2_stages,
)
from architectures.shuffle import V2, halves_by_slices, shufflenet_v2_stages

VOC_CLASSES, COCO_CLASSES = 20, 80


def separable(net, name, x, filters, kernel, inner=None, outer=None):
    """Filters each channel, then mixes them; with an activation after either, both or none."""
    x = net.depthwise(name + "/depthwise", x, kernel, activation=inner)
    return net.conv_norm(name + "/pointwise", x, filters, activation=outer)


# ------------------------------------------------------------------------------------- SSD at 300


def ssd_head(net, sources, kernel, classes):
    """Liu et al. 2015, arXiv 1512.02325. Sources are (tensor, its size, boxes a cell)."""
    boxes = sum(size * size * boxes_a_cell for _, size, boxes_a_cell in sources)
    places, scores = [], []
    for index, (x, size, boxes_a_cell) in enumerate(sources, 1):
        cells = size * size
        places.append(flat(net, f"places{index}", x, 4 * boxes_a_cell, kernel, cells))
        scores.append(flat(net, f"scores{index}", x, classes * boxes_a_cell, kernel, cells))
    net.output(net.concat("places", *places), 1, 4 * boxes, name="output_places")
    x = net.concat("scores", *scores)
    x = net.node("Reshape", "scores/reshape", x, net.ints(1, boxes, classes), width=classes)
    x = net.softmax("scores", x)
    x = net.flatten("scores/flatten", x, positions=boxes)
    net.output(x, 1, classes * boxes, name="output_scores")
    return net


def flat(net, name, x, filters, kernel, cells):
    x = net.conv(name, x, filters, kernel)
    x = net.transpose(name + "/transpose", x, 0, 2, 3, 1)
    return net.flatten(name + "/flatten", x, positions=cells)


def extra(net, name, x, reduced, filters):
    """Halves the picture once more."""
    x = net.conv_norm(name + "/reduce", x, reduced, activation=Network.relu)
    return net.conv_norm(name, x, filters, 3, 2, activation=Network.relu)


def squeezenet_ssd():
    """Boxes from fire modules 5, 9, 10 and 11 and two further convolutions."""
    net = Network(folded=True)
    fires = squeezenet_features(net, net.input(1, 3, 300, 300))
    fire5, fire9 = fires[3], fires[7]
    x = net.max_pool("pool10", fire9, 3, 2, ceil_mode=1)
    fire10 = fire(net, "fire10", x, 96, 384)
    x = net.max_pool("pool11", fire10, 3, 2, ceil_mode=1)
    fire11 = fire(net, "fire11", x, 96, 384)
    extra12 = extra(net, "extra12", fire11, 128, 256)
    extra13 = extra(net, "extra13", extra12, 64, 128)
    sources = [
        (net.batch_norm("fire5/norm", fire5), 37, 4),
        (fire9, 18, 6),
        (fire10, 9, 6),
        (fire11, 4, 6),
        (extra12, 2, 6),
        (extra13, 1, 4),
    ]
    return ssd_head(net, sources, 3, VOC_CLASSES + 1)


def mobilenet_ssd():
    net = Network(folded=True)
    blocks = mobilenet_v1_features(net, 1.0, 300, Network.relu, pads_of_stride_2=[1, 1, 1, 1])
    sources, x = [(blocks[10], 19, 3), (blocks[12], 10, 6)], blocks[12]
    extras = [(256, 512, 5), (128, 256, 3), (128, 256, 2), (64, 128, 1)]
    for index, (reduced, filters, size) in enumerate(extras, 14):
        x = extra(net, f"extra{index}", x, reduced, filters)
        sources.append((x, size, 6))
    return ssd_head(net, sources, 1, VOC_CLASSES + 1)


# ---------------------------------------------------------------------------- YOLO on a MobileNet


def yolo_output(net, name, x, anchors, classes, size):
    filters = anchors * (5 + classes)
    x = net.conv(name + "/predict", x, filters)
    net.output(x, 1, filters, size, size, name=f"output_{name}")


def mobilenet_yolo():
    net, relu = Network(folded=True), Network.relu
    blocks = mobilenet_v1_features(net, 1.0, 416, relu, pads_of_stride_2=[1, 1, 1, 1])
    coarse = separable(net, "block14", blocks[12], 1024, 3, relu, relu)
    x = net.depthwise_transposed("enlarge", coarse, 512, 4, 2, pads=[1, 1, 1, 1])
    x = net.add("neck/add", blocks[10], x)
    fine = separable(net, "neck", x, 1024, 3, relu, relu)
    yolo_output(net, "coarse", coarse, 5, VOC_CLASSES, 13)
    yolo_output(net, "fine", fine, 5, VOC_CLASSES, 26)
    return net


def mobilenetv2_yolov3():
    net, relu = Network(folded=True), Network.relu
    x = net.conv_norm("stem", net.input(1, 3, 352, 352), 32, 3, 2, activation=relu)
    x = mobilenet_v2_stages(net, x, 1.0, relu)
    x = net.conv_norm("head", x, 1280, activation=relu)
    coarse = separable(net, "coarse", x, 576, 3, relu, relu)
    x = net.depthwise_transposed("enlarge", coarse, 576, 1, 2)
    x = net.max_pool("enlarge/pool", x, 2, 1, pads=[1, 1, 1, 1])
    expanded = "stage6/block1/expand/relu"  # the last tensor of 22x22
    y = separable(net, "lateral", expanded, 576, 3, relu, relu)
    fine = separable(net, "fine", net.add("neck/add", x, y), 576, 3, relu, relu)
    yolo_output(net, "coarse", coarse, 3, VOC_CLASSES, 11)
    yolo_output(net, "fine", fine, 3, VOC_CLASSES, 22)
    return net


# -------------------------------------------------------------------------- YOLO on its own bodies


def yolov4_tiny():
    """Bochkovskiy et al. 2020, arXiv 2004.10934; partial stages work on half of the channels."""
    net = Network(folded=True)
    conv = partial(Network.conv_norm, activation=Network.leaky_relu)
    x = conv(net, "stem1", net.input(1, 3, 416, 416), 32, 3, 2)
    x = conv(net, "stem2", x, 64, 3, 2)
    for stage, filters in enumerate((64, 128, 256), 1):
        x, lateral = partial_stage(net, f"stage{stage}", x, filters)
        x = net.max_pool(f"stage{stage}/pool", x, 2, 2)
    coarse = conv(net, "neck/reduce", conv(net, "neck/conv", x, 512, 3), 256)
    x = upsample(net, "neck/upsample", conv(net, "neck/lateral", coarse, 128))
    x = net.concat("neck/concat", x, lateral)
    yolo_output(net, "coarse", conv(net, "coarse/conv", coarse, 512, 3), 3, COCO_CLASSES, 13)
    yolo_output(net, "fine", conv(net, "fine/conv", x, 256, 3), 3, COCO_CLASSES, 26)
    return net


def partial_stage(net, name, x, filters):
    """The result, and what its 1x1 convolution makes."""
    conv = partial(Network.conv_norm, activation=Network.leaky_relu)
    half = filters // 2
    x = conv(net, name + "/conv1", x, filters, 3)
    y = net.slice_channels(name + "/half", x, half, filters)
    first = conv(net, name + "/conv2", y, half, 3)
    second = conv(net, name + "/conv3", first, half, 3)
    y = conv(net, name + "/conv4", net.concat(name + "/halves", second, first), filters)
    return net.concat(name + "/concat", x, y), y


def yolo_fastest():
    """Version 1.1 at 320."""
    blocks = [  # expanded, filters, blocks, stride
        (8, 4, 1, 1),
        (8, 4, 1, 1),
        (24, 8, 1, 2),
        (32, 8, 2, 1),
        (32, 8, 1, 2),
        (48, 8, 2, 1),
        (48, 16, 1, 1),
        (96, 16, 4, 1),
        (96, 24, 1, 2),
        (136, 24, 4, 1),
        (136, 48, 1, 2),
        (224, 48, 5, 1),
    ]
    net, leaky = Network(folded=True), Network.leaky_relu
    x = net.conv_norm("stem", net.input(1, 3, 320, 320), 8, 3, 2, activation=leaky)
    x = net.conv_norm("stage1/block1/expand", x, 8, activation=leaky)
    outputs = []
    for stage, (expanded, filters, count, stride) in enumerate(blocks, 1):
        for block in range(1, count + 1):
            name = f"stage{stage}/block{block}"
            x = inverted_residual(net, name, x, filters, expanded, 3, stride, leaky)
        outputs.append(x)
    lateral = outputs[9]  # the last of 20x20
    coarse = net.conv_norm("neck/reduce", pyramid_pool(net, "neck/pool", x), 96, activation=leaky)
    fine = net.concat("neck/concat", upsample(net, "neck/upsample", coarse), lateral)
    for name, x, size in (("coarse", coarse, 10), ("fine", fine, 20)):
        for step in ("/conv1", "/conv2"):
            x = separable(net, name + step, x, net.width[x], 5, inner=leaky)
        yolo_output(net, name, x, 3, COCO_CLASSES, size)
    return net


def pyramid_pool(net, name, x):
    pools = [
        net.max_pool(f"{name}{kernel}", x, kernel, 1, pads=4 * [kernel // 2])
        for kernel in (9, 5, 3)
    ]
    return net.concat(name, *pools, x)


# --------------------------------------------------------------------- detectors on a ShuffleNet v2


def narrow_shufflenet(net):
    """The narrow ShuffleNet v2 of Yolo-FastestV2 and FastestDet at 352: its stages' outputs."""
    x = net.conv_norm("stem", net.input(1, 3, 352, 352), 24, 3, 2, activation=Network.relu)
    x = net.max_pool("stem/pool", x, 3, 2, pads=[1, 1, 1, 1])
    stages = [(48, 4, 44), (96, 8, 22), (192, 4, 11)]  # filters, units, size
    return shufflenet_v2_stages(net, x, stages, V2(shuffles_before=True))


def yolo_fastestv2():
    net, relu = Network(folded=True), Network.relu
    _, fine, coarse = narrow_shufflenet(net)
    fine = net.concat("neck/concat", upsample(net, "neck/upsample", coarse), fine)
    for name, x, size in (("coarse", coarse, 11), ("fine", fine, 22)):
        x = net.conv_norm(name, x, 72, activation=relu)
        classes, boxes = (tower(net, f"{name}/{part}", x) for part in ("classes", "boxes"))
        yolo_fastestv2_output(net, name, classes, boxes, size)
    return net


def tower(net, name, x):
    for step in ("/conv1", "/conv2"):
        x = separable(net, name + step, x, 72, 5, inner=Network.relu)
    return x


def yolo_fastestv2_output(net, name, classes, boxes, size):
    """Three anchors a cell share the scores of the classes, which are the last axis."""
    places = net.sigmoid(name + "/places", net.conv(name + "/places", boxes, 12))
    objectness = net.sigmoid(name + "/objectness", net.conv(name + "/objectness", classes, 3))
    x = net.conv(name + "/scores", classes, COCO_CLASSES)
    x = net.transpose(name + "/scores/last", x, 0, 3, 2, 1)
    x = net.softmax(name + "/scores", x, axis=3)
    scores = net.transpose(name + "/scores/back", x, 0, 3, 2, 1)
    x = net.concat(name + "/concat", places, objectness, scores)
    x = net.transpose(name + "/transpose", x, 0, 2, 3, 1)
    net.output(x, 1, size, size, 15 + COCO_CLASSES, name=f"output_{name}")


def fastestdet():
    """One scale of 22x22 cells, from three stages."""
    net, relu = Network(folded=True), Network.relu
    finest, fine, coarse = narrow_shufflenet(net)
    finest = net.average_pool("neck/shrink", finest, 3, 2, pads=[1, 1, 1, 1])
    x = net.concat("neck/concat", finest, fine, upsample(net, "neck/upsample", coarse))
    x = fastestdet_pyramid(net, "pyramid", net.conv_norm("neck", x, 96, activation=relu))
    x = net.conv_norm("head", x, 96, activation=relu)
    scores, places, objectness = (
        separable(net, name, x, filters, 5, inner=relu)
        for name, filters in (("scores", COCO_CLASSES), ("places", 4), ("objectness", 1))
    )
    scores = net.softmax("scores", scores, axis=1)
    x = net.concat("concat", net.sigmoid("objectness", objectness), places, scores)
    net.output(x, 1, 5 + COCO_CLASSES, 22, 22)
    return net


def fastestdet_pyramid(net, name, x):
    """Branches of one, two and three depthwise convolutions."""
    branches = []
    for depth in (1, 2, 3):
        y = x
        for step in range(1, depth + 1):
            y = net.depthwise(f"{name}/branch{depth}/conv{step}", y, 5, activation=Network.relu)
        branches.append(y)
    y = net.conv_norm(name + "/mix", net.concat(name + "/concat", *branches), net.width[x])
    return net.relu(name, net.add(name + "/add", x, y))


def nanodet_m():
    """Version m at 320: a path aggregation network of bilinear resizes."""
    net, leaky = Network(folded=True), Network.leaky_relu
    x = net.conv_norm("stem", net.input(1, 3, 320, 320), 24, 3, 2, activation=leaky)
    x = net.max_pool("stem/pool", x, 3, 2, pads=[1, 1, 1, 1])
    stages = [(116, 4, 40), (232, 8, 20), (464, 4, 10)]  # filters, units, size
    stages = shufflenet_v2_stages(net, x, stages, V2(leaky, halves_by_slices))
    for stride, size, x in zip((8, 16, 32), (40, 20, 10), aggregated(net, *stages)):
        nanodet_head(net, f"stride{stride}", x, size)
    return net


def aggregated(net, fine, middle, coarse):
    """Adds coarse pictures to finer ones, then those to coarser ones."""
    sources = {"fine": fine, "middle": middle, "coarse": coarse}
    fine, middle, coarse = (net.conv_norm("neck/" + name, x, 96) for name, x in sources.items())

    def added(name, x, y, scale):
        return net.add(name, x, resize_linear(net, name + "/resize", y, scale))

    middle = added("neck/middle/down", middle, coarse, 2.0)
    fine = added("neck/fine/down", fine, middle, 2.0)
    middle = added("neck/middle/up", middle, fine, 0.5)
    coarse = added("neck/coarse/up", coarse, middle, 0.5)
    return fine, middle, coarse


def nanodet_head(net, name, x, size):
    """The scores of 80 classes and four distances, each a distribution over eight values."""
    leaky, cells, distances = Network.leaky_relu, size * size, 4 * 8
    for step in ("/conv1", "/conv2"):
        x = separable(net, name + step, x, 96, 3, leaky, leaky)
    x = net.conv(name + "/predict", x, COCO_CLASSES + distances)
    scores, places = net.split_channels(name + "/split", x, COCO_CLASSES, distances)
    scores = net.sigmoid(name + "/scores", scores)
    for part, x, channels in (("scores", scores, COCO_CLASSES), ("places", places, distances)):
        x = net.reshape(f"{name}/{part}/reshape", x, 1, channels, cells)
        x = net.transpose(f"{name}/{part}/transpose", x, 0, 2, 1)
        net.output(x, 1, cells, channels, name=f"output_{name}_{part}")
