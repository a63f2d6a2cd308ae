"""Networks of the case studies in scenarios/studies/ that are nobody else's.

Where a study does not say enough to rebuild its network, what was chosen here is an assumption, and
the study's page says so.
"""

from architectures.builder import Network, classifier, divisible
from architectures.mobile import MOBILENET_V3_SMALL, mobilenet_v3


def thinner_everywhere(size, width):
    """Scales all that torchvision's `width_mult` scales: what a block expands to, too."""
    blocks = [
        (kernel, divisible(expanded * width), divisible(filters * width), squeezes, act, stride)
        for kernel, expanded, filters, squeezes, act, stride in size.blocks
    ]
    return size._replace(blocks=blocks, last_conv=6 * blocks[-1][2])


def student(width, hidden):
    """MobileNetV3-Small for ten classes with another hidden layer; torchvision's stem stays 16."""
    size = thinner_everywhere(MOBILENET_V3_SMALL, width)
    return mobilenet_v3(size._replace(last_gemm=hidden), classes=10)


TINY_BLOCKS = [(32, 2), (64, 2), (64, 1), (96, 2), (96, 1), (128, 2)]  # filters, stride


def tiny_student():
    """A stem of 16, six depthwise separable blocks to 128, a pool; 128x128 pixels.

    The study states both ends and some 41 thousand parameters; the widths between are chosen here
    so that the sum is right.
    """
    net = Network()
    x = net.conv_norm("stem", net.input(1, 3, 128, 128), 16, 3, 2, activation=Network.relu)
    for index, (filters, stride) in enumerate(TINY_BLOCKS, 1):
        x = net.depthwise(f"block{index}/depthwise", x, 3, stride, activation=Network.relu)
        x = net.conv_norm(f"block{index}/pointwise", x, filters, activation=Network.relu)
    return classifier(net, net.global_average_pool("head/pool", x), 10)


def audio_cnn(bins, frames, filters, hidden, classes):
    """Sounds: convolutions and pools over a spectrogram, then a wide fully connected layer.

    The study states the sizes of its files and nothing of the network. Nearly all parameters of
    such a network are in its hidden layer.
    """
    net = Network()
    x = net.input(1, 1, bins, frames)
    for index, width in enumerate(filters, 1):
        x = net.conv_norm(f"conv{index}", x, width, 3, activation=Network.relu)
        x = net.max_pool(f"pool{index}", x, 2, 2)
        bins, frames = bins // 2, frames // 2
    x = net.flatten("head/flatten", x, bins * frames)
    x = net.relu("head/hidden", net.gemm("head/hidden", x, hidden))
    net.output(net.gemm("head/logits", x, classes), 1, classes)
    return net
