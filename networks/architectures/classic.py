"""Networks before phones mattered: ResNet, SqueezeNet, VGG and the blocks of Inception v1."""

from functools import partial

from architectures.builder import Network, classifier


def basic_block(net, name, x, filters, stride, projects=False):
    y = net.conv_norm(name + "/conv1", x, filters, 3, stride, activation=Network.relu)
    y = net.conv_norm(name + "/conv2", y, filters, 3)
    return shortcut(net, name, x, y, stride, projects)


def bottleneck_block(
    net, name, x, filters, stride, projects=False, strides_first=False, wider=1, groups=1
):
    """The stride is on the 3x3 convolution (ResNet v1.5) or, as first published, on the 1x1.

    ResNeXt and Wide ResNet are `wider` in the middle, the former in `groups`.
    """
    first, second = (stride, 1) if strides_first else (1, stride)
    inner, relu = filters * wider, Network.relu
    y = net.conv_norm(name + "/conv1", x, inner, 1, first, activation=relu)
    y = net.conv_norm(name + "/conv2", y, inner, 3, second, groups, activation=relu)
    y = net.conv_norm(name + "/conv3", y, 4 * filters)
    return shortcut(net, name, x, y, stride, projects)


def shortcut(net, name, x, y, stride, projects=False):
    """Adds x to y, through a convolution where shapes differ or where `projects` demands it."""
    if projects or stride != 1 or net.width[x] != net.width[y]:
        x = net.conv_norm(name + "/shortcut", x, net.width[y], 1, stride)
    return net.relu(name, net.add(name + "/add", y, x))


def resnet(residual_block, blocks_of_stage):
    """He et al. 2015, arXiv 1512.03385, table 1, as in torchvision."""
    net = Network()
    x = net.input(1, 3, 224, 224)
    x = net.conv_norm("stem", x, 64, 7, 2, activation=Network.relu)
    x = net.max_pool("stem/pool", x, 3, 2, pads=[1, 1, 1, 1])
    x = residual_stages(net, x, residual_block, blocks_of_stage)
    return classifier(net, net.global_average_pool("head/pool", x), 1000)


def residual_stages(net, x, residual_block, blocks_of_stage, projects=False):
    """With `projects`, the first block of every stage has a convolution in its shortcut."""
    for stage, blocks in enumerate(blocks_of_stage, 1):
        for block in range(1, blocks + 1):
            stride = 2 if stage > 1 and block == 1 else 1
            name, filters = f"stage{stage}/block{block}", 32 * 2**stage
            x = residual_block(net, name, x, filters, stride, projects and block == 1)
    return x


RESNET18, RESNET34, RESNET50 = (2, 2, 2, 2), (3, 4, 6, 3), (3, 4, 6, 3)
RESNET101, RESNET152 = (3, 4, 23, 3), (3, 8, 36, 3)


def squeezenet(release, size=224, classes=1000):
    """Iandola et al. 2016, arXiv 1602.07360, releases 1.0 and 1.1."""
    net = Network()
    x = squeezenet_features(net, net.input(1, 3, size, size), release)[-1]
    x = net.relu("head", net.conv("head", x, classes))
    x = net.flatten("head/flatten", net.global_average_pool("head/pool", x))
    net.output(x, 1, classes)
    return net


def squeezenet_features(net, x, release="1.1"):
    """The outputs of its eight fire modules. Release 1.0 starts wider and pools later."""
    fires = [(16, 64), (16, 64), (32, 128), (32, 128), (48, 192), (48, 192), (64, 256), (64, 256)]
    filters, kernel, pooled = {"1.0": (96, 7, (2, 5, 9)), "1.1": (64, 3, (2, 4, 6))}[release]
    outputs = []
    x = net.relu("stem", net.conv("stem", x, filters, kernel, 2, pads=[0, 0, 0, 0]))
    for index, (squeeze, expand) in enumerate(fires, 2):
        if index in pooled:
            x = net.max_pool(f"pool{index}", x, 3, 2, ceil_mode=1)
        x = fire(net, f"fire{index}", x, squeeze, expand)
        outputs.append(x)
    return outputs


def fire(net, name, x, squeeze, expand):
    x = net.relu(name + "/squeeze", net.conv(name + "/squeeze", x, squeeze))
    a = net.relu(name + "/expand1x1", net.conv(name + "/expand1x1", x, expand))
    b = net.relu(name + "/expand3x3", net.conv(name + "/expand3x3", x, expand, 3))
    return net.concat(name + "/concat", a, b)


VGG16 = (2, 2, 3, 3, 3)  # convolutions of each stage


def vgg(convs_of_stage, softmax=False):
    """Simonyan and Zisserman 2014, arXiv 1409.1556, configurations A, B, D and E."""
    net = Network(folded=True)
    x = net.input(1, 3, 224, 224)
    for stage, (filters, convs) in enumerate(zip((64, 128, 256, 512, 512), convs_of_stage), 1):
        for conv in range(1, convs + 1):
            x = net.conv_norm(f"stage{stage}/conv{conv}", x, filters, 3, activation=Network.relu)
        x = net.max_pool(f"stage{stage}/pool", x, 2, 2)
    return two_hidden_layers(net, x, 7 * 7, softmax)


def two_hidden_layers(net, x, positions, softmax=False):
    """The fully connected end of AlexNet and VGG."""
    x = net.flatten("head/flatten", x, positions)
    for name in ("head/hidden1", "head/hidden2"):
        x = net.relu(name, net.gemm(name, x, 4096))
    x = net.gemm("head/logits", x, 1000)
    net.output(net.softmax("head", x) if softmax else x, 1, 1000)
    return net


INCEPTION_V1 = {  # 1x1, reduce 3x3, 3x3, reduce 5x5, 5x5, after the pool
    "3a": (64, 96, 128, 16, 32, 32),
    "3b": (128, 128, 192, 32, 96, 64),
    "4a": (192, 96, 208, 16, 48, 64),
    "4b": (160, 112, 224, 24, 64, 64),
    "4c": (128, 128, 256, 24, 64, 64),
    "4d": (112, 144, 288, 32, 64, 64),
    "4e": (256, 160, 320, 32, 128, 128),
    "5a": (256, 160, 320, 32, 128, 128),
    "5b": (384, 192, 384, 48, 128, 128),
}


def inception(net, name, x, plain, reduce_b, filters_b, reduce_c, filters_c, after_pool, largest=5):
    """Four branches; `largest` is the kernel of the third."""
    conv = partial(Network.conv_norm, activation=Network.relu)
    a = conv(net, name + "/1x1", x, plain)
    b = conv(net, name + "/3x3", conv(net, name + "/3x3/reduce", x, reduce_b), filters_b, 3)
    c = conv(net, name + "/5x5", conv(net, name + "/5x5/reduce", x, reduce_c), filters_c, largest)
    pooled = net.max_pool(name + "/pool", x, 3, 1, pads=[1, 1, 1, 1])
    d = conv(net, name + "/pool/1x1", pooled, after_pool)
    return net.concat(name + "/concat", a, b, c, d)
