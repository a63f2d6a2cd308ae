"""The classifiers of ncnn's benchmark table, with the deviations of ncnn's files from the papers.

Batch norms are folded into the convolutions and most networks end in a softmax, as in ncnn's files.
"""

from functools import partial

from architectures.builder import Network, classifier
from architectures.classic import (
    INCEPTION_V1,
    RESNET18,
    RESNET50,
    VGG16,
    basic_block,
    bottleneck_block,
    inception,
    residual_stages,
    squeezenet_features,
    two_hidden_layers,
    vgg,
)
from architectures.mobile import (
    EFFICIENTNET_B0_STAGES,
    SAME_STRIDE_2,
    inverted_residual,
    inverted_residual_stages,
    mnasnet_b1_stages,
    mobilenet_v1_features,
    mobilenet_v2_stages,
    squeeze_excite,
)
from architectures.shuffle import shufflenet_v1_stages, shufflenet_v2_stages
from architectures.transformers import separate_self_attention, vit_block, vit_embedding


def averaged_classes(net, x):
    x = net.global_average_pool("head/pool", x)
    return classifier(net, x, 1000, softmax=True)


# ----------------------------------------------------------- from Caffe, which rounds pictures up


def caffe_pool(net, name, x, kernel=3, stride=2):
    return net.max_pool(name, x, kernel, stride, ceil_mode=1)


def alexnet():
    """Krizhevsky et al. 2012 in one column; its groups are those of the two GPUs."""
    net = Network(folded=True)
    conv = partial(Network.conv_norm, activation=Network.relu)
    x = net.input(1, 3, 227, 227)
    x = net.local_response_norm("norm1", conv(net, "conv1", x, 96, 11, 4, pads=[0, 0, 0, 0]))
    x = conv(net, "conv2", caffe_pool(net, "pool1", x), 256, 5, groups=2)
    x = net.local_response_norm("norm2", x)
    x = conv(net, "conv3", caffe_pool(net, "pool2", x), 384, 3)
    x = conv(net, "conv4", x, 384, 3, groups=2)
    x = conv(net, "conv5", x, 256, 3, groups=2)
    return two_hidden_layers(net, caffe_pool(net, "pool5", x), 6 * 6, softmax=True)


def googlenet():
    """Szegedy et al. 2014, arXiv 1409.4842, table 1, without the auxiliary classifiers."""
    net = Network(folded=True)
    conv = partial(Network.conv_norm, activation=Network.relu)
    x = conv(net, "conv1", net.input(1, 3, 224, 224), 64, 7, 2)
    x = net.local_response_norm("norm1", caffe_pool(net, "pool1", x))
    x = conv(net, "conv2", conv(net, "conv2/reduce", x, 64), 192, 3)
    x = caffe_pool(net, "pool2", net.local_response_norm("norm2", x))
    for block, filters in INCEPTION_V1.items():
        if block in ("4a", "5a"):
            x = caffe_pool(net, f"pool{int(block[0]) - 1}", x)
        x = inception(net, f"inception{block}", x, *filters)
    x = net.average_pool("head/pool", x, 7, 1)
    return classifier(net, x, 1000, softmax=True)


def resnet(residual_block, blocks_of_stage):
    """The first block of every stage projects; the first pool has no padding."""
    net = Network(folded=True)
    x = net.conv_norm("stem", net.input(1, 3, 224, 224), 64, 7, 2, activation=Network.relu)
    x = caffe_pool(net, "stem/pool", x)
    x = residual_stages(net, x, residual_block, blocks_of_stage, projects=True)
    return classifier(net, net.average_pool("head/pool", x, 7, 1), 1000, softmax=True)


def resnet18():
    return resnet(basic_block, RESNET18)


def resnet50():
    return resnet(partial(bottleneck_block, strides_first=True), RESNET50)


def squeezenet():
    """Release 1.1; its last convolution pads although it is 1x1, so that 14x14 become 16x16."""
    net = Network(folded=True)
    x = squeezenet_features(net, net.input(1, 3, 227, 227))[-1]
    x = net.relu("head", net.conv("head", x, 1000, pads=[1, 1, 1, 1]))
    x = net.flatten("head/flatten", net.global_average_pool("head/pool", x))
    net.output(net.softmax("head", x), 1, 1000)
    return net


