"""Networks for phones: the MobileNets and EfficientNet-B0."""

from functools import partial

from architectures.builder import Network, classifier, divisible


# TensorFlow's SAME padding of an even size by a 3x3 kernel at stride 2: top, left, bottom, right.
SAME_STRIDE_2 = [0, 0, 1, 1]


def mobilenet_v1(width, size, classes):
    """Howard et al. 2017, arXiv 1704.04861, table 1."""
    net = Network()
    x = mobilenet_v1_features(net, width, size, Network.relu6)[-1]
    return classifier(net, net.global_average_pool("head/pool", x), classes)


def mobilenet_v1_features(net, width, size, activation, pads_of_stride_2=SAME_STRIDE_2):
    """The outputs of its 13 blocks."""
    pads, outputs = pads_of_stride_2, []
    x = net.input(1, 3, size, size)
    x = net.conv_norm("stem", x, int(32 * width), 3, 2, pads=pads, activation=activation)
    blocks = [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1)]
    blocks += [(512, 2)] + 5 * [(512, 1)] + [(1024, 2), (1024, 1)]
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
