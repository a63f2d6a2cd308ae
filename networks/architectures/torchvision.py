"""Networks of torchvision that no other module has, as its `models` folder defines them."""

from functools import partial

from architectures.builder import Network, classifier
from architectures.classic import INCEPTION_V1, inception, two_hidden_layers
from architectures.shuffle import shufflenet_v2_stages


def averaged_classes(net, x):
    return classifier(net, net.global_average_pool("head/pool", x), 1000)


def alexnet():
    """Krizhevsky 2014, arXiv 1404.5997: one column, without groups and normalisation."""
    net = Network(folded=True)
    conv = partial(Network.conv_norm, activation=Network.relu)
    x = conv(net, "conv1", net.input(1, 3, 224, 224), 64, 11, 4, pads=[2, 2, 2, 2])
    x = conv(net, "conv2", net.max_pool("pool1", x, 3, 2), 192, 5)
    x = conv(net, "conv3", net.max_pool("pool2", x, 3, 2), 384, 3)
    x = conv(net, "conv5", conv(net, "conv4", x, 256, 3), 256, 3)
    return two_hidden_layers(net, net.max_pool("pool5", x, 3, 2), 6 * 6)


def googlenet():
    """Szegedy et al. 2014, arXiv 1409.4842, with batch norms and 3x3 in place of 5x5 kernels."""
    net = Network()
    conv = partial(Network.conv_norm, activation=Network.relu)
    x = conv(net, "conv1", net.input(1, 3, 224, 224), 64, 7, 2)
    x = conv(net, "conv2", net.max_pool("pool1", x, 3, 2, ceil_mode=1), 64)
    x = net.max_pool("pool2", conv(net, "conv3", x, 192, 3), 3, 2, ceil_mode=1)
    for block, filters in INCEPTION_V1.items():
        if block == "4a":
            x = net.max_pool("pool3", x, 3, 2, ceil_mode=1)
        if block == "5a":
            x = net.max_pool("pool4", x, 2, 2, ceil_mode=1)
        x = inception(net, f"inception{block}", x, *filters, largest=3)
    return averaged_classes(net, x)


def shufflenet_v2(filters, last_conv):
    net = Network()
    relu = Network.relu
    x = net.conv_norm("stem", net.input(1, 3, 224, 224), 24, 3, 2, activation=relu)
    x = net.max_pool("stem/pool", x, 3, 2, pads=[1, 1, 1, 1])
    x = shufflenet_v2_stages(net, x, list(zip(filters, (4, 8, 4), (28, 14, 7))))[-1]
    return averaged_classes(net, net.conv_norm("head", x, last_conv, activation=relu))


# --------------------------------------------------------------------------------------- DenseNet


