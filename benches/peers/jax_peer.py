"""The work in JAX, each piece compiled as a whole. (Of G1 the compiler leaves nothing: there it is no peer.)"""

import os
from clock import THREADS, measure, wants

if THREADS == 1:
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

import jax
import jax.numpy as jnp
import numpy as np

random = np.random.default_rng(0)


def draw(*shape, scale=1.0):
    return jnp.asarray(random.standard_normal(shape).astype(np.float32) * scale)


def timed(work, function, *arguments):
    if wants(work):
        compiled = jax.jit(function)
        measure("jax", work, lambda: jax.block_until_ready(compiled(*arguments)))


def timed_step(work, step, state):
    """A step whose result is the next one's argument, in the same memory."""
    if wants(work):
        compiled, states = jax.jit(step, donate_argnums=0), [state]

        def run():
            states[0] = jax.block_until_ready(compiled(states[0]))

        measure("jax", work, run)


def conv2d(x, weight, bias, padding):
    dimensions = ("NCHW", "OIHW", "NCHW")
    y = jax.lax.conv_general_dilated(x, weight, (1, 1), [(padding, padding)] * 2, dimension_numbers=dimensions)
    return y + bias[None, :, None, None]


def convolution(names, x, weight, padding):
    x, weight, bias = draw(*x), draw(*weight, scale=0.1), draw(weight[0])
    timed(names[0], lambda *arguments: conv2d(*arguments, padding), x, weight, bias)
    loss = lambda *arguments: conv2d(*arguments, padding).sum()
    timed(names[1], jax.value_and_grad(loss, (0, 1, 2)), x, weight, bias)


convolution(("C1", "C2"), (1, 20, 64, 128), (16, 20, 3, 5), 0)
convolution(("C3", "C4"), (32, 64, 28, 28), (64, 64, 3, 3), 1)

for name, n in (("M1", 64), ("M2", 256), ("M3", 1024)):
    timed(name, lambda a, b: a @ b, draw(n, n), draw(n, n))


def small():
    return [(draw(i, o, scale=0.3), draw(o)) for i, o in ((4, 32), (32, 32), (32, 2))]


def forward(net, x):
    for weight, bias in net[:-1]:
        x = jax.nn.relu(x @ weight + bias)
    weight, bias = net[-1]
    return x @ weight + bias


timed("N1", forward, small(), draw(1, 4))
for name, batch in (("N2", 1), ("N3", 32)):
    x, t = draw(batch, 4), draw(batch, 2)
    loss = lambda net, x=x, t=t: ((forward(net, x) - t) ** 2).mean()
    descend = lambda net, loss=loss: jax.tree.map(lambda p, g: p - 1e-3 * g, net, jax.grad(loss)(net))
    timed_step(name, descend, small())


def lenet_loss(net, x, labels):
    window = (1, 1, 2, 2)
    pool = lambda x: jax.lax.reduce_window(x, -jnp.inf, jax.lax.max, window, window, "VALID")
    for weight, bias in net[:2]:
        x = pool(jax.nn.relu(conv2d(x, weight, bias, 0)))
    weight, bias = net[2]
    logits = x.reshape(64, 256) @ weight + bias
    return -jnp.take_along_axis(jax.nn.log_softmax(logits), labels[:, None], 1).mean()


digits, labels = draw(64, 1, 28, 28), jnp.arange(64) % 10


def adam(state):
    net, mean, square, t = state
    gradients, t = jax.grad(lenet_loss)(net, digits, labels), t + 1
    mean = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, mean, gradients)
    square = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, square, gradients)
    change = lambda p, m, v: p - 1e-3 * (m / (1 - 0.9**t)) / (jnp.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return jax.tree.map(change, net, mean, square), mean, square, t


net = [(draw(8, 1, 5, 5, scale=0.2), draw(8)), (draw(16, 8, 5, 5, scale=0.1), draw(16)), (draw(256, 10, scale=0.1), draw(10))]
zeros = lambda: jax.tree.map(jnp.zeros_like, net)
timed_step("N4", adam, (net, zeros(), zeros(), jnp.float32(0)))

timed("E1", jax.value_and_grad(lambda x: jax.nn.relu(x * 2 + 1).mean()), draw(1 << 20))
timed("R1", lambda x: jax.nn.softmax(x, -1), draw(128, 1000))


def layer_norm(x, weight, bias):
    mean = x.mean(-1, keepdims=True)
    variance = ((x - mean) ** 2).mean(-1, keepdims=True)
    return (x - mean) * jax.lax.rsqrt(variance + 1e-5) * weight + bias


timed("R2", layer_norm, draw(256, 768), draw(768), draw(768))
attention = lambda q, k, v: (jax.nn.softmax(q @ k.swapaxes(-1, -2) * 0.125, -1) @ v).sum()
timed("A1", jax.grad(attention, (0, 1, 2)), *(draw(1, 8, 128, 64) for _ in range(3)))
attention = lambda q, k, v: jax.nn.dot_product_attention(q, k, v).sum()  # of (batch, positions, heads, size)
timed("A1-attention", jax.grad(attention, (0, 1, 2)), *(draw(1, 128, 8, 64) for _ in range(3)))