def vgg16():
    return vgg(VGG16, softmax=True)


def mobilenet():
    net = Network(folded=True)
    x = mobilenet_v1_features(net, 1.0, 224, Network.relu, pads_of_stride_2=[1, 1, 1, 1])[-1]
    return averaged_classes(net, x)


def mobilenet_v2():
    """Its first block expands too, from 32 to 32 channels."""
    net = Network(folded=True)
    relu = Network.relu
    x = net.conv_norm("stem", net.input(1, 3, 224, 224), 32, 3, 2, activation=relu)
    x = net.conv_norm("stage1/block1/expand", x, 32, activation=relu)
    x = mobilenet_v2_stages(net, x, 1.0, relu)
    return averaged_classes(net, net.conv_norm("head", x, 1280, activation=relu))


def shufflenet():
    """Version 1 with three groups."""
    net = Network(folded=True)
    x = net.conv_norm("stem", net.input(1, 3, 224, 224), 24, 3, 2, activation=Network.relu)
    x = caffe_pool(net, "stem/pool", x)
    stages = [(240, 4, 28), (480, 8, 14), (960, 4, 7)]  # filters, units, size
    return averaged_classes(net, shufflenet_v1_stages(net, x, 3, stages))


def shufflenet_v2():
    net = Network(folded=True)
    x = net.conv_norm("stem", net.input(1, 3, 224, 224), 24, 3, 2, activation=Network.relu)
    x = caffe_pool(net, "stem/pool", x)
    stages = [(116, 4, 28), (232, 8, 14), (464, 4, 7)]  # filters, units, size
    x = shufflenet_v2_stages(net, x, stages)[-1]
    return averaged_classes(net, net.conv_norm("head", x, 1024, activation=Network.relu))


# ---------------------------------------------------------------------- found by a search on phones


def mnasnet():
    """Tan et al. 2018, arXiv 1807.11626: B1, without gates."""
    net = Network(folded=True)
    relu = Network.relu
    x = net.conv_norm("stem", net.input(1, 3, 224, 224), 32, 3, 2, activation=relu)
    x = inverted_residual_stages(net, x, mnasnet_b1_stages(1.0), relu)
    return averaged_classes(net, net.conv_norm("head", x, 1280, activation=relu))


def proxylessnasnet():
    """Cai et al. 2018, arXiv 1812.00332, for phones, but its first block keeps 32 channels."""
    blocks = [  # kernel, expanded, filters, stride
        (5, 48, 32, 2),
        (3, 96, 32, 1),
        (7, 96, 40, 2),
        (3, 120, 40, 1),
        (5, 120, 40, 1),
        (5, 120, 40, 1),
        (7, 240, 80, 2),
        (5, 240, 80, 1),
        (5, 240, 80, 1),
        (5, 240, 80, 1),
        (5, 480, 96, 1),
        (5, 288, 96, 1),
        (5, 288, 96, 1),
        (5, 288, 96, 1),
        (7, 576, 192, 2),
        (7, 1152, 192, 1),
        (7, 576, 192, 1),
        (7, 576, 192, 1),
        (7, 1152, 320, 1),
    ]
    net = Network(folded=True)
    relu = Network.relu
    x = net.conv_norm("stem", net.input(1, 3, 224, 224), 32, 3, 2, activation=relu)
    x = net.depthwise("block1/depthwise", x, 3, activation=relu)
    x = net.conv_norm("block1/project", x, 32)
    for index, (kernel, expanded, filters, stride) in enumerate(blocks, 2):
        x = inverted_residual(net, f"block{index}", x, filters, expanded, kernel, stride, relu)
    return averaged_classes(net, net.conv_norm("head", x, 1280, activation=relu))


def dense_squeeze_excite(net, name, x, squeeze, activation, gate):
    """With fully connected layers in place of 1x1 convolutions."""
    channels = net.width[x]
    y = net.flatten(name + "/flatten", net.global_average_pool(name + "/pool", x))
    y = activation(net, name + "/reduce", net.gemm(name + "/reduce", y, squeeze))
    y = gate(net, name + "/expand", net.gemm(name + "/expand", y, channels))
    y = net.node("Reshape", name + "/reshape", y, net.ints(1, channels, 1, 1))
    return net.node("Mul", name + "/scale", x, y)


