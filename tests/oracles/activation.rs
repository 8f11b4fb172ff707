//! Activations.

use crate::harness::oracles;
use tintype::prelude::*;

oracles! {
    "activation" without [
        prelu, elu, selu, celu, mish, log_sigmoid, hardsigmoid, hardswish,
        hardtanh, softplus, softsign, tanhshrink, softshrink, hardshrink, threshold, glu,
    ];
    relu(in0: Rank2<3, 8>) => in0.relu();
    relu6(in0: Rank2<3, 8>) => in0.clamp(0.0, 6.0);
    leaky_relu(in0: Rank2<3, 8>) => LeakyReLU::new(0.1).forward(&in0);
    gelu(in0: Rank2<3, 8>) => GELU.forward(&in0);
    gelu_tanh(in0: Rank2<3, 8>) => GELUTanh.forward(&in0);
    silu(in0: Rank2<3, 8>) => SiLU.forward(&in0);
    sigmoid(in0: Rank2<3, 8>) => in0.sigmoid();
    softmax_0(in0: Rank2<4, 5>) => in0.softmax::<0>();
    softmax_1(in0: Rank2<4, 5>) => in0.softmax::<1>();
    log_softmax_0(in0: Rank2<4, 5>) => in0.log_softmax::<0>();
    log_softmax_1(in0: Rank2<4, 5>) => in0.log_softmax::<1>();
    logsumexp_0(in0: Rank2<4, 5>) => in0.logsumexp::<0>();
    logsumexp_1(in0: Rank2<4, 5>) => in0.logsumexp::<1>();
}
