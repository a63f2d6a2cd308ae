"""Networks for phones: the MobileNets, MnasNet and the EfficientNets."""

import math
from functools import partial
from typing import NamedTuple

from architectures.builder import Network, classifier, divisible


# TensorFlow's SAME padding of an even size by a 3x3 kernel at stride 2: top, left, bottom, right.
SAME_STRIDE_2 = [0, 0, 1, 1]


def mobilenet_v1(width, size, classes):
    """Howard et al. 2017, arXiv 1704.04861, table 1."""
    net = Network()
    x = mobilenet_v1_features(net, width, size, Network.relu6)[-1]
    return classifier(net, net.global_average_pool("head/pool", x), classes)


MOBILENET_V1_BLOCKS = [  # filters, stride
    (64, 1),
    (128, 2),
    (128, 1),
    (256, 2),
    (256, 1),
    (512, 2),
    *5 * [(512, 1)],
    (1024, 2),
    (1024, 1),
]


def mobilenet_v1_features(
    net, width, size, activation, pads_of_stride_2=SAME_STRIDE_2, blocks=MOBILENET_V1_BLOCKS
):
    """The outputs of its blocks."""
    pads, outputs = pads_of_stride_2, []
    x = net.input(1, 3, size, size)
    x = net.conv_norm("stem", x, int(32 * width), 3, 2, pads=pads, activation=activation)
    for index, (filters, stride) in enumerate(blocks, 1):
        name, pads = f"block{index}", pads_of_stride_2 if stride == 2 else None
        x = net.depthwise(name + "/depthwise", x, 3, stride, pads=pads, activation=activation)
        x = net.conv_norm(name + "/pointwise", x, int(filters * width), activation=activation)
        outputs.append(x)
    return outputs


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


def squeeze_excite(
    net, name, x, squeeze, activation, gate, pool=Network.global_average_pool
):
    y = pool(net, name + "/pool", x)
    y = activation(net, name + "/reduce", net.conv(name + "/reduce", y, squeeze))
    y = gate(net, name + "/expand", net.conv(name + "/expand", y, net.width[x]))
    return net.node("Mul", name + "/scale", x, y)


def inverted_residual_stages(net, x, stages, activation, gate=None):
    """A gate squeezes to a quarter of the channels that its block reads."""
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
                activation=activation,
                squeeze=net.width[x] // 4 if gate else 0,
                gate=gate,
            )
    return x


def mobilenet_v2(width, size, classes):
    """Sandler et al. 2018, arXiv 1801.04381, table 2; the last convolution never shrinks."""
    net = Network()
    x = net.input(1, 3, size, size)
    x = net.conv_norm("stem", x, divisible(32 * width), 3, 2, activation=Network.relu6)
    x = mobilenet_v2_stages(net, x, width, Network.relu6)
    x = net.conv_norm("head", x, divisible(1280 * max(width, 1)), activation=Network.relu6)
    return classifier(net, net.global_average_pool("head/pool", x), classes)


def mobilenet_v2_stages(net, x, width, activation):
    stages = [  # expansion, kernel, filters, blocks, stride
        (1, 3, divisible(16 * width), 1, 1),
        (6, 3, divisible(24 * width), 2, 2),
        (6, 3, divisible(32 * width), 3, 2),
        (6, 3, divisible(64 * width), 4, 2),
        (6, 3, divisible(96 * width), 3, 1),
        (6, 3, divisible(160 * width), 3, 2),
        (6, 3, divisible(320 * width), 1, 1),
    ]
    return inverted_residual_stages(net, x, stages, activation)


class V3(NamedTuple):
    """Blocks are rows of (kernel, expanded, filters, squeezes, activation, stride)."""

    blocks: list
    last_conv: int
    last_gemm: int


RE, HS = Network.relu, Network.hard_swish

MOBILENET_V3_SMALL = V3(
    [
        (3, 16, 16, True, RE, 2),
        (3, 72, 24, False, RE, 2),
        (3, 88, 24, False, RE, 1),
        (5, 96, 40, True, HS, 2),
        (5, 240, 40, True, HS, 1),
        (5, 240, 40, True, HS, 1),
        (5, 120, 48, True, HS, 1),
        (5, 144, 48, True, HS, 1),
        (5, 288, 96, True, HS, 2),
        (5, 576, 96, True, HS, 1),
        (5, 576, 96, True, HS, 1),
    ],
    576,
    1024,
)

