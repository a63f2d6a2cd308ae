"""ShuffleNet v1 and v2, and the variants of v2 that detectors build on."""

from typing import Callable, NamedTuple

from architectures.builder import Network


def shuffle(net, name, x, groups, size):
    """Reads the channels, which lie in `groups` rows, by columns; `size` is that of the picture."""
    channels = net.width[x]
    apart = net.ints(1, groups, channels // groups, size, size)
    x = net.node("Reshape", name + "/apart", x, apart, width=channels)
    x = net.transpose(name + "/transpose", x, 0, 2, 1, 3, 4)
    return net.node("Reshape", name, x, net.ints(1, channels, size, size))


def grouped(net, name, x, filters, groups, activation=None):
    return net.conv_norm(name, x, filters, groups=groups, activation=activation)


# -------------------------------------------------------------------------------------- version 1


def shufflenet_v1_stages(net, x, groups, stages):
    """Zhang et al. 2017, arXiv 1707.01083. Stages are (filters, units, size of their output)."""
    for stage, (filters, units, size) in enumerate(stages, 2):
        x = shrinking_unit_v1(net, f"stage{stage}/unit1", x, filters, groups, size, stage == 2)
        for unit in range(2, units + 1):
            x = shuffle_unit_v1(net, f"stage{stage}/unit{unit}", x, groups, size)
    return x


def shuffle_unit_v1(net, name, x, groups, size):
    filters = net.width[x]
    y = grouped(net, name + "/reduce", x, filters // 4, groups, Network.relu)
    y = shuffle(net, name + "/shuffle", y, groups, size)
    y = net.depthwise(name + "/depthwise", y, 3)
    y = grouped(net, name + "/expand", y, filters, groups)
    return net.relu(name, net.add(name + "/add", x, y))


def shrinking_unit_v1(net, name, x, filters, groups, size, is_first):
    """Appends its result to the averaged input; the very first neither groups nor shuffles."""
    added, pads = filters - net.width[x], [0, 0, 1, 1]
    shortcut = net.average_pool(name + "/pool", x, 3, 2, pads=pads)
    if is_first:
        y = net.conv_norm(name + "/reduce", x, added // 4, activation=Network.relu)
    else:
        y = grouped(net, name + "/reduce", x, added // 4, groups, Network.relu)
        y = shuffle(net, name + "/shuffle", y, groups, 2 * size)
    y = net.depthwise(name + "/depthwise", y, 3, 2)
    y = grouped(net, name + "/expand", y, added, groups)
    return net.relu(name, net.concat(name + "/concat", shortcut, y))


# -------------------------------------------------------------------------------------- version 2


def halves_by_split(net, name, x):
    return net.split_channels(name, x, *2 * [net.width[x] // 2])


def halves_by_slices(net, name, x):
    half = net.width[x] // 2
    kept = net.slice_channels(name + "/kept", x, 0, half)
    return kept, net.slice_channels(name + "/worked_on", x, half, 2 * half)


class V2(NamedTuple):
    """What differs between files of ShuffleNet v2.

    The original shuffles two rows after each unit; some detectors, before each unit of
    stride 1, and as many rows as the half has channels.
    """

    activation: Callable = Network.relu
    halves: Callable = halves_by_split
    shuffles_before: bool = False


def shufflenet_v2_stages(net, x, stages, style=V2()):
    """Ma et al. 2018, arXiv 1807.11164: the outputs of its stages.

    Stages are (filters, units, size of their output).
    """
    outputs = []
    for stage, (filters, units, size) in enumerate(stages, 2):
        for unit in range(1, units + 1):
            name = f"stage{stage}/unit{unit}"
            if unit == 1:
                x = shrinking_unit_v2(net, name, x, filters, style)
            else:
                if style.shuffles_before:
                    x = shuffle(net, name + "/shuffle", x, filters // 2, size)
                x = shuffle_unit_v2(net, name, x, style)
            if not style.shuffles_before:
                x = shuffle(net, name + "/shuffle", x, 2, size)
        outputs.append(x)
    return outputs


def shuffle_unit_v2(net, name, x, style):
    kept, y = style.halves(net, name + "/halves", x)
    y = branch_v2(net, name, y, net.width[y], 1, style.activation)
    return net.concat(name + "/concat", kept, y)


def shrinking_unit_v2(net, name, x, filters, style):
    y = net.depthwise(name + "/shortcut/depthwise", x, 3, 2)
    y = net.conv_norm(name + "/shortcut/pointwise", y, filters // 2, activation=style.activation)
    z = branch_v2(net, name, x, filters // 2, 2, style.activation)
    return net.concat(name + "/concat", y, z)


def branch_v2(net, name, x, filters, stride, activation):
    x = net.conv_norm(name + "/pointwise1", x, filters, activation=activation)
    x = net.depthwise(name + "/depthwise", x, 3, stride)
    return net.conv_norm(name + "/pointwise2", x, filters, activation=activation)
