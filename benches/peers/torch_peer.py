"""The work in PyTorch, as its users write it (eager)."""

import torch
import torch.nn.functional as F
from clock import THREADS, measure
from torch import nn

torch.set_num_threads(THREADS)
torch.set_num_interop_threads(1)
torch.manual_seed(0)


def timed(work, run):
    measure("torch", work, run)


def inference(run):
    def wrapped():
        with torch.inference_mode():
            return run()

    return wrapped


def convolution(names, x, weight, padding):
    x, weight, bias = torch.randn(x), torch.randn(weight) * 0.1, torch.randn(weight[0])
    timed(names[0], inference(lambda: F.conv2d(x, weight, bias, padding=padding)))
    leaves = [tensor.clone().requires_grad_() for tensor in (x, weight, bias)]

    def gradients():
        for leaf in leaves:
            leaf.grad = None
        F.conv2d(*leaves, padding=padding).sum().backward()

    timed(names[1], gradients)


convolution(("C1", "C2"), (1, 20, 64, 128), (16, 20, 3, 5), 0)
convolution(("C3", "C4"), (32, 64, 28, 28), (64, 64, 3, 3), 1)

for name, n in (("M1", 64), ("M2", 256), ("M3", 1024)):
    a, b = torch.randn(n, n), torch.randn(n, n)
    timed(name, inference(lambda: a @ b))


def small():
    return nn.Sequential(nn.Linear(4, 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 2))


def training_step(work, net, optimiser, loss):
    def step():
        optimiser.zero_grad(set_to_none=True)
        loss().backward()
        optimiser.step()

    timed(work, step)


net, x = small(), torch.randn(1, 4)
timed("N1", inference(lambda: net(x)))
for name, batch in (("N2", 1), ("N3", 32)):
    net, x, t = small(), torch.randn(batch, 4), torch.randn(batch, 2)
    training_step(name, net, torch.optim.SGD(net.parameters(), lr=1e-3), lambda: F.mse_loss(net(x), t))

lenet = nn.Sequential(
    nn.Conv2d(1, 8, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(256, 10)
)
digits, labels = torch.randn(64, 1, 28, 28), torch.arange(64) % 10
training_step("N4", lenet, torch.optim.Adam(lenet.parameters(), lr=1e-3), lambda: F.cross_entropy(lenet(digits), labels))

million, three = torch.randn(1 << 20, requires_grad=True), torch.randn(3, requires_grad=True)


def elementwise():
    million.grad = None
    torch.relu(million * 2 + 1).mean().backward()


def long_graph():
    three.grad = None
    y = three
    for _ in range(1000):
        y = y * 2
    y.sum().backward()


timed("E1", elementwise)
timed("G1", long_graph)

rows, features = torch.randn(128, 1000), torch.randn(256, 768)
weight, bias = torch.randn(768), torch.randn(768)
timed("R1", inference(lambda: F.softmax(rows, -1)))
timed("R2", inference(lambda: F.layer_norm(features, (768,), weight, bias)))

heads = [torch.randn(1, 8, 128, 64, requires_grad=True) for _ in range(3)]


def attention(attend):
    def run():
        for leaf in heads:
            leaf.grad = None
        attend(*heads).sum().backward()

    return run


timed("A1", attention(lambda q, k, v: torch.softmax(q @ k.transpose(-1, -2) * 0.125, -1) @ v))
timed("A1-attention", attention(F.scaled_dot_product_attention))
