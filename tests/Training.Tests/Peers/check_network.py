"""What PyTorch makes of a network and a batch that the trainer wrote into a folder.

check_network.py FOLDER SIZE STEPS RATE DECAY SMOOTHING [onnx]
Reads inputs.bin, labels.txt, weights.txt (of the classes). Writes, of double precision: gradient.bin (in the order of
parameters.txt), logits.bin and loss.bin in training mode, inference.bin (logits by the running statistics in the folder);
and of single precision: parameters.next.bin and losses.bin after STEPS of AdamW. With a further argument also
folded.onnx and plain.onnx, the network as PyTorch exports it for inference with its normalisations folded in, and as it is.
"""
import sys
import numpy as np
import torch
import torch.nn.functional as F
from torch_networks import load, optimizer

folder, size, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
rate, decay, smoothing = (float(word) for word in sys.argv[4:7])
torch.set_num_threads(1)
labels = torch.tensor([int(word) for word in open(f"{folder}/labels.txt").read().split()])
weights = torch.tensor([float(word) for word in open(f"{folder}/weights.txt").read().split()], dtype=torch.float64)
inputs = torch.tensor(np.fromfile(f"{folder}/inputs.bin", np.float32).reshape(len(labels), 1, size, size))


def write(name, values):
    np.concatenate([np.zeros(0, np.float32)] + [value.detach().numpy().astype(np.float32).ravel() for value in values]).tofile(f"{folder}/{name}.bin")


def loss_of(logits):
    return F.cross_entropy(logits, labels, weights.to(logits.dtype), label_smoothing=smoothing)


net = load(folder, torch.float64).eval()
write("inference", [net(inputs.double())])
net.train()
logits = net(inputs.double())
loss = loss_of(logits)
loss.backward()
names = [line.split()[0] for line in open(f"{folder}/parameters.txt")]
write("gradient", [net[name].grad for name in names])
write("logits", [logits])
write("loss", [loss])

net = load(folder, torch.float32).train()
adam, losses = optimizer(net, rate, decay), []
for _ in range(steps):
    adam.zero_grad()
    loss = loss_of(net(inputs))
    loss.backward()
    adam.step()
    losses.append(loss)
write("parameters.next", [net[name] for name in names])
write("losses", losses)

if len(sys.argv) > 7:
    net = load(folder, torch.float32).eval()
    torch.onnx.export(net, inputs, f"{folder}/folded.onnx", opset_version=13)
    torch.onnx.export(net, inputs, f"{folder}/plain.onnx", opset_version=13, training=torch.onnx.TrainingMode.PRESERVE, do_constant_folding=False)
