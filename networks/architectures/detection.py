"""Networks that find objects."""

from functools import partial

from onnx import TensorProto

from architectures.builder import Network


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
    """Doubles the picture by repeating its pixels."""
    attributes = {"coordinate_transformation_mode": "asymmetric", "nearest_mode": "floor"}
    scales = net.constant("scales", TensorProto.FLOAT, [4], [1.0, 1.0, 2.0, 2.0])
    return net.node("Resize", name, x, "", scales, mode="nearest", **attributes)


def resize_linear(net, name, x, scale):
    scales = net.constant(f"scales {scale}", TensorProto.FLOAT, [4], [1.0, 1.0, scale, scale])
    return net.node("Resize", name, x, "", scales, mode="linear")


def yolo_head(net, name, x, classes, cells):
    """Three anchors a cell, each with four coordinates, an objectness and the classes."""
    filters = 3 * (4 + 1 + classes)
    x = net.conv(name + "/predict", x, filters)
    net.output(x, 1, filters, cells, cells, name=f"output_{name}")
