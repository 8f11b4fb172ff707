//! Gradient descent.

use super::memory::Memory;
use super::{Optimizer, Range, Resume, checked_rate, number};
use crate::kernels::SgdRule;
use crate::tensor::Float;

/// Stochastic gradient descent, with momentum if wanted:
/// [PyTorch's `SGD`](https://pytorch.org/docs/stable/generated/torch.optim.SGD.html), to the letter.
///
/// With `d = gradient + weight_decay·parameter`, the velocity is `d` in a parameter's first step and
/// `momentum·velocity + (1 − dampening)·d` afterwards, and the parameter loses `learning_rate·velocity`; with Nesterov's
/// momentum (Sutskever et al. 2013) `learning_rate·(d + momentum·velocity)`.
///
/// ```
/// use tintype::prelude::*;
/// let mut optimizer = Sgd::new(0.01).momentum(0.9).nesterov(true).weight_decay(5e-4);
/// let mut w = tensor([1.0, -2.0]).requires_grad();
/// for _ in 0..500 {
///     let gradients = w.square().sum().backward();
///     optimizer.step(&mut w, &gradients);
/// }
/// assert!(w.iter().all(|entry| entry.abs() < 1e-3));
/// ```
#[derive(Clone, Debug)]
#[doc(alias = "SGD")]
pub struct Sgd {
    rate: f64,
    momentum: f64,
    dampening: f64,
    weight_decay: f64,
    nesterov: bool,
    velocities: Memory,
}

impl Sgd {
    /// Plain gradient descent.
    ///
    /// # Panics
    /// If the learning rate is negative or not finite.
    pub fn new(learning_rate: f64) -> Self {
        Sgd {
            rate: checked_rate(learning_rate),
            momentum: 0.0,
            dampening: 0.0,
            weight_decay: 0.0,
            nesterov: false,
            velocities: Memory::default(),
        }
    }

    /// How much of the velocity is kept from step to step. 0 by default.
    ///
    /// # Panics
    /// If it is not in `[0, 1)`.
    pub fn momentum(mut self, momentum: f64) -> Self {
        self.momentum = Range::Fraction.checked("a momentum", momentum);
        self
    }

    /// How much of the gradient does not enter the velocity. 0 by default.
    ///
    /// # Panics
    /// If it is negative or not finite.
    pub fn dampening(mut self, dampening: f64) -> Self {
        self.dampening = Range::Amount.checked("a dampening", dampening);
        self
    }

    /// How much of the parameter is added to its gradient (an L2 penalty of half as much). 0 by default.
    ///
    /// # Panics
    /// If it is negative or not finite.
    pub fn weight_decay(mut self, weight_decay: f64) -> Self {
        self.weight_decay = Range::Amount.checked("a weight decay", weight_decay);
        self
    }

    /// Whether the gradient is looked at from where the momentum leads. Needs a momentum and no dampening. `false` by default.
    pub fn nesterov(mut self, nesterov: bool) -> Self {
        self.nesterov = nesterov;
        self
    }
}

impl Optimizer for Sgd {
    /// # Panics
    /// If Nesterov's momentum is asked for without a momentum, or with dampening.
    fn update<E: Float>(&mut self, name: &str, parameter: &mut [E], gradient: &[E]) {
        assert!(
            !self.nesterov || (self.momentum > 0.0 && self.dampening == 0.0),
            "Nesterov's momentum needs a momentum above 0 and a dampening of 0, and they are {} and {}",
            self.momentum,
            self.dampening
        );
        let mut rule = SgdRule {
            rate: number(self.rate),
            decay: number(self.weight_decay),
            momentum: number(self.momentum),
            share: number(1.0 - self.dampening),
            nesterov: self.nesterov,
        };
        if self.momentum == 0.0 {
            return E::sgd(&rule, parameter, gradient, &mut []);
        }
        let entry = self.velocities.of(name, parameter.len(), 1);
        if entry.steps == 0 {
            rule.share = E::one();
        }
        entry.steps += 1;
        E::sgd(&rule, parameter, gradient, &mut entry.buffers[0]);
    }

    fn learning_rate(&self) -> f64 {
        self.rate
    }

    fn set_learning_rate(&mut self, rate: f64) {
        self.rate = checked_rate(rate);
    }
}

impl Resume for Sgd {
    const NAME: &'static str = "Sgd";
    const SETTINGS: &'static [(&'static str, Range)] = &[
        ("learning_rate", Range::Amount),
        ("momentum", Range::Fraction),
        ("dampening", Range::Amount),
        ("weight_decay", Range::Amount),
        ("nesterov", Range::Switch),
    ];

    fn settings(&self) -> Vec<f64> {
        let nesterov = f64::from(self.nesterov);
        vec![self.rate, self.momentum, self.dampening, self.weight_decay, nesterov]
    }

    fn buffers(_: &[f64]) -> &'static [&'static str] {
        &["velocity"]
    }

    fn memory(&self) -> &Memory {
        &self.velocities
    }

    fn restore(&mut self, settings: &[f64], velocities: Memory) {
        let &[rate, momentum, dampening, weight_decay, nesterov] = settings else {
            unreachable!("there are as many settings as names");
        };
        *self = Sgd {
            rate,
            momentum,
            dampening,
            weight_decay,
            nesterov: nesterov != 0.0,
            velocities,
        };
    }
}
