//! Activations.

use crate::harness::oracles;
use tintype::prelude::*;

oracles! {
    "activation" without [
        relu6, leaky_relu, prelu, elu, selu, celu, gelu, gelu_tanh, silu, mish, log_sigmoid, hardsigmoid, hardswish, hardtanh,
        softplus, softsign, tanhshrink, softshrink, hardshrink, threshold, glu,
        softmax_0, softmax_1, log_softmax_0, log_softmax_1, logsumexp_0, logsumexp_1,
    ];
    relu(in0: Rank2<3, 8>) => in0.relu();
    sigmoid(in0: Rank2<3, 8>) => in0.sigmoid();
}
