"""Training steps in PyTorch, for TrainStep: torch_train_step.py FOLDER BATCH SIZE THREADS. Answers each line of input, a
number of steps, with the least seconds of a step in NCHW and in NHWC, then the least processor seconds of these."""
import os
import sys
import time
import torch
import torch.nn.functional as F

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Training.Tests", "Peers"))
from torch_networks import load, optimizer  # noqa: E402

folder, batch, size, threads = sys.argv[1], *(int(word) for word in sys.argv[2:5])
torch.set_num_threads(threads)
torch.manual_seed(1)
labels = torch.randint(0, 4, (batch,))
inputs = torch.rand(batch, 1, size, size)


class Runner:
    def __init__(self, layout):
        self.net = load(folder, torch.float32).train().to(memory_format=layout)
        self.inputs = inputs.contiguous(memory_format=layout)
        self.adam = optimizer(self.net, 1e-4, 0.05)

    def step(self):
        started, used = time.perf_counter(), time.process_time()
        self.adam.zero_grad(set_to_none=True)
        F.cross_entropy(self.net(self.inputs), labels, label_smoothing=0.05).backward()
        self.adam.step()
        return time.perf_counter() - started, time.process_time() - used


runners = [Runner(layout) for layout in (torch.contiguous_format, torch.channels_last)]
for runner in runners:
    runner.step()
print("ready", flush=True)
for line in sys.stdin:
    times = [[runner.step() for _ in range(int(line))] for runner in runners]
    print(*(min(step[kind] for step in steps) for kind in (0, 1) for steps in times), flush=True)
