"""Networks before phones mattered: ResNet, SqueezeNet and VGG."""

from architectures.builder import Network, classifier


def basic_block(net, name, x, filters, stride, projects=False):
    y = net.conv_norm(name + "/conv1", x, filters, 3, stride, activation=Network.relu)
    y = net.conv_norm(name + "/conv2", y, filters, 3)
    return shortcut(net, name, x, y, stride, projects)


def bottleneck_block(net, name, x, filters, stride, projects=False, strides_first=False):
    """The stride is on the 3x3 convolution (ResNet v1.5) or, as first published, on the 1x1."""
    first, second = (stride, 1) if strides_first else (1, stride)
    y = net.conv_norm(name + "/conv1", x, filters, 1, first, activation=Network.relu)
    y = net.conv_norm(name + "/conv2", y, filters, 3, second, activation=Network.relu)
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


def resnet18():
    return resnet(basic_block, [2, 2, 2, 2])


def resnet50():
    return resnet(bottleneck_block, [3, 4, 6, 3])


def squeezenet1_1():
    """Iandola et al. 2016, arXiv 1602.07360, release 1.1."""
    net = Network()
    x = squeezenet_features(net, net.input(1, 3, 224, 224))[-1]
    x = net.relu("head", net.conv("head", x, 1000))
    x = net.flatten("head/flatten", net.global_average_pool("head/pool", x))
    net.output(x, 1, 1000)
    return net


def squeezenet_features(net, x):
    """The outputs of its eight fire modules."""
    fires = [(16, 64), (16, 64), (32, 128), (32, 128), (48, 192), (48, 192), (64, 256), (64, 256)]
    outputs = []
    x = net.relu("stem", net.conv("stem", x, 64, 3, 2, pads=[0, 0, 0, 0]))
    for index, (squeeze, expand) in enumerate(fires, 2):
        if index in (2, 4, 6):
            x = net.max_pool(f"pool{index}", x, 3, 2, ceil_mode=1)
        x = fire(net, f"fire{index}", x, squeeze, expand)
        outputs.append(x)
    return outputs


def fire(net, name, x, squeeze, expand):
    x = net.relu(name + "/squeeze", net.conv(name + "/squeeze", x, squeeze))
    a = net.relu(name + "/expand1x1", net.conv(name + "/expand1x1", x, expand))
    b = net.relu(name + "/expand3x3", net.conv(name + "/expand3x3", x, expand, 3))
    return net.concat(name + "/concat", a, b)


def vgg16(softmax=False):
    """Simonyan and Zisserman 2014, arXiv 1409.1556, configuration D."""
    net = Network()
    x = net.input(1, 3, 224, 224)
    for stage, (filters, convs) in enumerate([(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)], 1):
        for conv in range(1, convs + 1):
            name = f"stage{stage}/conv{conv}"
            x = net.relu(name, net.conv(name, x, filters, 3))
        x = net.max_pool(f"stage{stage}/pool", x, 2, 2)
    return two_hidden_layers(net, x, 7 * 7, softmax)


def two_hidden_layers(net, x, positions, softmax):
    """The fully connected end of AlexNet and VGG."""
    x = net.flatten("head/flatten", x, positions)
    for name in ("head/hidden1", "head/hidden2"):
        x = net.relu(name, net.gemm(name, x, 4096))
    x = net.gemm("head/logits", x, 1000)
    net.output(net.softmax("head", x) if softmax else x, 1, 1000)
    return net
