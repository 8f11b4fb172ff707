//! Attention.

use crate::harness::{Case, Real, oracles};
use tintype::prelude::*;

oracles! {
    "attention" without [
        multihead_self, encoder_layer, encoder_layer_norm_first, // by hand, below: there are dots in the names of parameters
    ];
    sdpa(in0: Rank4<2, 2, 5, 4>, in1: Rank4<2, 2, 6, 4>, in2: Rank4<2, 2, 6, 4>)
        => in0.attention(&in1, &in2, Unmasked);
    sdpa_causal(in0: Rank4<2, 2, 5, 4>, in1: Rank4<2, 2, 5, 4>, in2: Rank4<2, 2, 5, 4>)
        => in0.attention(&in1, &in2, Causal);
}

fn linear<const I: usize, const O: usize, E: Real>(case: &mut Case<E>, name: &str) -> Linear<I, O, E> {
    Linear {
        weight: case.leaf(&format!("{name}weight")),
        bias: Some(case.leaf(&format!("{name}bias"))),
    }
}

fn attention<E: Real>(case: &mut Case<E>, name: &str) -> MultiheadAttention<8, 2, Unmasked, E> {
    MultiheadAttention::from_weights(
        case.leaf(&format!("{name}in_proj_weight")),
        case.leaf(&format!("{name}in_proj_bias")),
        linear(case, &format!("{name}out_proj.")),
    )
}

fn layer_norm<E: Real>(case: &mut Case<E>, name: &str) -> LayerNorm<8, E> {
    let mut layer = LayerNorm::new();
    layer.weight = case.leaf(&format!("{name}weight"));
    layer.bias = case.leaf(&format!("{name}bias"));
    layer
}

/// The two halves of a transformer's layer: attention, and a small network for each position.
type Halves<E, A> = (
    MultiheadAttention<8, 2, Unmasked, E>,
    LayerNorm<8, E>,
    (Linear<8, 16, E>, A, Linear<16, 8, E>),
    LayerNorm<8, E>,
);

fn halves<E: Real, A>(case: &mut Case<E>, activation: A) -> Halves<E, A> {
    (
        attention(case, "self_attn."),
        layer_norm(case, "norm1."),
        (linear(case, "linear1."), activation, linear(case, "linear2.")),
        layer_norm(case, "norm2."),
    )
}

/// A test in both element types of what a function computes from the case's input.
macro_rules! layers {
    ($($case:ident |$name:ident, $x:ident| $compute:expr;)*) => { $(
        #[test]
        fn $case() {
            fn run<E: Real>() {
                let mut $name = Case::<E>::open("attention", stringify!($case));
                let $x = $name.leaf::<Rank3<2, 5, 8>>("in0");
                let y = $compute;
                $name.check(y);
            }
            run::<f64>();
            run::<f32>();
        }
    )* };
}
layers! {
    multihead_self |case, x| attention(&mut case, "").forward(&x);
    encoder_layer |case, x| {
        let (attention, norm1, network, norm2) = halves(&mut case, GELU);
        (Residual(attention), norm1, Residual(network), norm2).forward(&x)
    };
    encoder_layer_norm_first |case, x| {
        let (attention, norm1, network, norm2) = halves(&mut case, ReLU);
        (Residual((norm1, attention)), Residual((norm2, network))).forward(&x)
    };
}
