//! Functions entry by entry.

use crate::harness::oracles;
use tintype::prelude::*;

oracles! {
    "elementwise" without [];
    erf(in0: Rank2<3, 4>) => in0.erf();
    neg(in0: Rank2<3, 4>) => -in0;
    abs(in0: Rank2<3, 4>) => in0.abs();
    exp(in0: Rank2<3, 4>) => in0.exp();
    exp_m1(in0: Rank2<3, 4>) => in0.exp_m1();
    ln(in0: Rank2<3, 4>) => in0.ln();
    log2(in0: Rank2<3, 4>) => in0.log2();
    log10(in0: Rank2<3, 4>) => in0.log10();
    ln_1p(in0: Rank2<3, 4>) => in0.ln_1p();
    sqrt(in0: Rank2<3, 4>) => in0.sqrt();
    rsqrt(in0: Rank2<3, 4>) => in0.rsqrt();
    square(in0: Rank2<3, 4>) => in0.square();
    recip(in0: Rank2<3, 4>) => in0.recip();
    sin(in0: Rank2<3, 4>) => in0.sin();
    cos(in0: Rank2<3, 4>) => in0.cos();
    tan(in0: Rank2<3, 4>) => in0.tan();
    asin(in0: Rank2<3, 4>) => in0.asin();
    acos(in0: Rank2<3, 4>) => in0.acos();
    atan(in0: Rank2<3, 4>) => in0.atan();
    sinh(in0: Rank2<3, 4>) => in0.sinh();
    cosh(in0: Rank2<3, 4>) => in0.cosh();
    tanh(in0: Rank2<3, 4>) => in0.tanh();
    floor(in0: Rank2<3, 4>) => in0.floor();
    ceil(in0: Rank2<3, 4>) => in0.ceil();
    round(in0: Rank2<3, 4>) => in0.round();
    sign(in0: Rank2<3, 4>) => in0.sign();
    powi3(in0: Rank2<3, 4>) => in0.powi(3);
    powf(in0: Rank2<3, 4>) => in0.powf(1.7);
    clamp(in0: Rank2<3, 4>) => in0.clamp(-0.5, 0.7);
    binary_add(in0: Rank2<3, 4>, in1: Rank2<3, 4>) => in0 + in1;
    binary_sub(in0: Rank2<3, 4>, in1: Rank2<3, 4>) => in0 - in1;
    binary_mul(in0: Rank2<3, 4>, in1: Rank2<3, 4>) => in0 * in1;
    binary_div(in0: Rank2<3, 4>, in1: Rank2<3, 4>) => in0 / in1;
    binary_maximum(in0: Rank2<3, 4>, in1: Rank2<3, 4>) => in0.maximum(&in1);
    binary_minimum(in0: Rank2<3, 4>, in1: Rank2<3, 4>) => in0.minimum(&in1);
    binary_atan2(in0: Rank2<3, 4>, in1: Rank2<3, 4>) => in0.atan2(&in1);
    binary_pow(in0: Rank2<3, 4>, in1: Rank2<3, 4>) => (in0.abs() + 0.1).pow(&in1);
}