MOBILENET_V3_LARGE = V3(
    [
        (3, 16, 16, False, RE, 1),
        (3, 64, 24, False, RE, 2),
        (3, 72, 24, False, RE, 1),
        (5, 72, 40, True, RE, 2),
        (5, 120, 40, True, RE, 1),
        (5, 120, 40, True, RE, 1),
        (3, 240, 80, False, HS, 2),
        (3, 200, 80, False, HS, 1),
        (3, 184, 80, False, HS, 1),
        (3, 184, 80, False, HS, 1),
        (3, 480, 112, True, HS, 1),
        (3, 672, 112, True, HS, 1),
        (5, 672, 160, True, HS, 2),
        (5, 960, 160, True, HS, 1),
        (5, 960, 160, True, HS, 1),
    ],
    960,
    1280,
)


def thinner(size, width):
    """Scales the channels; what a block expands by stays, and so does the last layer."""
    blocks, channels, thin_channels = [], 16, divisible(16 * width)
    for kernel, expanded, filters, squeezes, activation, stride in size.blocks:
        thin_expanded = divisible(thin_channels * expanded / channels)
        channels, thin_channels = filters, divisible(filters * width)
        blocks.append((kernel, thin_expanded, thin_channels, squeezes, activation, stride))
    return size._replace(blocks=blocks, last_conv=divisible(size.last_conv * width))


def minimalistic(size):
    """Without gates, hard swish and 5x5 kernels."""
    blocks = [
        (3, expanded, filters, False, RE, stride)
        for _, expanded, filters, _, _, stride in size.blocks
    ]
    return size._replace(blocks=blocks)


