"""Transformers: vision and language."""

import math
from functools import partial

from onnx import TensorProto

from architectures.builder import Network


def attention(net, name, heads, queries, keys, values, mask=None, scales_queries=False):
    """Scaled dot products over [batch, head, token, feature], back to [batch, token, width].

    Keys come transposed, as [batch, head, feature, token]. Either the scores or, with
    `scales_queries`, the queries are divided by the root of the features.
    """
    features = net.width[queries]
    if scales_queries:
        queries = net.node("Mul", name + "/scale", queries, net.scalar(features**-0.5))
    x = net.node("MatMul", name + "/scores", queries, keys)
    if not scales_queries:
        x = net.node("Div", name + "/scale", x, net.scalar(math.sqrt(features)))
    if mask:
        x = net.add(name + "/mask", x, mask)
    x = net.node("Softmax", name + "/softmax", x, axis=-1)
    x = net.node("MatMul", name + "/context", x, values)
    x = net.transpose(name + "/context/transpose", x, 0, 2, 1, 3)
    return net.reshape(name + "/context/merge", x, 0, 0, heads * features)


def vit_tiny_patch16_224():
    """Dosovitskiy et al. 2020, arXiv 2010.11929, with the tiny size of DeiT, as in timm."""
    net = Network()
    x = vit_embedding(net, size=224, patch=16, width=192)
    for index in range(1, 13):
        x = vit_block(net, f"block{index}", x, partial(fused_self_attention, heads=3))
    x = net.layer_norm("head/norm", x)
    x = net.node("Gather", "head/class_token", x, net.scalar(0, TensorProto.INT64), axis=1)
    net.output(net.gemm("head/logits", x, 1000), 1, 1000)
    return net


def vit_embedding(net, size, patch, width):
    """A token for the class and one for each patch of the picture."""
    tokens = 1 + (size // patch) ** 2
    x = net.input(1, 3, size, size)
    x = net.conv("embed/patch", x, width, patch, patch, pads=[0, 0, 0, 0])
    x = net.reshape("embed/reshape", x, 0, 0, -1)
    x = net.transpose("embed/transpose", x, 0, 2, 1)
    class_token = net.parameter("class_token", 1, 1, width)
    x = net.node("Concat", "embed/concat", class_token, x, width=width, axis=1)
    return net.add("embed/position", x, net.parameter("positions", 1, tokens, width))


def vit_block(net, name, x, self_attention):
    y = net.layer_norm(name + "/norm1", x)
    y = self_attention(net, name + "/attention", y)
    x = net.add(name + "/add1", x, y)
    y = net.layer_norm(name + "/norm2", x)
    y = feed_forward(net, name + "/mlp", y)
    return net.add(name + "/add2", x, y)


def fused_self_attention(net, name, x, heads):
    """One product makes queries, keys and values."""
    width = net.width[x]
    y = net.linear(name + "/qkv", x, 3 * width)
    y = net.reshape(name + "/qkv/reshape", y, 0, 0, 3, heads, width // heads)
    y = net.transpose(name + "/qkv/transpose", y, 2, 0, 3, 1, 4)
    slices = zip(("query", "key", "value"), net.split(name + "/split", y, 3, axis=0))
    query, key, value = (
        net.node("Squeeze", f"{name}/{part}", y, net.ints(0)) for part, y in slices
    )
    key = net.transpose(name + "/key/transpose", key, 0, 1, 3, 2)
    return net.linear(name + "/project", attention(net, name, heads, query, key, value), width)


def separate_self_attention(net, name, x, heads, mask=None, scales_queries=False):
    """A product each for queries, keys and values."""
    width = net.width[x]

    def projected(part, *perm):
        y = net.linear(f"{name}/{part}", x, width)
        y = net.reshape(f"{name}/{part}/reshape", y, 0, 0, heads, width // heads)
        return net.transpose(f"{name}/{part}/transpose", y, *perm)

    query = projected("query", 0, 2, 1, 3)
    key = projected("key", 0, 2, 3, 1)
    value = projected("value", 0, 2, 1, 3)
    y = attention(net, name, heads, query, key, value, mask, scales_queries)
    return net.linear(name + "/project", y, width)


def feed_forward(net, name, x):
    y = net.gelu(name + "/expand", net.linear(name + "/expand", x, 4 * net.width[x]))
    return net.linear(name + "/project", y, net.width[x])


def bert(layers, width, tokens):
    """Devlin et al. 2018, arXiv 1810.04805, uncased, with the small sizes of Turc et al. 2019."""
    net = Network()
    ids, kinds, mask = (
        net.input(1, tokens, name=name, element=TensorProto.INT64)
        for name in ("input_ids", "token_type_ids", "attention_mask")
    )
    x = bert_embedding(net, ids, kinds, width, tokens)
    mask = additive_mask(net, "mask", mask)
    for index in range(1, layers + 1):
        x = bert_layer(net, f"layer{index}", x, width // 64, mask)
    x = net.node("Gather", "pooler/first_token", x, net.scalar(0, TensorProto.INT64), axis=1)
    x = net.node("Tanh", "pooler/tanh", net.gemm("pooler", x, width))
    net.output(x, 1, width)
    return net


def bert_embedding(net, ids, kinds, width, tokens):
    positions = net.constant("positions", TensorProto.INT64, [1, tokens], range(tokens))
    words = net.embedding("embed/words", ids, 30522, width)
    kinds = net.embedding("embed/token_types", kinds, 2, width)
    positions = net.embedding("embed/positions", positions, 512, width)
    x = net.add("embed/add2", net.add("embed/add1", words, kinds), positions)
    return net.layer_norm("embed/norm", x)


def additive_mask(net, name, mask):
    """[1, tokens] of 1 and 0 becomes [1, 1, 1, tokens] of 0 and far below any score."""
    x = net.node("Unsqueeze", name + "/unsqueeze", mask, net.ints(1, 2))
    x = net.node("Cast", name + "/cast", x, to=TensorProto.FLOAT)
    x = net.node("Sub", name + "/invert", net.scalar(1.0), x)
    return net.node("Mul", name, x, net.scalar(-10000.0))


def bert_layer(net, name, x, heads, mask):
    y = separate_self_attention(net, name + "/attention", x, heads, mask)
    x = net.layer_norm(name + "/norm1", net.add(name + "/add1", x, y))
    y = feed_forward(net, name + "/mlp", x)
    return net.layer_norm(name + "/norm2", net.add(name + "/add2", x, y))