def densenet(growth, layers_of_stage, first_filters):
    """Huang et al. 2016, arXiv 1608.06993: norms and activations stand before convolutions."""
    net = Network()
    x = net.input(1, 3, 224, 224)
    x = net.conv_norm("stem", x, first_filters, 7, 2, activation=Network.relu)
    x = net.max_pool("stem/pool", x, 3, 2, pads=[1, 1, 1, 1])
    for stage, layers in enumerate(layers_of_stage, 1):
        if stage > 1:
            x = norm_conv(net, f"transition{stage - 1}", x, net.width[x] // 2)
            x = net.average_pool(f"transition{stage - 1}/pool", x, 2)
        x = dense_stage(net, f"stage{stage}", x, growth, layers)
    x = net.relu("head", net.batch_norm("head/norm", x))
    return averaged_classes(net, x)


def dense_stage(net, name, x, growth, layers):
    """Each layer reads the outputs of all before it."""
    outputs = [x]
    for layer in range(1, layers + 1):
        place = f"{name}/layer{layer}"
        x = net.concat(place + "/concat", *outputs) if layer > 1 else x
        x = norm_conv(net, place + "/conv1", x, 4 * growth)
        outputs.append(norm_conv(net, place + "/conv2", x, growth, 3))
    return net.concat(name + "/concat", *outputs)


def norm_conv(net, name, x, filters, kernel=1):
    x = net.relu(name, net.batch_norm(name + "/norm", x))
    return net.conv(name, x, filters, kernel, bias=False)


# ------------------------------------------------------------------------------------ Inception v3


def conv(net, name, x, filters, kernel=1, stride=1, pads=None):
    return net.conv_norm(name, x, filters, kernel, stride, pads=pads, activation=Network.relu)


NO_PADS = [0, 0, 0, 0]


def inception_v3():
    """Szegedy et al. 2015, arXiv 1512.00567, without the auxiliary classifier."""
    net = Network()
    x = conv(net, "stem1", net.input(1, 3, 299, 299), 32, 3, 2, NO_PADS)
    x = conv(net, "stem3", conv(net, "stem2", x, 32, 3, 1, NO_PADS), 64, 3)
    x = conv(net, "stem4", net.max_pool("pool1", x, 3, 2), 80)
    x = net.max_pool("pool2", conv(net, "stem5", x, 192, 3, 1, NO_PADS), 3, 2)
    for index, after_pool in enumerate((32, 64, 64), 1):
        x = inception_a(net, f"a{index}", x, after_pool)
    x = shrinking_a(net, "shrink1", x)
    for index, inner in enumerate((128, 160, 160, 192), 1):
        x = inception_b(net, f"b{index}", x, inner)
    x = shrinking_b(net, "shrink2", x)
    for index in (1, 2):
        x = inception_c(net, f"c{index}", x)
    return averaged_classes(net, x)


def chain(net, name, x, *convs):
    """Convolutions in a row, each (filters, kernel) or (filters, kernel, stride, pads)."""
    for index, args in enumerate(convs, 1):
        x = conv(net, f"{name}/conv{index}", x, *args)
    return x


def averaged_branch(net, name, x, filters):
    x = net.average_pool(name + "/pool", x, 3, 1, pads=[1, 1, 1, 1])
    return conv(net, name + "/pool/conv", x, filters)


def inception_a(net, name, x, after_pool):
    a = chain(net, name + "/1x1", x, (64, 1))
    b = chain(net, name + "/5x5", x, (48, 1), (64, 5))
    c = chain(net, name + "/3x3", x, (64, 1), (96, 3), (96, 3))
    return net.concat(name + "/concat", a, b, c, averaged_branch(net, name, x, after_pool))


def shrinking_a(net, name, x):
    a = chain(net, name + "/3x3", x, (384, 3, 2, NO_PADS))
    b = chain(net, name + "/twice3x3", x, (64, 1), (96, 3), (96, 3, 2, NO_PADS))
    return net.concat(name + "/concat", a, b, net.max_pool(name + "/pool", x, 3, 2))


def inception_b(net, name, x, inner):
    wide, tall = (1, 7), (7, 1)
    a = chain(net, name + "/1x1", x, (192, 1))
    b = chain(net, name + "/7x7", x, (inner, 1), (inner, wide), (192, tall))
    c = chain(
        net,
        name + "/twice7x7",
        x,
        (inner, 1),
        (inner, tall),
        (inner, wide),
        (inner, tall),
        (192, wide),
    )
    return net.concat(name + "/concat", a, b, c, averaged_branch(net, name, x, 192))


def shrinking_b(net, name, x):
    wide, tall = (1, 7), (7, 1)
    a = chain(net, name + "/3x3", x, (192, 1), (320, 3, 2, NO_PADS))
    b = chain(
        net, name + "/7x7", x, (192, 1), (192, wide), (192, tall), (192, 3, 2, NO_PADS)
    )
    return net.concat(name + "/concat", a, b, net.max_pool(name + "/pool", x, 3, 2))


def inception_c(net, name, x):
    a = chain(net, name + "/1x1", x, (320, 1))
    b = both_ways(net, name + "/3x3", chain(net, name + "/3x3", x, (384, 1)))
    c = both_ways(net, name + "/twice3x3", chain(net, name + "/twice3x3", x, (448, 1), (384, 3)))
    return net.concat(name + "/concat", a, b, c, averaged_branch(net, name, x, 192))


def both_ways(net, name, x):
    wide = conv(net, name + "/wide", x, 384, (1, 3))
    return net.concat(name + "/both", wide, conv(net, name + "/tall", x, 384, (3, 1)))