def mobilenet_v3(size, activation=HS, classes=1000):
    """Howard et al. 2019, arXiv 1905.02244, as in torchvision; `activation` is of both ends."""
    gate = partial(squeeze_excite, activation=RE, gate=Network.hard_sigmoid)
    net = Network()
    x = net.conv_norm("stem", net.input(1, 3, 224, 224), 16, 3, 2, activation=activation)
    for index, (kernel, expanded, filters, squeezes, act, stride) in enumerate(size.blocks, 1):
        squeeze = divisible(expanded // 4) if squeezes else 0
        x = inverted_residual(
            net, f"block{index}", x, filters, expanded, kernel, stride, act, squeeze, gate
        )
    x = net.conv_norm("head", x, size.last_conv, activation=activation)
    x = net.flatten("head/flatten", net.global_average_pool("head/pool", x))
    x = activation(net, "head/hidden", net.gemm("head/hidden", x, size.last_gemm))
    net.output(net.gemm("head/logits", x, classes), 1, classes)
    return net


def mnasnet_b1_stages(width):
    """Tan et al. 2018, arXiv 1807.11626, figure 7 without gates."""
    stages = [  # expansion, kernel, filters, blocks, stride
        (1, 3, 16, 1, 1),
        (3, 3, 24, 3, 2),
        (3, 5, 40, 3, 2),
        (6, 5, 80, 3, 2),
        (6, 3, 96, 2, 1),
        (6, 5, 192, 4, 2),
        (6, 3, 320, 1, 1),
    ]
    return [
        (expansion, kernel, divisible(filters * width), blocks, stride)
        for expansion, kernel, filters, blocks, stride in stages
    ]


def mnasnet(width):
    """As in torchvision."""
    net = Network()
    x = net.input(1, 3, 224, 224)
    x = net.conv_norm("stem", x, divisible(32 * width), 3, 2, activation=Network.relu)
    x = inverted_residual_stages(net, x, mnasnet_b1_stages(width), Network.relu)
    x = net.conv_norm("head", x, 1280, activation=Network.relu)
    return classifier(net, net.global_average_pool("head/pool", x), 1000)


EFFICIENTNET_B0_STAGES = [  # expansion, kernel, filters, blocks, stride
    (1, 3, 16, 1, 1),
    (6, 3, 24, 2, 2),
    (6, 5, 40, 2, 2),
    (6, 3, 80, 3, 2),
    (6, 5, 112, 3, 1),
    (6, 5, 192, 4, 2),
    (6, 3, 320, 1, 1),
]


def efficientnet_b0():
    """Tan and Le 2019, arXiv 1905.11946, table 1."""
    gate = partial(squeeze_excite, activation=Network.swish, gate=Network.sigmoid)
    net = Network()
    x = net.input(1, 3, 224, 224)
    x = net.conv_norm("stem", x, 32, 3, 2, activation=Network.swish)
    x = inverted_residual_stages(net, x, EFFICIENTNET_B0_STAGES, Network.swish, gate)
    x = net.conv_norm("head", x, 1280, activation=Network.swish)
    return classifier(net, net.global_average_pool("head/pool", x), 1000)


def efficientnet_lite(width, depth, size):
    """EfficientNet without gates and with ReLU6; the first and last stages never deepen."""
    last = len(EFFICIENTNET_B0_STAGES)
    stages = [
        (
            expansion,
            kernel,
            divisible(filters * width),
            blocks if stage in (1, last) else math.ceil(blocks * depth),
            stride,
        )
        for stage, (expansion, kernel, filters, blocks, stride) in enumerate(
            EFFICIENTNET_B0_STAGES, 1
        )
    ]
    net = Network()
    x = net.conv_norm("stem", net.input(1, 3, size, size), 32, 3, 2, activation=Network.relu6)
    x = inverted_residual_stages(net, x, stages, Network.relu6)
    x = net.conv_norm("head", x, 1280, activation=Network.relu6)
    return classifier(net, net.global_average_pool("head/pool", x), 1000)


def fdmobilenet(width, size, classes):
    """Qin et al. 2018, arXiv 1802.03750, table 1: MobileNet that shrinks the picture at once."""
    blocks = [(64, 2), (128, 2), (128, 1), (256, 2), (256, 1)]
    blocks += [(512, 2)] + 4 * [(512, 1)] + [(1024, 1)]
    net = Network()
    x = mobilenet_v1_features(net, width, size, Network.relu6, blocks=blocks)[-1]
    return classifier(net, net.global_average_pool("head/pool", x), classes)


# --------------------------------------------------------------------------------------- GhostNet


def ghostnet():
    """Han et al. 2019, arXiv 1911.11907, table 1, as in the authors' repository."""
    blocks = [  # kernel, expanded, filters, squeezes, stride
        (3, 16, 16, False, 1),
        (3, 48, 24, False, 2),
        (3, 72, 24, False, 1),
        (5, 72, 40, True, 2),
        (5, 120, 40, True, 1),
        (3, 240, 80, False, 2),
        (3, 200, 80, False, 1),
        (3, 184, 80, False, 1),
        (3, 184, 80, False, 1),
        (3, 480, 112, True, 1),
        (3, 672, 112, True, 1),
        (5, 672, 160, True, 2),
        (5, 960, 160, False, 1),
        (5, 960, 160, True, 1),
        (5, 960, 160, False, 1),
        (5, 960, 160, True, 1),
    ]
    net = Network()
    x = net.conv_norm("stem", net.input(1, 3, 224, 224), 16, 3, 2, activation=RE)
    for index, block in enumerate(blocks, 1):
        x = ghost_bottleneck(net, f"block{index}", x, *block)
    x = net.conv_norm("head", x, 960, activation=RE)
    x = net.global_average_pool("head/pool", x)
    x = net.relu("head/hidden", net.conv("head/hidden", x, 1280))
    return classifier(net, x, 1000)


def ghost_bottleneck(net, name, x, kernel, expanded, filters, squeezes, stride):
    y = ghost(net, name + "/expand", x, expanded, RE)
    if stride != 1:
        y = net.depthwise(name + "/depthwise", y, kernel, stride)
    if squeezes:
        squeeze = divisible(expanded / 4, 4)
        y = squeeze_excite(net, name + "/gate", y, squeeze, RE, Network.hard_sigmoid)
    y = ghost(net, name + "/project", y, filters)
    if stride != 1 or filters != net.width[x]:
        x = net.depthwise(name + "/shortcut/depthwise", x, kernel, stride)
        x = net.conv_norm(name + "/shortcut/pointwise", x, filters)
    return net.add(name + "/add", x, y)


def ghost(net, name, x, filters, activation=None):
    """Half of the channels, and as many again from a cheap depthwise convolution of them."""
    x = net.conv_norm(name + "/primary", x, filters // 2, activation=activation)
    y = net.depthwise(name + "/cheap", x, 3, activation=activation)
    return net.concat(name + "/concat", x, y)
