"""The builder of graphs: what every architecture is written with."""

import math

from onnx import TensorProto, helper

OPSET, IR_VERSION = 17, 8


class Network:
    """An ONNX graph under construction. Methods add nodes and return the name of the new tensor.

    `width` remembers the size of each tensor's channel axis (the last axis of token sequences),
    which is all that is needed to shape the weights of the next layer. With `folded`, batch norms
    are folded into the bias of their convolution, as converters for deployment do.
    """

    def __init__(self, folded=False):
        self.folded = folded
        self.nodes, self.constants, self.inputs, self.outputs = [], {}, [], []
        self.width = {}
        self.parameters = 0

    def input(self, *shape, name="input", element=TensorProto.FLOAT):
        self.inputs.append(helper.make_tensor_value_info(name, element, shape))
        self.width[name] = shape[1]
        return name

    def output(self, tensor, *shape, name="output"):
        """Makes `tensor`, which no other node may read, an output of the network."""
        [producer] = [node for node in self.nodes if node.output[0] == tensor]
        producer.output[0] = name
        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))

    def node(self, op, name, *inputs, width=None, **attributes):
        """Adds a node; it keeps the width of its first input unless told otherwise."""
        assert name not in self.width, f"two nodes are named {name}"
        self.nodes.append(helper.make_node(op, inputs, [name], name=name, **attributes))
        self.width[name] = width or self.width.get(inputs[0])
        return name

    # Constants and parameters

    def constant(self, name, element, dims, values):
        self.constants[name] = helper.make_tensor(name, element, dims, values)
        return name

    def scalar(self, value, element=TensorProto.FLOAT):
        return self.constant(f"scalar {value}", element, [], [value])

    def ints(self, *values):
        name = "x".join(map(str, values))
        return self.constant(name, TensorProto.INT64, [len(values)], values)

    def parameter(self, role, *shape):
        """A trained tensor, all zeros. Of these there are hundreds, so their names are short."""
        self.parameters += 1
        name = f"{role}{self.parameters}"
        self.nodes.append(helper.make_node("ConstantOfShape", [self.ints(*shape)], [name]))
        return name

    # Layers

    def conv(self, name, x, filters, kernel=1, stride=1, groups=1, pads=None, bias=True):
        """`kernel` and `stride` may be pairs; by default `pads` keeps the size at stride 1."""
        kernel, stride = pair(kernel), pair(stride)
        pads = pads or 2 * [(size - 1) // 2 for size in kernel]
        attributes = {"kernel_shape": kernel}
        if groups > 1:
            attributes["group"] = groups
        if any(pads):
            attributes["pads"] = pads
        if stride != [1, 1]:
            attributes["strides"] = stride
        inputs = [x, self.parameter("weight", filters, self.width[x] // groups, *kernel)]
        if bias:
            inputs.append(self.parameter("bias", filters))
        return self.node("Conv", name, *inputs, width=filters, **attributes)

    def depthwise_transposed(self, name, x, filters, kernel, stride, pads=None):
        """Enlarges by `stride`; each filter reads the channels of its own group."""
        weight = self.parameter("weight", self.width[x], 1, *pair(kernel))
        attributes = {"kernel_shape": pair(kernel), "strides": pair(stride), "group": filters}
        if pads:
            attributes["pads"] = pads
        return self.node("ConvTranspose", name, x, weight, width=filters, **attributes)

    def batch_norm(self, name, x):
        parts = ("scale", "shift", "mean", "variance")
        inputs = [self.parameter(part, self.width[x]) for part in parts]
        return self.node("BatchNormalization", name, x, *inputs)

    def conv_norm(self, name, x, filters, *args, activation=None, **kwargs):
        """A convolution, its batch norm and its activation."""
        y = self.conv(name, x, filters, *args, bias=self.folded, **kwargs)
        if not self.folded:
            y = self.batch_norm(name + "/norm", y)
        return activation(self, name, y) if activation else y

    def depthwise(self, name, x, *args, **kwargs):
        return self.conv_norm(name, x, self.width[x], *args, groups=self.width[x], **kwargs)

    def gemm(self, name, x, units):
        weight = self.parameter("weight", units, self.width[x])
        bias = self.parameter("bias", units)
        return self.node("Gemm", name, x, weight, bias, width=units, transB=1)

    def linear(self, name, x, units):
        """Fully connected over the last axis, for tensors of more than two axes."""
        weight = self.parameter("weight", self.width[x], units)
        y = self.node("MatMul", name, x, weight, width=units)
        return self.node("Add", name + "/bias", y, self.parameter("bias", units))

    def local_response_norm(self, name, x):
        return self.node("LRN", name, x, size=5)

    def layer_norm(self, name, x):
        scale = self.parameter("scale", self.width[x])
        shift = self.parameter("shift", self.width[x])
        return self.node("LayerNormalization", name, x, scale, shift)

    def embedding(self, name, ids, rows, width):
        table = self.parameter("table", rows, width)
        return self.node("Gather", name, table, ids, width=width)

    def add(self, name, x, y):
        return self.node("Add", name, x, y)

    def concat(self, name, *tensors):
        width = sum(self.width[tensor] for tensor in tensors)
        return self.node("Concat", name, *tensors, width=width, axis=1)

    def split(self, name, x, parts, axis):
        """Equal parts along an axis that is not the channel axis."""
        outputs = [f"{name}/{part}" for part in range(parts)]
        self.nodes.append(helper.make_node("Split", [x], outputs, name=name, axis=axis))
        self.width.update((output, self.width[x]) for output in outputs)
        return outputs

    def split_channels(self, name, x, *widths):
        outputs = [f"{name}/{part}" for part in range(len(widths))]
        sizes = self.ints(*widths)
        self.nodes.append(helper.make_node("Split", [x, sizes], outputs, name=name, axis=1))
        self.width.update(zip(outputs, widths))
        return outputs

    def slice_channels(self, name, x, start, end):
        bounds = self.ints(start), self.ints(end), self.ints(1)
        return self.node("Slice", name, x, *bounds, width=end - start)

    def pad(self, name, x, channels=0, top=0, left=0, bottom=0, right=0):
        """Zeros around the picture, and below the channels."""
        pads = self.ints(0, 0, top, left, 0, channels, bottom, right)
        return self.node("Pad", name, x, pads, width=self.width[x] + channels)

    def reshape(self, name, x, *shape):
        """0 keeps an axis as it is, -1 takes what is left over."""
        return self.node("Reshape", name, x, self.ints(*shape), width=shape[-1])

    def transpose(self, name, x, *perm):
        return self.node("Transpose", name, x, perm=perm)

    # Pooling

    def max_pool(self, name, x, kernel, stride, **attributes):
        return self.node(
            "MaxPool", name, x, kernel_shape=pair(kernel), strides=pair(stride), **attributes
        )

    def average_pool(self, name, x, kernel, stride=None, **attributes):
        """Windows lie side by side unless `stride` says otherwise."""
        strides = pair(stride or kernel)
        return self.node(
            "AveragePool", name, x, kernel_shape=pair(kernel), strides=strides, **attributes
        )

    def global_average_pool(self, name, x):
        return self.node("GlobalAveragePool", name, x)

    def mean_of_picture(self, name, x):
        """The same as global_average_pool, as TensorFlow's exporter writes it."""
        return self.node("ReduceMean", name, x, axes=[2, 3])

    def flatten(self, name, x, positions=1):
        return self.node("Flatten", name, x, width=self.width[x] * positions)

    # Activations, each named after the layer that it ends

    def relu(self, name, x):
        return self.node("Relu", name + "/relu", x)

    def relu6(self, name, x):
        return self.node("Clip", name + "/relu6", x, self.scalar(0.0), self.scalar(6.0))

    def leaky_relu(self, name, x):
        return self.node("LeakyRelu", name + "/leaky_relu", x, alpha=0.1)

    def sigmoid(self, name, x):
        return self.node("Sigmoid", name + "/sigmoid", x)

    def hard_sigmoid(self, name, x):
        return self.node("HardSigmoid", name + "/hard_sigmoid", x, alpha=1 / 6, beta=0.5)

    def hard_swish(self, name, x):
        return self.node("HardSwish", name + "/hard_swish", x)

    def swish(self, name, x):
        return self.node("Mul", name + "/swish", x, self.sigmoid(name, x))

    def gelu(self, name, x):
        """x * (1 + erf(x / sqrt 2)) / 2, spelled out as exporters do before opset 20."""
        y = self.node("Div", name + "/gelu/div", x, self.scalar(math.sqrt(2)))
        y = self.node("Erf", name + "/gelu/erf", y)
        y = self.node("Add", name + "/gelu/add", y, self.scalar(1.0))
        y = self.node("Mul", name + "/gelu/mul", x, y)
        return self.node("Mul", name + "/gelu/half", y, self.scalar(0.5))

    def softmax(self, name, x, **attributes):
        return self.node("Softmax", name + "/softmax", x, **attributes)

    # The result

    def model(self, name):
        graph = helper.make_graph(
            self.nodes, name, self.inputs, self.outputs, list(self.constants.values())
        )
        return helper.make_model(
            graph,
            producer_name="roofbeam",
            ir_version=IR_VERSION,
            opset_imports=[helper.make_opsetid("", OPSET)],
        )


def pair(value):
    return list(value) if isinstance(value, (list, tuple)) else [value, value]


def divisible(channels, by=8):
    """Rounds to a multiple, never down by more than a tenth: how the MobileNets scale widths."""
    rounded = max(by, int(channels + by / 2) // by * by)
    return rounded if rounded >= 0.9 * channels else rounded + by


def classifier(net, x, classes, positions=1, softmax=False):
    x = net.flatten("head/flatten", x, positions)
    x = net.gemm("head/logits", x, classes)
    net.output(net.softmax("head", x) if softmax else x, 1, classes)
    return net
