//! Adaptive moments.

use super::memory::Memory;
use super::{Optimizer, Range, Resume, checked_rate, number};
use crate::kernels::AdamRule;
use crate::tensor::Float;

/// What is remembered about a parameter: the mean of its gradients, that of their squares, and with AMSGrad the largest of those.
const BUFFERS: [&str; 3] = ["mean", "square", "largest"];

/// What [`Adam`] and [`AdamW`] share.
#[derive(Clone, Debug)]
struct Settings {
    rate: f64,
    betas: (f64, f64),
    epsilon: f64,
    weight_decay: f64,
    amsgrad: bool,
    moments: Memory,
}

impl Settings {
    fn new(learning_rate: f64, weight_decay: f64) -> Self {
        Settings {
            rate: checked_rate(learning_rate),
            betas: (0.9, 0.999),
            epsilon: 1e-8,
            weight_decay,
            amsgrad: false,
            moments: Memory::default(),
        }
    }

    /// One step. `decay` is added to the gradient, as a part of the parameter; `shrink` multiplies the parameter.
    fn update<E: Float>(&mut self, name: &str, parameter: &mut [E], gradient: &[E], decay: f64, shrink: f64) {
        let entry = self.moments.of(name, parameter.len(), if self.amsgrad { 3 } else { 2 });
        entry.steps += 1;
        let steps = entry.steps as f64;
        let (first, second) = self.betas;
        let rule = AdamRule {
            rate: number(self.rate / (1.0 - first.powf(steps))),
            decay: number(decay),
            shrink: number(shrink),
            mean_share: number(1.0 - first),
            square_share: number(1.0 - second),
            root_correction: number((1.0 - second.powf(steps)).sqrt()),
            epsilon: number(self.epsilon),
        };
        match entry.buffers.as_mut_slice() {
            [mean, square] => E::adam(&rule, parameter, gradient, mean, square, &mut []),
            [mean, square, largest] => E::adam(&rule, parameter, gradient, mean, square, largest),
            _ => unreachable!("there are two or three buffers"),
        }
    }
}

/// (`new` is named where the macro is called: of a call with other arguments rustc then quotes that line, and not the whole of it.)
macro_rules! adams {
    ($($(#[$doc:meta])* $name:ident $new:ident, $weight_decay:literal, $(#[$decay:meta])*, |$settings:ident| $decays:expr;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name(Settings);

        impl $name {
            /// With PyTorch's other settings: β₁ = 0.9, β₂ = 0.999, ε = 1e-8. PyTorch's learning rate is 1e-3.
            ///
            /// # Panics
            /// If the learning rate is negative or not finite.
            pub fn $new(learning_rate: f64) -> Self {
                $name(Settings::new(learning_rate, $weight_decay))
            }

            /// How much is kept from step to step of the mean of gradients and of the mean of their squares.
            ///
            /// # Panics
            /// If one is not in `[0, 1)`.
            pub fn betas(mut self, first: f64, second: f64) -> Self {
                self.0.betas = (Range::Fraction.checked("β₁", first), Range::Fraction.checked("β₂", second));
                self
            }

            /// What is added to the root of the mean square, so that it can be divided by.
            ///
            /// # Panics
            /// If it is negative or not finite.
            pub fn epsilon(mut self, epsilon: f64) -> Self {
                self.0.epsilon = Range::Amount.checked("ε", epsilon);
                self
            }

            $(#[$decay])*
            ///
            /// # Panics
            /// If it is negative or not finite.
            pub fn weight_decay(mut self, weight_decay: f64) -> Self {
                self.0.weight_decay = Range::Amount.checked("a weight decay", weight_decay);
                self
            }

            /// Whether the largest mean square so far takes the place of the mean square (Reddi et al. 2018, "On the
            /// Convergence of Adam and Beyond"). `false` by default. Switched on later, it begins with
            /// the mean squares of then.
            pub fn amsgrad(mut self, amsgrad: bool) -> Self {
                self.0.amsgrad = amsgrad;
                self
            }
        }

        impl Optimizer for $name {
            fn update<E: Float>(&mut self, name: &str, parameter: &mut [E], gradient: &[E]) {
                let $settings = &self.0;
                let (decay, shrink) = $decays;
                self.0.update(name, parameter, gradient, decay, shrink);
            }
            fn learning_rate(&self) -> f64 {
                self.0.rate
            }
            fn set_learning_rate(&mut self, rate: f64) {
                self.0.rate = checked_rate(rate);
            }
        }

        impl Resume for $name {
            const NAME: &'static str = stringify!($name);
            const SETTINGS: &'static [(&'static str, Range)] = &[
                ("learning_rate", Range::Amount),
                ("beta1", Range::Fraction),
                ("beta2", Range::Fraction),
                ("epsilon", Range::Amount),
                ("weight_decay", Range::Amount),
                ("amsgrad", Range::Switch),
            ];
            fn settings(&self) -> Vec<f64> {
                let Settings { rate, betas, epsilon, weight_decay, amsgrad, .. } = self.0;
                vec![rate, betas.0, betas.1, epsilon, weight_decay, f64::from(amsgrad)]
            }
            fn buffers(settings: &[f64]) -> &'static [&'static str] {
                if settings[5] == 0.0 { &BUFFERS[..2] } else { &BUFFERS }
            }
            fn memory(&self) -> &Memory {
                &self.0.moments
            }
            fn restore(&mut self, settings: &[f64], moments: Memory) {
                let &[rate, first, second, epsilon, weight_decay, amsgrad] = settings else {
                    unreachable!("there are as many settings as names");
                };
                let (betas, amsgrad) = ((first, second), amsgrad != 0.0);
                self.0 = Settings { rate, betas, epsilon, weight_decay, amsgrad, moments };
            }
        }
    )* };
}

