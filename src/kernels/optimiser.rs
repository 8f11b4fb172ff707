//! One step of an optimiser: everything that changes with a parameter, in one pass over it.

use super::Kernels;
use super::parallel;
use super::simd::vectorised;

/// What an optimiser's pass costs per element: it streams several slices, and Adam takes a root and a quotient.
const COST: usize = 4;

/// One step of gradient descent: with `d = gradient + decay·parameter`,
/// `velocity = momentum·velocity + share·d` and `parameter −= rate·velocity`, or with `nesterov`
/// `parameter −= rate·(d + momentum·velocity)`.
#[derive(Clone, Copy, Debug)]
pub struct SgdRule<E> {
    pub rate: E,
    pub decay: E,
    pub momentum: E,
    pub share: E,
    pub nesterov: bool,
}

/// One step of Adam: with `d = gradient + decay·parameter`,
/// `mean += mean_share·(d − mean)`, `square += square_share·(d² − square)` and
/// `parameter = shrink·parameter − rate·mean / (√square / root_correction + epsilon)`.
///
/// The corrections for the zeros that the means begin with are constants of the step: `rate` is the learning rate over
/// `1 − β₁ᵗ`, and `root_correction` is `√(1 − β₂ᵗ)`.
#[derive(Clone, Copy, Debug)]
pub struct AdamRule<E> {
    pub rate: E,
    pub decay: E,
    pub shrink: E,
    pub mean_share: E,
    pub square_share: E,
    pub root_correction: E,
    pub epsilon: E,
}

/// See [`SgdRule`]. Without momentum the velocity is not touched, and may be empty.
pub fn sgd<E: Kernels>(rule: &SgdRule<E>, parameter: &mut [E], gradient: &[E], velocity: &mut [E]) {
    assert_eq!(parameter.len(), gradient.len());
    let SgdRule {
        rate,
        decay,
        momentum,
        share,
        nesterov,
    } = *rule;
    if momentum == E::zero() {
        return parallel::chunks(parameter, 1, COST, |first, parameter| {
            let gradient = &gradient[first..][..parameter.len()];
            vectorised(
                #[inline(always)]
                move || {
                    for (p, &g) in parameter.iter_mut().zip(gradient) {
                        *p -= rate * decayed(g, decay, *p);
                    }
                },
            );
        });
    }
    parallel::chunks_together([parameter, velocity], COST, |first, [parameter, velocity]| {
        let gradient = &gradient[first..][..parameter.len()];
        vectorised(
            #[inline(always)]
            move || {
                for ((p, &g), v) in parameter.iter_mut().zip(gradient).zip(velocity) {
                    let d = decayed(g, decay, *p);
                    *v = momentum * *v + share * d;
                    *p -= rate * if nesterov { d + momentum * *v } else { *v };
                }
            },
        );
    });
}

/// The gradient with the decay in it. Without decay the parameter does not come in, so that an infinite one makes no NaN.
#[inline(always)]
fn decayed<E: Kernels>(gradient: E, decay: E, parameter: E) -> E {
    if decay == E::zero() {
        gradient
    } else {
        gradient + decay * parameter
    }
}

/// See [`AdamRule`]. With `largest` of the parameter's length instead of empty it is AMSGrad: the largest square so far
/// takes the place of the square.
pub fn adam<E: Kernels>(
    rule: &AdamRule<E>,
    parameter: &mut [E],
    gradient: &[E],
    mean: &mut [E],
    square: &mut [E],
    largest: &mut [E],
) {
    assert_eq!(parameter.len(), gradient.len());
    let rule = *rule;
    if largest.is_empty() {
        return parallel::chunks_together([parameter, mean, square], COST, |first, [parameter, mean, square]| {
            let gradient = &gradient[first..][..parameter.len()];
            vectorised(
                #[inline(always)]
                move || {
                    for (((p, &g), m), s) in parameter.iter_mut().zip(gradient).zip(mean).zip(square) {
                        (*m, *s) = rule.moments(*p, g, *m, *s);
                        *p = rule.moved(*p, *m, *s);
                    }
                },
            );
        });
    }
    let slices = [parameter, mean, square, largest];
    parallel::chunks_together(slices, COST, |first, [parameter, mean, square, largest]| {
        let gradient = &gradient[first..][..parameter.len()];
        vectorised(
            #[inline(always)]
            move || {
                let slices = parameter.iter_mut().zip(gradient).zip(mean).zip(square);
                for ((((p, &g), m), s), l) in slices.zip(largest) {
                    (*m, *s) = rule.moments(*p, g, *m, *s);
                    *l = l.max(*s);
                    *p = rule.moved(*p, *m, *l);
                }
            },
        );
    });
}

impl<E: Kernels> AdamRule<E> {
    /// The new mean and square.
    #[inline(always)]
    fn moments(&self, parameter: E, gradient: E, mean: E, square: E) -> (E, E) {
        let d = decayed(gradient, self.decay, parameter);
        (
            mean + self.mean_share * (d - mean),
            square + self.square_share * (d * d - square),
        )
    }

    /// The new parameter.
    #[inline(always)]
    fn moved(&self, parameter: E, mean: E, square: E) -> E {
        self.shrink * parameter - self.rate * mean / (square.sqrt() / self.root_correction + self.epsilon)
    }
}
