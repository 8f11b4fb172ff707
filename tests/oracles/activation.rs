//! Activations.

use crate::harness::oracles;
use tintype::prelude::*;

oracles! {
    "activation" without [
        relu6, leaky_relu, prelu, elu, selu, celu, gelu, gelu_tanh, silu, mish, log_sigmoid, hardsigmoid, hardswish,
        hardtanh, softplus, softsign, tanhshrink, softshrink, hardshrink, threshold, glu,
    ];
    relu(in0: Rank2<3, 8>) => in0.relu();
    sigmoid(in0: Rank2<3, 8>) => in0.sigmoid();
    softmax_0(in0: Rank2<4, 5>) => in0.softmax::<0>();
    softmax_1(in0: Rank2<4, 5>) => in0.softmax::<1>();
    log_softmax_0(in0: Rank2<4, 5>) => in0.log_softmax::<0>();
    log_softmax_1(in0: Rank2<4, 5>) => in0.log_softmax::<1>();
    logsumexp_0(in0: Rank2<4, 5>) => in0.logsumexp::<0>();
    logsumexp_1(in0: Rank2<4, 5>) => in0.logsumexp::<1>();
}