def mobilenet_v3():
    """Large, of an early port: gates stand before the activation, and stage 5 differs."""
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
        (5, 672, 160, True, swish, 1),
        (5, 672, 160, True, swish, 2),
        (5, 960, 160, True, swish, 1),
    ]
    net = Network(folded=True)
    x = net.conv_norm("stem", net.input(1, 3, 224, 224), 16, 3, 2)
    x = net.node("Mul", "stem/hard_swish", x, net.hard_sigmoid("stem", x))
    for index, block in enumerate(blocks, 1):
        x = early_gated_residual(net, f"block{index}", x, *block)
    x = net.conv_norm("head", x, 960, activation=swish)
    x = net.flatten("head/flatten", net.global_average_pool("head/pool", x))
    x = net.gemm("head/hidden", swish(net, "head/pool", x), 1280)
    x = net.gemm("head/logits", swish(net, "head/hidden", x), 1000)
    net.output(net.softmax("head", x), 1, 1000)
    return net


def early_gated_residual(net, name, x, kernel, expanded, filters, squeezes, activation, stride):
    y = x
    if expanded != net.width[x]:
        y = net.conv_norm(name + "/expand", y, expanded, activation=activation)
    y = net.depthwise(name + "/depthwise", y, kernel, stride)
    if squeezes:
        squeeze = expanded // 4
        y = dense_squeeze_excite(
            net, name + "/gate", y, squeeze, Network.relu, Network.hard_sigmoid
        )
    y = activation(net, name + "/depthwise", y)
    y = net.conv_norm(name + "/project", y, filters)
    keeps_shape = stride == 1 and filters == net.width[x]
    return net.add(name + "/add", x, y) if keeps_shape else y


def efficientnet_b0():
    gate = partial(dense_squeeze_excite, activation=Network.swish, gate=Network.sigmoid)
    net = Network(folded=True)
    x = net.conv_norm("stem", net.input(1, 3, 224, 224), 32, 3, 2, activation=Network.swish)
    x = inverted_residual_stages(net, x, EFFICIENTNET_B0_STAGES, Network.swish, gate)
    return averaged_classes(net, net.conv_norm("head", x, 1280, activation=Network.swish))


def efficientnetv2_b0():
    """Tan and Le 2021, arXiv 2104.00298, from TensorFlow. Its logits have no softmax."""
    net = Network(folded=True)
    x = net.input(1, 3, 224, 224)
    x = net.conv_norm("stem", x, 32, 3, 2, pads=SAME_STRIDE_2, activation=Network.swish)
    x = net.conv_norm("stage1", x, 16, 3, activation=Network.swish)
    for stage, (filters, expansion, blocks) in enumerate([(32, 4, 2), (48, 4, 2)], 2):
        for block in range(1, blocks + 1):
            name, stride = f"stage{stage}/block{block}", 2 if block == 1 else 1
            x = tensorflow_residual(net, name, x, filters, expansion, stride, fused_filter)
    for stage, (filters, expansion, blocks) in enumerate([(96, 4, 3), (112, 6, 5), (192, 6, 8)], 4):
        for block in range(1, blocks + 1):
            name, stride = f"stage{stage}/block{block}", 2 if block == 1 and stage != 5 else 1
            x = tensorflow_residual(net, name, x, filters, expansion, stride, gated_filter)
    x = net.conv_norm("head", x, 1280, activation=Network.swish)
    return classifier(net, net.global_average_pool("head/pool", x), 1000)


def tensorflow_residual(net, name, x, filters, expansion, stride, filtered):
    """Where there is a shortcut, the bias of the last convolution is added after it."""
    pads = SAME_STRIDE_2 if stride == 2 else None
    y = filtered(net, name, x, expansion * net.width[x], stride, pads)
    if stride != 1 or filters != net.width[x]:
        return net.conv(name + "/project", y, filters)
    y = net.add(name + "/add", x, net.conv(name + "/project", y, filters, bias=False))
    return net.add(name + "/bias", y, net.parameter("bias", 1, filters, 1, 1))


