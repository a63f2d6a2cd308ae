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
from onnx import TensorProto, helper, shape_inference

FOLDER = Path(__file__).resolve().parent
OPSET, IR_VERSION = 17, 8


# ------------------------------------------------------------------------------------ the builder


class Network:
    """An ONNX graph under construction. Methods add nodes and return the name of the new tensor.

    `width` remembers the size of each tensor's channel axis (the last axis of token sequences),
    which is all that is needed to shape the weights of the next layer. With `folded`, batch norms
    are folded into the bias of their convolution, as converters for deployment do.
    """

    def __init__(self, folded=False):
        self.folded = folded
        self.nodes, self.constants, self.inputs, self.outputs = [], {}, [], []
        self.width = {}
        self.parameters = 0

    def input(self, *shape, name="input", element=TensorProto.FLOAT):
        self.inputs.append(helper.make_tensor_value_info(name, element, shape))
        self.width[name] = shape[1]
        return name

    def output(self, tensor, *shape, name="output"):
        """Makes `tensor`, which no other node may read, an output of the network."""
        [producer] = [node for node in self.nodes if node.output[0] == tensor]
        producer.output[0] = name
        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))

    def node(self, op, name, *inputs, width=None, **attributes):
        """Adds a node; it keeps the width of its first input unless told otherwise."""
        assert name not in self.width, f"two nodes are named {name}"
        self.nodes.append(helper.make_node(op, inputs, [name], name=name, **attributes))
        self.width[name] = width or self.width.get(inputs[0])
        return name

    # Constants and parameters

    def constant(self, name, element, dims, values):
        self.constants[name] = helper.make_tensor(name, element, dims, values)
        return name

    def scalar(self, value, element=TensorProto.FLOAT):
        return self.constant(f"scalar {value}", element, [], [value])

    def ints(self, *values):
        name = "x".join(map(str, values))
        return self.constant(name, TensorProto.INT64, [len(values)], values)

    def parameter(self, role, *shape):
        """A trained tensor, all zeros. Of these there are hundreds, so their names are short."""
        self.parameters += 1
        name = f"{role}{self.parameters}"
        self.nodes.append(helper.make_node("ConstantOfShape", [self.ints(*shape)], [name]))
        return name

    # Layers

    def conv(self, name, x, filters, kernel=1, stride=1, groups=1, pads=None, bias=True):
        """`kernel` and `stride` may be pairs; by default `pads` keeps the size at stride 1."""
        kernel, stride = pair(kernel), pair(stride)
        pads = pads or 2 * [(size - 1) // 2 for size in kernel]
        attributes = {"kernel_shape": kernel}
        if groups > 1:
            attributes["group"] = groups
        if any(pads):
            attributes["pads"] = pads
        if stride != [1, 1]:
            attributes["strides"] = stride
        inputs = [x, self.parameter("weight", filters, self.width[x] // groups, *kernel)]
        if bias:
            inputs.append(self.parameter("bias", filters))
        return self.node("Conv", name, *inputs, width=filters, **attributes)

    def batch_norm(self, name, x):
        parts = ("scale", "shift", "mean", "variance")
        inputs = [self.parameter(part, self.width[x]) for part in parts]
        return self.node("BatchNormalization", name, x, *inputs)

    def conv_norm(self, name, x, filters, *args, activation=None, **kwargs):
        """A convolution, its batch norm and its activation."""
        y = self.conv(name, x, filters, *args, bias=self.folded, **kwargs)
        if not self.folded:
            y = self.batch_norm(name + "/norm", y)
        return activation(self, name, y) if activation else y

    def depthwise(self, name, x, *args, **kwargs):
        return self.conv_norm(name, x, self.width[x], *args, groups=self.width[x], **kwargs)

    def gemm(self, name, x, units):
        weight = self.parameter("weight", units, self.width[x])
        bias = self.parameter("bias", units)
        return self.node("Gemm", name, x, weight, bias, width=units, transB=1)

    def linear(self, name, x, units):
        """Fully connected over the last axis, for tensors of more than two axes."""
        weight = self.parameter("weight", self.width[x], units)
        y = self.node("MatMul", name, x, weight, width=units)
        return self.node("Add", name + "/bias", y, self.parameter("bias", units))

    def layer_norm(self, name, x):
        scale = self.parameter("scale", self.width[x])
        shift = self.parameter("shift", self.width[x])
        return self.node("LayerNormalization", name, x, scale, shift)

    def embedding(self, name, ids, rows, width):
        table = self.parameter("table", rows, width)
        return self.node("Gather", name, table, ids, width=width)

    def add(self, name, x, y):
        return self.node("Add", name, x, y)

    def concat(self, name, *tensors):
        width = sum(self.width[tensor] for tensor in tensors)
        return self.node("Concat", name, *tensors, width=width, axis=1)

    def split(self, name, x, parts, axis):
        """Equal parts along an axis that is not the channel axis."""
        outputs = [f"{name}/{part}" for part in range(parts)]
        self.nodes.append(helper.make_node("Split", [x], outputs, name=name, axis=axis))
        self.width.update((output, self.width[x]) for output in outputs)
        return outputs

    def reshape(self, name, x, *shape):
        """0 keeps an axis as it is, -1 takes what is left over."""
        return self.node("Reshape", name, x, self.ints(*shape), width=shape[-1])

    def transpose(self, name, x, *perm):
        return self.node("Transpose", name, x, perm=perm)

    # Pooling

    def max_pool(self, name, x, kernel, stride, **attributes):
        return self.node(
            "MaxPool", name, x, kernel_shape=pair(kernel), strides=pair(stride), **attributes
        )

    def average_pool(self, name, x, kernel):
        return self.node("AveragePool", name, x, kernel_shape=pair(kernel), strides=pair(kernel))

    def global_average_pool(self, name, x):
        return self.node("GlobalAveragePool", name, x)

    def flatten(self, name, x, positions=1):
        return self.node("Flatten", name, x, width=self.width[x] * positions)

    # Activations, each named after the layer that it ends

    def relu(self, name, x):
        return self.node("Relu", name + "/relu", x)

    def relu6(self, name, x):
        return self.node("Clip", name + "/relu6", x, self.scalar(0.0), self.scalar(6.0))

    def leaky_relu(self, name, x):
        return self.node("LeakyRelu", name + "/leaky_relu", x, alpha=0.1)

    def sigmoid(self, name, x):
        return self.node("Sigmoid", name + "/sigmoid", x)

    def hard_sigmoid(self, name, x):
        return self.node("HardSigmoid", name + "/hard_sigmoid", x, alpha=1 / 6, beta=0.5)

    def hard_swish(self, name, x):
        return self.node("HardSwish", name + "/hard_swish", x)

    def swish(self, name, x):
        return self.node("Mul", name + "/swish", x, self.sigmoid(name, x))

    def gelu(self, name, x):
        """x * (1 + erf(x / sqrt 2)) / 2, spelled out as exporters do before opset 20."""
        y = self.node("Div", name + "/gelu/div", x, self.scalar(math.sqrt(2)))
        y = self.node("Erf", name + "/gelu/erf", y)
        y = self.node("Add", name + "/gelu/add", y, self.scalar(1.0))
        y = self.node("Mul", name + "/gelu/mul", x, y)
        return self.node("Mul", name + "/gelu/half", y, self.scalar(0.5))

    # The result

    def model(self, name):
        graph = helper.make_graph(
            self.nodes, name, self.inputs, self.outputs, list(self.constants.values())
        )
        return helper.make_model(
            graph,
            producer_name="roofbeam",
            ir_version=IR_VERSION,
            opset_imports=[helper.make_opsetid("", OPSET)],
        )


def pair(value):
    return list(value) if isinstance(value, (list, tuple)) else [value, value]


def divisible(channels, by=8):
    """Rounds to a multiple, never down by more than a tenth: how the MobileNets scale widths."""
    rounded = max(by, int(channels + by / 2) // by * by)
    return rounded if rounded >= 0.9 * channels else rounded + by


def classifier(net, x, classes, positions=1):
    x = net.flatten("head/flatten", x, positions)
    net.output(net.gemm("head/logits", x, classes), 1, classes)
    return net


# --------------------------------------------------------------------- networks for image classes


# TensorFlow's SAME padding of an even size by a 3x3 kernel at stride 2: top, left, bottom, right.
SAME_STRIDE_2 = [0, 0, 1, 1]


def mobilenet_v1(width, size, classes):
    """Howard et al. 2017, arXiv 1704.04861, table 1."""
    net = Network()
    x = mobilenet_v1_features(net, width, size, Network.relu6)
    return classifier(net, net.global_average_pool("head/pool", x), classes)


def mobilenet_v1_features(net, width, size, activation):
    x = net.input(1, 3, size, size)
    x = net.conv_norm("stem", x, int(32 * width), 3, 2, pads=SAME_STRIDE_2, activation=activation)
    blocks = [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1)]
    blocks += [(512, 2)] + 5 * [(512, 1)] + [(1024, 2), (1024, 1)]
    for index, (filters, stride) in enumerate(blocks, 1):
        name, pads = f"block{index}", SAME_STRIDE_2 if stride == 2 else None
        x = net.depthwise(name + "/depthwise", x, 3, stride, pads=pads, activation=activation)
        x = net.conv_norm(name + "/pointwise", x, int(filters * width), activation=activation)
    return x


def inverted_residual(
    net, name, x, filters, expanded, kernel, stride, activation, squeeze=0, gate=None
):
    """Expand, filter each channel, perhaps gate, project; add a shortcut where shapes allow."""
    y = x
    if expanded != net.width[x]:
        y = net.conv_norm(name + "/expand", y, expanded, activation=activation)
    y = net.depthwise(name + "/depthwise", y, kernel, stride, activation=activation)
    if squeeze:
        y = gate(net, name + "/gate", y, squeeze)
    y = net.conv_norm(name + "/project", y, filters)
    keeps_shape = stride == 1 and filters == net.width[x]
    return net.add(name + "/add", x, y) if keeps_shape else y


def squeeze_excite(net, name, x, squeeze, activation, gate):
    y = net.global_average_pool(name + "/pool", x)
    y = activation(net, name + "/reduce", net.conv(name + "/reduce", y, squeeze))
    y = gate(net, name + "/expand", net.conv(name + "/expand", y, net.width[x]))
    return net.node("Mul", name + "/scale", x, y)


def mobilenet_v2(width, size, classes):
    """Sandler et al. 2018, arXiv 1801.04381, table 2; the last convolution never shrinks."""
    stages = [  # expansion, filters, blocks, stride
        (1, 16, 1, 1),
        (6, 24, 2, 2),
        (6, 32, 3, 2),
        (6, 64, 4, 2),
        (6, 96, 3, 1),
        (6, 160, 3, 2),
        (6, 320, 1, 1),
    ]
    net = Network()
    x = net.input(1, 3, size, size)
    x = net.conv_norm("stem", x, divisible(32 * width), 3, 2, activation=Network.relu6)
    for stage, (expansion, filters, blocks, stride) in enumerate(stages, 1):
        for block in range(1, blocks + 1):
            x = inverted_residual(
                net,
                f"stage{stage}/block{block}",
                x,
                filters=divisible(filters * width),
                expanded=expansion * net.width[x],
                kernel=3,
                stride=stride if block == 1 else 1,
                activation=Network.relu6,
            )
    x = net.conv_norm("head", x, divisible(1280 * max(width, 1)), activation=Network.relu6)
    return classifier(net, net.global_average_pool("head/pool", x), classes)


def mobilenet_v3(blocks, last_conv, last_gemm):
    """Howard et al. 2019, arXiv 1905.02244, as in torchvision."""
    gate = partial(squeeze_excite, activation=Network.relu, gate=Network.hard_sigmoid)
    net = Network()
    x = net.input(1, 3, 224, 224)
    x = net.conv_norm("stem", x, 16, 3, 2, activation=Network.hard_swish)
    for index, (kernel, expanded, filters, squeezes, activation, stride) in enumerate(blocks, 1):
        squeeze = divisible(expanded // 4) if squeezes else 0
        x = inverted_residual(
            net, f"block{index}", x, filters, expanded, kernel, stride, activation, squeeze, gate
        )
    x = net.conv_norm("head", x, last_conv, activation=Network.hard_swish)
    x = net.flatten("head/flatten", net.global_average_pool("head/pool", x))
    x = net.hard_swish("head/hidden", net.gemm("head/hidden", x, last_gemm))
    net.output(net.gemm("head/logits", x, 1000), 1, 1000)
    return net


def mobilenet_v3_small():
    relu, swish = Network.relu, Network.hard_swish
    blocks = [  # kernel, expanded, filters, squeezes, activation, stride
        (3, 16, 16, True, relu, 2),
        (3, 72, 24, False, relu, 2),
        (3, 88, 24, False, relu, 1),
        (5, 96, 40, True, swish, 2),
        (5, 240, 40, True, swish, 1),
        (5, 240, 40, True, swish, 1),
        (5, 120, 48, True, swish, 1),
        (5, 144, 48, True, swish, 1),
        (5, 288, 96, True, swish, 2),
        (5, 576, 96, True, swish, 1),
        (5, 576, 96, True, swish, 1),
    ]
    return mobilenet_v3(blocks, 576, 1024)


def mobilenet_v3_large():
    relu, swish = Network.relu, Network.hard_swish
    blocks = [  # kernel, expanded, filters, squeezes, activation, stride
        (3, 16, 16, False, relu, 1),
        (3, 64, 24, False, relu, 2),
        (3, 72, 24, False, relu, 1),
        (5, 72, 40, True, relu, 2),
        (5, 120, 40, True, relu, 1),
        (5, 120, 40, True, relu, 1),
        (3, 240, 80, False, swish, 2),
        (3, 200, 80, False, swish, 1),
        (3, 184, 80, False, swish, 1),
        (3, 184, 80, False, swish, 1),
        (3, 480, 112, True, swish, 1),
        (3, 672, 112, True, swish, 1),
        (5, 672, 160, True, swish, 2),
        (5, 960, 160, True, swish, 1),
        (5, 960, 160, True, swish, 1),
    ]
    return mobilenet_v3(blocks, 960, 1280)


def efficientnet_b0():
    """Tan and Le 2019, arXiv 1905.11946, table 1."""
    stages = [  # expansion, kernel, filters, blocks, stride
        (1, 3, 16, 1, 1),
        (6, 3, 24, 2, 2),
        (6, 5, 40, 2, 2),
        (6, 3, 80, 3, 2),
        (6, 5, 112, 3, 1),
        (6, 5, 192, 4, 2),
        (6, 3, 320, 1, 1),
    ]
    gate = partial(squeeze_excite, activation=Network.swish, gate=Network.sigmoid)
    net = Network()
    x = net.input(1, 3, 224, 224)
    x = net.conv_norm("stem", x, 32, 3, 2, activation=Network.swish)
    for stage, (expansion, kernel, filters, blocks, stride) in enumerate(stages, 1):
        for block in range(1, blocks + 1):
            x = inverted_residual(
                net,
                f"stage{stage}/block{block}",
                x,
                filters,
                expanded=expansion * net.width[x],
                kernel=kernel,
                stride=stride if block == 1 else 1,
                activation=Network.swish,
                squeeze=net.width[x] // 4,
                gate=gate,
            )
    x = net.conv_norm("head", x, 1280, activation=Network.swish)
    return classifier(net, net.global_average_pool("head/pool", x), 1000)


def basic_block(net, name, x, filters, stride):
    y = net.conv_norm(name + "/conv1", x, filters, 3, stride, activation=Network.relu)
    y = net.conv_norm(name + "/conv2", y, filters, 3)
    return shortcut(net, name, x, y, stride)


def bottleneck_block(net, name, x, filters, stride):
    """With the stride on the 3x3 convolution: ResNet v1.5."""
    y = net.conv_norm(name + "/conv1", x, filters, activation=Network.relu)
    y = net.conv_norm(name + "/conv2", y, filters, 3, stride, activation=Network.relu)
    y = net.conv_norm(name + "/conv3", y, 4 * filters)
    return shortcut(net, name, x, y, stride)


def shortcut(net, name, x, y, stride):
    if stride != 1 or net.width[x] != net.width[y]:
        x = net.conv_norm(name + "/shortcut", x, net.width[y], 1, stride)
    return net.relu(name, net.add(name + "/add", y, x))


def resnet(residual_block, blocks_of_stage):
    """He et al. 2015, arXiv 1512.03385, table 1, as in torchvision."""
    net = Network()
    x = net.input(1, 3, 224, 224)
    x = net.conv_norm("stem", x, 64, 7, 2, activation=Network.relu)
    x = net.max_pool("stem/pool", x, 3, 2, pads=[1, 1, 1, 1])
    for stage, blocks in enumerate(blocks_of_stage, 1):
        for block in range(1, blocks + 1):
            stride = 2 if stage > 1 and block == 1 else 1
            name, filters = f"stage{stage}/block{block}", 32 * 2**stage
            x = residual_block(net, name, x, filters, stride)
    return classifier(net, net.global_average_pool("head/pool", x), 1000)


def resnet18():
    return resnet(basic_block, [2, 2, 2, 2])


def resnet50():
    return resnet(bottleneck_block, [3, 4, 6, 3])


def squeezenet1_1():
    """Iandola et al. 2016, arXiv 1602.07360, release 1.1."""
    net = Network()
    x = net.input(1, 3, 224, 224)
    x = net.relu("stem", net.conv("stem", x, 64, 3, 2, pads=[0, 0, 0, 0]))
    fires = [(16, 64), (16, 64), (32, 128), (32, 128), (48, 192), (48, 192), (64, 256), (64, 256)]
    for index, (squeeze, expand) in enumerate(fires, 2):
        if index in (2, 4, 6):
            x = net.max_pool(f"pool{index}", x, 3, 2, ceil_mode=1)
        x = fire(net, f"fire{index}", x, squeeze, expand)
    x = net.relu("head", net.conv("head", x, 1000))
    x = net.flatten("head/flatten", net.global_average_pool("head/pool", x))
    net.output(x, 1, 1000)
    return net


def fire(net, name, x, squeeze, expand):
    x = net.relu(name + "/squeeze", net.conv(name + "/squeeze", x, squeeze))
    a = net.relu(name + "/expand1x1", net.conv(name + "/expand1x1", x, expand))
    b = net.relu(name + "/expand3x3", net.conv(name + "/expand3x3", x, expand, 3))
    return net.concat(name + "/concat", a, b)


def vgg16():
    """Simonyan and Zisserman 2014, arXiv 1409.1556, configuration D."""
    net = Network()
    x = net.input(1, 3, 224, 224)
    for stage, (filters, convs) in enumerate([(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)], 1):
        for conv in range(1, convs + 1):
            name = f"stage{stage}/conv{conv}"
            x = net.relu(name, net.conv(name, x, filters, 3))
        x = net.max_pool(f"stage{stage}/pool", x, 2, 2)
    x = net.flatten("head/flatten", x, positions=7 * 7)
    for name in ("head/hidden1", "head/hidden2"):
        x = net.relu(name, net.gemm(name, x, 4096))
    net.output(net.gemm("head/logits", x, 1000), 1, 1000)
    return net


# ------------------------------------------------------- the MLPerf Tiny v1.0 reference networks


def mlperftiny_head(net, x, classes, pool):
    x = net.flatten("head/flatten", net.average_pool("head/pool", x, pool))
    x = net.gemm("head/logits", x, classes)
    net.output(net.node("Softmax", "head/softmax", x), 1, classes)
    return net


def mobilenet_v1_vww():
    """Visual wake words: is there a person in the picture?"""
    net = Network(folded=True)
    x = mobilenet_v1_features(net, 0.25, 96, Network.relu)
    return mlperftiny_head(net, x, 2, 3)


def resnet8_mlperftiny():
    """Image classification on CIFAR-10. Shortcuts of its wider stages are bare convolutions."""
    net = Network(folded=True)
    x = net.input(1, 3, 32, 32)
    x = net.conv_norm("stem", x, 16, 3, activation=Network.relu)
    for stage, filters in enumerate((16, 32, 64), 1):
        name = f"stage{stage}"
        stride, pads = (1, None) if stage == 1 else (2, SAME_STRIDE_2)
        y = net.conv_norm(
            name + "/conv1", x, filters, 3, stride, pads=pads, activation=Network.relu
        )
        y = net.conv_norm(name + "/conv2", y, filters, 3)
        x = shortcut(net, name, x, y, stride)
    return mlperftiny_head(net, x, 10, 8)


def ds_cnn_mlperftiny():
    """Keyword spotting: 12 words, from 49 frames of 10 cepstral coefficients."""
    net = Network(folded=True)
    x = net.input(1, 1, 49, 10)
    x = net.conv_norm("stem", x, 64, (10, 4), 2, pads=[4, 1, 5, 1], activation=Network.relu)
    for index in range(1, 5):
        x = net.depthwise(f"block{index}/depthwise", x, 3, activation=Network.relu)
        x = net.conv_norm(f"block{index}/pointwise", x, 64, activation=Network.relu)
    return mlperftiny_head(net, x, 12, (25, 5))


def autoencoder_mlperftiny():
    """Anomaly detection: how badly does the network reproduce the sound of a machine?"""
    net = Network(folded=True)
    x = net.input(1, 640)
    hidden = [f"encoder{i}" for i in range(1, 5)] + ["bottleneck"]
    hidden += [f"decoder{i}" for i in range(1, 5)]
    for name in hidden:
        x = net.relu(name, net.gemm(name, x, 8 if name == "bottleneck" else 128))
    net.output(net.gemm("reconstruction", x, 640), 1, 640)
    return net


# -------------------------------------------------------------------------------------- detection


def tiny_yolo_v3(classes, size):
    """Redmon and Farhadi 2018, arXiv 1804.02767: darknet's yolov3-tiny.cfg, boxes not decoded."""
    conv = partial(Network.conv_norm, activation=Network.leaky_relu)
    net = Network()
    x = net.input(1, 3, size, size)
    for index, filters in enumerate((16, 32, 64, 128), 1):
        x = conv(net, f"backbone/conv{index}", x, filters, 3)
        x = net.max_pool(f"backbone/pool{index}", x, 2, 2)
    fine = conv(net, "backbone/conv5", x, 256, 3)
    x = conv(net, "backbone/conv6", net.max_pool("backbone/pool5", fine, 2, 2), 512, 3)
    x = net.max_pool("backbone/pool6", x, 2, 1, pads=[0, 0, 1, 1])
    x = conv(net, "backbone/conv7", x, 1024, 3)
    coarse = conv(net, "neck/reduce", x, 256)

    x = conv(net, "neck/lateral", coarse, 128)
    x = net.concat("neck/concat", upsample(net, "neck/upsample", x), fine)
    yolo_head(net, "coarse", conv(net, "coarse/conv", coarse, 512, 3), classes, size // 32)
    yolo_head(net, "fine", conv(net, "fine/conv", x, 256, 3), classes, size // 16)
    return net


def upsample(net, name, x):
    scales = net.constant("scales", TensorProto.FLOAT, [4], [1.0, 1.0, 2.0, 2.0])
    return net.node(
        "Resize",
        name,
        x,
        "",
        scales,
        mode="nearest",
        coordinate_transformation_mode="asymmetric",
        nearest_mode="floor",
    )


def yolo_head(net, name, x, classes, cells):
    """Three anchors a cell, each with four coordinates, an objectness and the classes."""
    filters = 3 * (4 + 1 + classes)
    x = net.conv(name + "/predict", x, filters)
    net.output(x, 1, filters, cells, cells, name=f"output_{name}")


# ----------------------------------------------------------------------------------- transformers


def attention(net, name, heads, queries, keys, values, mask=None):
    """Scaled dot products over [batch, head, token, feature], back to [batch, token, width].

    Keys come transposed, as [batch, head, feature, token].
    """
    features = net.width[queries]
    x = net.node("MatMul", name + "/scores", queries, keys)
    x = net.node("Div", name + "/scale", x, net.scalar(math.sqrt(features)))
    if mask:
        x = net.add(name + "/mask", x, mask)
    x = net.node("Softmax", name + "/softmax", x, axis=-1)
    x = net.node("MatMul", name + "/context", x, values)
    x = net.transpose(name + "/context/transpose", x, 0, 2, 1, 3)
    return net.reshape(name + "/context/merge", x, 0, 0, heads * features)


def vit_tiny_patch16_224():
    """Dosovitskiy et al. 2020, arXiv 2010.11929, with the tiny size of DeiT, as in timm."""
    width, tokens, heads = 192, 1 + 14 * 14, 3
    net = Network()
    x = net.input(1, 3, 224, 224)
    x = net.conv("embed/patch", x, width, 16, 16, pads=[0, 0, 0, 0])
    x = net.reshape("embed/reshape", x, 0, 0, -1)
    x = net.transpose("embed/transpose", x, 0, 2, 1)
    class_token = net.parameter("class_token", 1, 1, width)
    x = net.node("Concat", "embed/concat", class_token, x, width=width, axis=1)
    x = net.add("embed/position", x, net.parameter("positions", 1, tokens, width))
    for index in range(1, 13):
        x = vit_block(net, f"block{index}", x, heads)
    x = net.layer_norm("head/norm", x)
    x = net.node("Gather", "head/class_token", x, net.scalar(0, TensorProto.INT64), axis=1)
    net.output(net.gemm("head/logits", x, 1000), 1, 1000)
    return net


def vit_block(net, name, x, heads):
    y = net.layer_norm(name + "/norm1", x)
    y = fused_self_attention(net, name + "/attention", y, heads)
    x = net.add(name + "/add1", x, y)
    y = net.layer_norm(name + "/norm2", x)
    y = feed_forward(net, name + "/mlp", y)
    return net.add(name + "/add2", x, y)


def fused_self_attention(net, name, x, heads):
    """One product makes queries, keys and values."""
    width = net.width[x]
    y = net.linear(name + "/qkv", x, 3 * width)
    y = net.reshape(name + "/qkv/reshape", y, 0, 0, 3, heads, width // heads)
    y = net.transpose(name + "/qkv/transpose", y, 2, 0, 3, 1, 4)
    slices = zip(("query", "key", "value"), net.split(name + "/split", y, 3, axis=0))
    query, key, value = (
        net.node("Squeeze", f"{name}/{part}", y, net.ints(0)) for part, y in slices
    )
    key = net.transpose(name + "/key/transpose", key, 0, 1, 3, 2)
    return net.linear(name + "/project", attention(net, name, heads, query, key, value), width)


def separate_self_attention(net, name, x, heads, mask):
    """A product each for queries, keys and values."""
    width = net.width[x]

    def projected(part, *perm):
        y = net.linear(f"{name}/{part}", x, width)
        y = net.reshape(f"{name}/{part}/reshape", y, 0, 0, heads, width // heads)
        return net.transpose(f"{name}/{part}/transpose", y, *perm)

    query = projected("query", 0, 2, 1, 3)
    key = projected("key", 0, 2, 3, 1)
    value = projected("value", 0, 2, 1, 3)
    y = attention(net, name, heads, query, key, value, mask)
    return net.linear(name + "/project", y, width)


def feed_forward(net, name, x):
    y = net.gelu(name + "/expand", net.linear(name + "/expand", x, 4 * net.width[x]))
    return net.linear(name + "/project", y, net.width[x])


def bert(layers, width, tokens):
    """Devlin et al. 2018, arXiv 1810.04805, uncased, with the small sizes of Turc et al. 2019."""
    net = Network()
    ids, kinds, mask = (
        net.input(1, tokens, name=name, element=TensorProto.INT64)
        for name in ("input_ids", "token_type_ids", "attention_mask")
    )
    x = bert_embedding(net, ids, kinds, width, tokens)
    mask = additive_mask(net, "mask", mask)
    for index in range(1, layers + 1):
        x = bert_layer(net, f"layer{index}", x, width // 64, mask)
    x = net.node("Gather", "pooler/first_token", x, net.scalar(0, TensorProto.INT64), axis=1)
    x = net.node("Tanh", "pooler/tanh", net.gemm("pooler", x, width))
    net.output(x, 1, width)
    return net


def bert_embedding(net, ids, kinds, width, tokens):
    positions = net.constant("positions", TensorProto.INT64, [1, tokens], range(tokens))
    words = net.embedding("embed/words", ids, 30522, width)
    kinds = net.embedding("embed/token_types", kinds, 2, width)
    positions = net.embedding("embed/positions", positions, 512, width)
    x = net.add("embed/add2", net.add("embed/add1", words, kinds), positions)
    return net.layer_norm("embed/norm", x)


def additive_mask(net, name, mask):
    """[1, tokens] of 1 and 0 becomes [1, 1, 1, tokens] of 0 and far below any score."""
    x = net.node("Unsqueeze", name + "/unsqueeze", mask, net.ints(1, 2))
    x = net.node("Cast", name + "/cast", x, to=TensorProto.FLOAT)
    x = net.node("Sub", name + "/invert", net.scalar(1.0), x)
    return net.node("Mul", name, x, net.scalar(-10000.0))


def bert_layer(net, name, x, heads, mask):
    y = separate_self_attention(net, name + "/attention", x, heads, mask)
    x = net.layer_norm(name + "/norm1", net.add(name + "/add1", x, y))
    y = feed_forward(net, name + "/mlp", x)
    return net.layer_norm(name + "/norm2", net.add(name + "/add2", x, y))


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
}


# ----------------------------------------------------------------------------------- the commands


def model_of(name):
    return NETWORKS[name].build().model(name)


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
        (FOLDER / f"{name}.onnx").write_bytes(model_of(name).SerializeToString())
    (FOLDER / "expected.csv").write_text(expected_csv())


def complaints_about(name):
    path = FOLDER / f"{name}.onnx"
    if not path.exists():
        return [f"{path.name}: missing; run make_networks.py"]
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    found = []
    if model != model_of(name):
        found.append(f"{path.name}: not what make_networks.py writes; run it again")
    expected = NETWORKS[name].parameters, NETWORKS[name].macs
    for what, counted, wanted in zip(("parameters", "MACs"), count(model), expected):
        if counted != wanted:
            found.append(f"{path.name}: counted {counted:,} {what}, expected {wanted:,}")
    return found


def check():
    """Prints what is wrong and returns how much."""
    found = [complaint for name in NETWORKS for complaint in complaints_about(name)]
    for path in FOLDER.glob("*.onnx"):
        if path.stem not in NETWORKS:
            found.append(f"{path.name}: not in the table of make_networks.py")
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
