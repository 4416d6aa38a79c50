"""The trainer's networks in plain PyTorch, for its tests and benchmarks: PyTorch's autograd is the peer.

A network reads its parameters by the names that the trainer gives them, so a parameter file needs only names and shapes.
"""
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


class Tree(nn.Module):
    """Parameters and running statistics under dotted names, and the network that reads them."""

    def __init__(self, build, parameters, statistics, widths):
        super().__init__()
        self.build, self.widths, self.dropout = build, widths, None
        self.index = {}
        for name, value in parameters.items():
            self.place(name, nn.Parameter(value))
        for name, value in statistics.items():
            self.place(name, value)

    def place(self, name, value):
        node, path = self, name.split(".")
        for part in path[:-1]:
            if part not in node._modules:
                node.add_module(part, nn.Module())
            node = node._modules[part]
        if isinstance(value, nn.Parameter):
            node.register_parameter(path[-1], value)
        else:
            node.register_buffer(path[-1], value)
        self.index[name] = (node, path[-1])

    def __contains__(self, name):
        return name in self.index

    def __getitem__(self, name):
        node, leaf = self.index[name]
        return getattr(node, leaf)

    def forward(self, x):
        return self.build(self, x, *self.widths)

    def conv(self, name, x, stride=1, padding=0, groups=1):
        bias = self[name + ".bias"] if name + ".bias" in self else None
        return F.conv2d(x, self[name + ".weight"], bias, stride, padding, 1, groups)

    def norm(self, name, x, eps=1e-5):
        # Its running statistics move as the trainer's do only in the first step (momentum 1), which is all that is compared.
        return F.batch_norm(x, self[name + ".running_mean"], self[name + ".running_var"], self[name + ".weight"], self[name + ".bias"], self.training, 1.0, eps)

    def dense(self, name, x):
        return F.linear(x, self[name + ".weight"], self[name + ".bias"])


def colour(x, means=(0.485, 0.456, 0.406), deviations=(0.229, 0.224, 0.225)):
    like = dict(dtype=x.dtype, device=x.device)
    return (x - torch.tensor(means, **like).view(1, 3, 1, 1)) / torch.tensor(deviations, **like).view(1, 3, 1, 1)


def cubic_mean(x):
    return ((x ** 3).mean((2, 3)) + 1e-6) ** (1 / 3)


def finish(net, x, name, pool=lambda x: x.mean((2, 3))):
    x = pool(x)
    if "head.weight" in net:
        x = F.relu(net.dense("head", x))
    return net.dense(name, x)


def residual(net, x, stages):
    x = F.relu(net.norm("stem.norm", F.max_pool2d(net.conv("stem", x, 2, 2), 2)))
    for i in range(1, stages + 1):
        name = f"stage{i}"
        halves = 1 < i < stages
        shortcut = F.avg_pool2d(x, 2) if halves else x
        if i > 1:
            shortcut = net.norm(name + ".shortcut.norm", net.conv(name + ".shortcut", shortcut))
        y = F.relu(net.norm(name + ".conv1.norm", net.conv(name + ".conv1", x, 2 if halves else 1, 1)))
        x = F.relu(net.norm(name + ".conv2.norm", net.conv(name + ".conv2", y, 1, 1)) + shortcut)
    return finish(net, x, "classifier", cubic_mean)


def logistic(net, x):
    return net.dense("classifier", x.flatten(1))


def cnn9(net, x):
    number = 0
    for convolutions in (2, 2, 3, 2):
        for _ in range(convolutions):
            number += 1
            x = F.relu(net.conv(f"conv{number}", x))
        x = F.max_pool2d(x, 2)
    x = F.relu(net.dense("dense1", x.flatten(1)))
    return net.dense("classifier", F.relu(net.dense("dense2", x)))


def cnn3(net, x):
    for i in (1, 2, 3):
        x = F.max_pool2d(F.relu(net.norm(f"block{i}.norm", net.conv(f"block{i}.conv", x, 1, 1))), 2)
    return finish(net, x, "classifier")


def cnn3_wide(net, x):
    for i in (1, 2, 3):
        x = F.max_pool2d(F.relu(net.conv(f"conv{i}", x)), 2)
    return net.dense("classifier", F.relu(net.dense("dense1", x.flatten(1))))


def resnet(net, x, *blocks):
    x = F.max_pool2d(F.relu(net.norm("bn1", net.conv("conv1", colour(x), 2, 3))), 3, 2, 1)
    for stage, count in enumerate(blocks):
        for block in range(count):
            name, stride = f"layer{stage + 1}.{block}.", 2 if stage > 0 and block == 0 else 1
            y = F.relu(net.norm(name + "bn1", net.conv(name + "conv1", x)))
            y = F.relu(net.norm(name + "bn2", net.conv(name + "conv2", y, stride, 1)))
            y = net.norm(name + "bn3", net.conv(name + "conv3", y))
            if name + "downsample.0.weight" in net:
                x = net.norm(name + "downsample.1", net.conv(name + "downsample.0", x, stride))
            x = F.relu(y + x)
    return finish(net, x, "fc")