def fused_filter(net, name, x, expanded, stride, pads):
    """One 3x3 convolution expands and filters."""
    name += "/expand"
    return net.conv_norm(name, x, expanded, 3, stride, pads=pads, activation=Network.swish)


def gated_filter(net, name, x, expanded, stride, pads):
    squeeze, swish = net.width[x] // 4, Network.swish
    y = net.conv_norm(name + "/expand", x, expanded, activation=swish)
    y = net.depthwise(name + "/depthwise", y, 3, stride, pads=pads, activation=swish)
    mean = Network.mean_of_picture
    return squeeze_excite(net, name + "/gate", y, squeeze, swish, Network.sigmoid, mean)


def regnety_400m():
    """Radosavovic et al. 2020, arXiv 2003.13678: RegNetY-400MF, groups of eight channels."""
    net = Network(folded=True)
    x = net.conv_norm("stem", net.input(1, 3, 224, 224), 32, 3, 2, activation=Network.relu)
    for stage, (filters, blocks) in enumerate([(48, 1), (104, 3), (208, 6), (440, 6)], 1):
        for block in range(1, blocks + 1):
            x = regnet_block(net, f"stage{stage}/block{block}", x, filters, 2 if block == 1 else 1)
    return averaged_classes(net, x)


def regnet_block(net, name, x, filters, stride):
    relu, squeeze = Network.relu, net.width[x] // 4
    y = net.conv_norm(name + "/conv1", x, filters, activation=relu)
    y = net.conv_norm(name + "/conv2", y, filters, 3, stride, filters // 8, activation=relu)
    y = dense_squeeze_excite(net, name + "/gate", y, squeeze, relu, Network.sigmoid)
    y = net.conv_norm(name + "/conv3", y, filters)
    if stride != 1:
        x = net.conv_norm(name + "/shortcut", x, filters, 1, stride)
    return relu(net, name, net.add(name + "/add", x, y))


def vision_transformer():
    """Dosovitskiy et al. 2020, arXiv 2010.11929: base, patches of 32x32 pixels, for 384x384."""
    attention = partial(separate_self_attention, heads=12, scales_queries=True)
    net = Network()
    x = vit_embedding(net, size=384, patch=32, width=768)
    for index in range(1, 13):
        x = vit_block(net, f"block{index}", x, attention)
    x = net.layer_norm("head/norm", x)
    x = net.node("Slice", "head/class_token", x, net.ints(0), net.ints(1), net.ints(1))
    net.output(net.softmax("head", net.linear("head/logits", x, 1000)), 1, 1, 1000)
    return net


def blazeface():
    """Bazarevsky et al. 2019, arXiv 1907.05047: the body for front cameras, 16x16 and 8x8."""
    blocks = [  # filters, stride
        (24, 1),
        (28, 1),
        (32, 2),
        (36, 1),
        (42, 1),
        (48, 2),
        (56, 1),
        (64, 1),
        (72, 1),
        (80, 1),
        (88, 1),
        (96, 2),
        *4 * [(96, 1)],
    ]
    net = Network(folded=True)
    x = net.pad("stem/pad", net.input(1, 3, 128, 128), top=1, left=1, bottom=2, right=2)
    x = net.conv_norm("stem", x, 24, 5, 2, pads=[0, 0, 0, 0], activation=Network.relu)
    for index, (filters, stride) in enumerate(blocks, 1):
        x = blaze_block(net, f"block{index}", x, filters, stride)
    net.output(x, 1, 96, 8, 8)
    return net


def blaze_block(net, name, x, filters, stride):
    """The shortcut is filled up with channels of zeros."""
    y, shortcut, pads = x, x, None
    if stride == 2:
        y, pads = net.pad(name + "/pad", x, bottom=2, right=2), [0, 0, 0, 0]
        shortcut = net.max_pool(name + "/pool", x, 2, 2)
    if filters != net.width[x]:
        added = filters - net.width[x]
        shortcut = net.pad(name + "/channels", shortcut, channels=added)
    y = net.depthwise(name + "/depthwise", y, 3, stride, pads=pads)
    y = net.conv_norm(name + "/pointwise", y, filters)
    return net.relu(name, net.add(name + "/add", y, shortcut))