adams! {
    /// Adam (Kingma & Ba 2015, "Adam: A Method for Stochastic Optimization"):
    /// [PyTorch's `Adam`](https://pytorch.org/docs/stable/generated/torch.optim.Adam.html).
    ///
    /// In step `t`, with `d = gradient + weight_decay·parameter`, the means become `m = β₁ m + (1 − β₁) d` and
    /// `v = β₂ v + (1 − β₂) d²`, and the parameter loses `learning_rate · m̂ / (√v̂ + ε)` with `m̂ = m / (1 − β₁ᵗ)` and
    /// `v̂ = v / (1 − β₂ᵗ)`. The steps of a parameter are those in which it had a gradient.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let mut optimizer = Adam::new(0.1);
    /// let mut w = tensor([1.0, -2.0]).requires_grad();
    /// for _ in 0..300 {
    ///     let gradients = (&w - 3.0).square().sum().backward();
    ///     optimizer.step(&mut w, &gradients);
    /// }
    /// assert!(w.iter().all(|entry| (entry - 3.0).abs() < 1e-2));
    /// ```
    Adam new, 0.0,
    /// How much of the parameter is added to its gradient (an L2 penalty of half as much). 0 by default.
    /// [`AdamW`] decays weights without that detour.
    , |settings| (settings.weight_decay, 1.0);

    /// Adam with weight decay apart from the gradient (Loshchilov & Hutter 2019, "Decoupled Weight Decay Regularization"):
    /// [PyTorch's `AdamW`](https://pytorch.org/docs/stable/generated/torch.optim.AdamW.html).
    ///
    /// As [`Adam`] without its decay, after the parameter has been multiplied by `1 − learning_rate·weight_decay`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let mut optimizer = AdamW::new(1e-3).weight_decay(0.1);
    /// let mut layer = Linear::<4, 2>::new(&mut StdRng::seed_from_u64(0));
    /// let gradients = layer.forward(&Tensor1::<4>::ones()).sum().backward();
    /// optimizer.step(&mut layer, &gradients);
    /// ```
    AdamW new, 0.01,
    /// How much of the parameter is lost in each step, times the learning rate. 0.01 by default, as in PyTorch.
    , |settings| (0.0, 1.0 - settings.rate * settings.weight_decay);
}
