"""The reference networks of MLPerf Tiny v1.0."""

from architectures.builder import Network, classifier
from architectures.classic import shortcut
from architectures.mobile import SAME_STRIDE_2, mobilenet_v1_features


def mlperftiny_head(net, x, classes, pool):
    return classifier(net, net.average_pool("head/pool", x, pool), classes, softmax=True)


def mobilenet_v1_vww():
    """Visual wake words: is there a person in the picture?"""
    net = Network(folded=True)
    x = mobilenet_v1_features(net, 0.25, 96, Network.relu)[-1]
    return mlperftiny_head(net, x, 2, 3)


def resnet8_mlperftiny():
    """Image classification on CIFAR-10. Shortcuts of its wider stages are bare convolutions."""
    return cifar_resnet(1, 10)


def cifar_resnet(blocks, classes):
    """He et al. 2015, arXiv 1512.03385, section 4.2, as in the examples of Keras."""
    net = Network(folded=True)
    x = net.conv_norm("stem", net.input(1, 3, 32, 32), 16, 3, activation=Network.relu)
    for stage, filters in enumerate((16, 32, 64), 1):
        for block in range(1, blocks + 1):
            name = f"stage{stage}" if blocks == 1 else f"stage{stage}/block{block}"
            x = cifar_block(net, name, x, filters, 2 if stage > 1 and block == 1 else 1)
    return mlperftiny_head(net, x, classes, 8)


def cifar_block(net, name, x, filters, stride):
    relu, pads = Network.relu, SAME_STRIDE_2 if stride == 2 else None
    y = net.conv_norm(name + "/conv1", x, filters, 3, stride, pads=pads, activation=relu)
    y = net.conv_norm(name + "/conv2", y, filters, 3)
    return shortcut(net, name, x, y, stride)


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