def densenet(net, x, *blocks):
    x = F.max_pool2d(F.relu(net.norm("features.norm0", net.conv("features.conv0", colour(x), 2, 3))), 3, 2, 1)
    for block, count in enumerate(blocks):
        for layer in range(count):
            name = f"features.denseblock{block + 1}.denselayer{layer + 1}."
            y = net.conv(name + "conv1", F.relu(net.norm(name + "norm1", x)))
            y = net.conv(name + "conv2", F.relu(net.norm(name + "norm2", y)), 1, 1)
            x = torch.cat([x, y], 1)
        if block < len(blocks) - 1:
            name = f"features.transition{block + 1}."
            x = F.avg_pool2d(net.conv(name + "conv", F.relu(net.norm(name + "norm", x))), 2)
    return finish(net, F.relu(net.norm("features.norm5", x)), "classifier")


def xception(net, x, middle):
    eps = 1e-3

    def separable(name, x):
        y = net.conv(name + ".depthwise", x, 1, 1, x.shape[1])
        return net.norm(name + "_bn", net.conv(name + ".pointwise", y), eps)

    def same_pool(x):
        total = max(0, (-(-x.shape[2] // 2) - 1) * 2 + 3 - x.shape[2])
        low, high = total // 2, total - total // 2
        return F.max_pool2d(F.pad(x, (low, high, low, high), value=float("-inf")), 3, 2)

    def reduce(number, x):
        name = f"block{number}_"
        shortcut = net.norm(name + "residual_bn", net.conv(name + "residual", x, 2), eps)
        y = separable(name + "sepconv1", x if number == 2 else F.relu(x))
        return same_pool(separable(name + "sepconv2", F.relu(y))) + shortcut

    x = F.relu(net.norm("block1_conv1_bn", net.conv("block1_conv1", colour(x, (0.5,) * 3, (0.5,) * 3), 2), eps))
    x = F.relu(net.norm("block1_conv2_bn", net.conv("block1_conv2", x), eps))
    for number in (2, 3, 4):
        x = reduce(number, x)
    for i in range(middle):
        y = x
        for j in (1, 2, 3):
            y = separable(f"block{5 + i}_sepconv{j}", F.relu(y))
        x = y + x
    x = reduce(5 + middle, x)
    for j in (1, 2):
        x = F.relu(separable(f"block{6 + middle}_sepconv{j}", x))
    return finish(net, x, "predictions")


def efficientnet(net, x, *stages):
    """Stages are (expansion, kernel, stride, blocks)."""

    def normalized(name, x, stride=1, padding=0, groups=1):
        return net.norm(name + ".1", net.conv(name + ".0", x, stride, padding, groups))

    x = F.silu(normalized("features.0", colour(x), 2, 1))
    for i in range(0, len(stages), 4):
        expansion, kernel, stride, blocks = stages[i:i + 4]
        for block in range(blocks):
            name, part, y = f"features.{i // 4 + 1}.{block}.block.", 0, x
            if expansion > 1:
                y, part = F.silu(normalized(f"{name}{part}", y)), part + 1
            y = F.silu(normalized(f"{name}{part}", y, stride if block == 0 else 1, kernel // 2, y.shape[1]))
            s = F.silu(net.conv(f"{name}{part + 1}.fc1", y.mean((2, 3), keepdim=True)))
            y = y * torch.sigmoid(net.conv(f"{name}{part + 1}.fc2", s))
            y = normalized(f"{name}{part + 2}", y)
            x = y + x if y.shape == x.shape and (stride == 1 or block > 0) else y
    return finish(net, F.silu(normalized(f"features.{len(stages) // 4 + 1}", x)), "classifier.1")


NETWORKS = {
    "residual": residual, "logistic": logistic, "cnn9": cnn9, "cnn3": cnn3, "cnn3-wide": cnn3_wide, "resnet50": resnet,
    "densenet121": densenet, "xception": xception, "efficientnet-b0": efficientnet,
}


def load(folder, dtype):
    """The network that a folder describes: network.txt (name, then its numbers), parameters.txt (name, extents), parameters.bin, statistics.txt, statistics.bin."""
    words = open(f"{folder}/network.txt").read().split()
    parameters = read(folder, "parameters", dtype)
    return Tree(NETWORKS[words[0]], parameters, read(folder, "statistics", dtype), [int(word) for word in words[1:]])


def read(folder, name, dtype):
    values, offset, found = np.fromfile(f"{folder}/{name}.bin", np.float32), 0, {}
    for line in open(f"{folder}/{name}.txt"):
        words = line.split()
        shape = [int(word) for word in words[1:]]
        count = int(np.prod(shape))
        found[words[0]] = torch.tensor(values[offset:offset + count].reshape(shape), dtype=dtype)
        offset += count
    return found


def optimizer(net, rate, decay):
    kernels = [value for value in net.parameters() if value.dim() > 1]
    others = [value for value in net.parameters() if value.dim() == 1]
    return torch.optim.AdamW([dict(params=kernels, weight_decay=decay), dict(params=others, weight_decay=0)], lr=rate)
