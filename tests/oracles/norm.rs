//! Normalisation.

use crate::harness::{Case, Constant, Real, oracles};
use tintype::prelude::*;

/// A layer with recorded weights.
macro_rules! with_weights {
    ($layer:expr, $weight:ident, $bias:ident) => {{
        let mut layer = $layer;
        (layer.weight, layer.bias) = ($weight.clone(), $bias.clone());
        layer
    }};
}

oracles! {
    "norm" without [
        batch_norm1d_train, batch_norm1d_seq_train, batch_norm2d_train, // by hand, below
        group_norm, instance_norm2d, layer_norm_2,
    ];
    batch_norm1d_eval(
        in0: Rank2<6, 3>, weight: Rank1<3>, bias: Rank1<3>, running_mean: Constant<Rank1<3>>, running_var: Constant<Rank1<3>>,
    ) => in0.batch_norm_by((&running_mean, &running_var), &weight, &bias, 1e-5);
    batch_norm1d_seq_eval(
        in0: Rank3<4, 3, 5>, weight: Rank1<3>, bias: Rank1<3>, running_mean: Constant<Rank1<3>>, running_var: Constant<Rank1<3>>,
    ) => in0.batch_norm_by((&running_mean, &running_var), &weight, &bias, 1e-5);
    batch_norm2d_eval(
        in0: Rank4<4, 3, 5, 6>, weight: Rank1<3>, bias: Rank1<3>,
        running_mean: Constant<Rank1<3>>, running_var: Constant<Rank1<3>>,
    ) => {
        let layer = with_weights!(BatchNorm2d::<3, E>::new(), weight, bias).with_running(running_mean.clone(), running_var.clone());
        let frozen = layer.freeze();
        assert!((frozen.forward(&in0) - in0.batch_norm_by((&running_mean, &running_var), &weight, &bias, 1e-5)).norm().item() == 0.0);
        in0.batch_norm_by((&running_mean, &running_var), &weight, &bias, 1e-5)
    };
    layer_norm(in0: Rank2<4, 6>, weight: Rank1<6>, bias: Rank1<6>)
        => with_weights!(LayerNorm::<6, E>::new(), weight, bias).forward(&in0);
    // PyTorch recorded this one with the ε of `f64`.
    rms_norm(in0: Rank2<4, 6>, weight: Rank1<6>) => {
        let mut layer = RmsNorm::<6, E>::new().epsilon(f64::EPSILON);
        layer.weight = weight;
        layer.forward(&in0)
    };
}

/// A batch in training: what comes out, the gradients, and what the layer remembers.
macro_rules! training {
    ($($case:ident $layer:ident $shape:ty;)*) => { $(
        #[test]
        fn $case() {
            fn run<E: Real>() {
                let mut case = Case::<E>::open("norm", stringify!($case));
                let x = case.leaf::<$shape>("in0");
                let (weight, bias) = (case.leaf("weight"), case.leaf("bias"));
                let layer = with_weights!($layer::<3, E>::new(), weight, bias);
                let y = layer.forward(&x);
                case.compare("running_mean_after", &layer.running_mean());
                case.compare("running_var_after", &layer.running_variance());
                case.check(y);
            }
            run::<f64>();
            run::<f32>();
        }
    )* };
}
training! {
    batch_norm1d_train BatchNorm1d Rank2<6, 3>;
    batch_norm1d_seq_train BatchNorm1d Rank3<4, 3, 5>;
    batch_norm2d_train BatchNorm2d Rank4<4, 3, 5, 6>;
}
