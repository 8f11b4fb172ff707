//! Forgetting on purpose.

use super::module::Module;
use super::parameters::{Name, Parameters, Visitor, VisitorMut};
use super::stateful::Stateful;
use crate::autograd::{Track, Tracked, Untracked};
use crate::kernels::number;
use crate::shape::Shape;
use crate::tensor::{Float, Tensor};
use core::marker::PhantomData;
use core::sync::atomic::{AtomicU64, Ordering};
use rand::rngs::StdRng;
use rand::{Rng, RngExt, SeedableRng};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Sets each entry to 0 with probability `p` and divides the others by `1 − p`, so that sums keep their expectation (Srivastava
/// et al. 2014): [PyTorch's `Dropout`](https://pytorch.org/docs/stable/generated/torch.nn.Dropout.html).
///
/// Frozen, it is the identity. Each call draws anew.
///
/// ```
/// use tintype::prelude::*;
/// let dropout: Dropout = Dropout::new(0.5);
/// let y = dropout.forward(&Tensor1::<100>::ones());
/// assert!(y.iter().all(|&entry| entry == 0.0 || entry == 2.0));
/// assert_eq!(dropout.freeze().forward(&Tensor1::<100>::ones()), Tensor1::<100>::ones());
/// ```
#[derive(Debug)]
pub struct Dropout<T: Track = Tracked> {
    probability: f64,
    streams: Mutex<Streams>,
    state: PhantomData<T>,
}

/// Random numbers. Those of clones are apart, so that a network that is looked at through a frozen clone learns as one that is not.
#[derive(Debug)]
struct Streams {
    masks: StdRng,
    clones: StdRng,
}

impl Dropout {
    /// Drops with probability `p`. The layers of one program draw from different streams, the same in every run.
    ///
    /// # Panics
    /// If `p` is not in `[0, 1)`.
    pub fn new(p: f64) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self::seeded(p, &mut StdRng::seed_from_u64(NEXT.fetch_add(1, Ordering::Relaxed)))
    }

    /// Drops with probability `p`, by random numbers that follow from `rng`.
    ///
    /// # Panics
    /// If `p` is not in `[0, 1)`.
    pub fn seeded(p: f64, rng: &mut (impl Rng + ?Sized)) -> Self {
        assert!(
            (0.0..1.0).contains(&p),
            "the probability of dropping must be at least 0 and less than 1, not {p}"
        );
        Self::drawing_from(p, rng)
    }
}

impl<T: Track> Dropout<T> {
    fn drawing_from(probability: f64, rng: &mut (impl Rng + ?Sized)) -> Self {
        let seed = rng.random();
        Dropout {
            probability,
            streams: Mutex::new(Streams {
                masks: StdRng::seed_from_u64(seed),
                clones: StdRng::seed_from_u64(!seed),
            }),
            state: PhantomData,
        }
    }

    fn streams(&self) -> MutexGuard<'_, Streams> {
        self.streams.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the entries of an input are multiplied by: 0, or what makes up for the zeros.
    pub(super) fn fill_mask<E: Float>(&self, mask: &mut [E]) {
        let kept = number(1.0 / (1.0 - self.probability));
        let rng = &mut self.streams().masks;
        for entry in mask {
            *entry = if rng.random_bool(self.probability) {
                E::zero()
            } else {
                kept
            };
        }
    }
}

#[diagnostic::do_not_recommend]
impl<S: Shape, E: Float, G: Track, T: Track> Module<Tensor<S, E, G>> for Dropout<T> {
    type Output = Tensor<S, E, G>;
    fn apply(&self, x: &Tensor<S, E, G>) -> Tensor<S, E, G> {
        if !T::TRACKED {
            return x.clone();
        }
        let mut mask = Tensor::<S, E>::zeros();
        self.fill_mask(mask.as_mut_slice());
        x * mask
    }
}

#[diagnostic::do_not_recommend]
impl<T: Track> Parameters for Dropout<T> {
    const PARAMETERS: usize = 0;
    fn visit(&self, _: &mut Name, _: &mut impl Visitor) {}
    fn visit_mut(&mut self, _: &mut Name, _: &mut impl VisitorMut) {}
}

impl<T: Track> Clone for Dropout<T> {
    /// A layer that drops with the same probability, by a stream of random numbers of its own. What this one drops does
    /// not depend on how often it is cloned.
    fn clone(&self) -> Self {
        Self::drawing_from(self.probability, &mut self.streams().clones)
    }
}

impl<T: Track> Stateful for Dropout<T> {
    type In<U: Track> = Dropout<U>;
    fn into_state<U: Track>(self) -> Dropout<U> {
        Dropout {
            probability: self.probability,
            streams: self.streams,
            state: PhantomData,
        }
    }
    fn from_frozen(frozen: Self::In<Untracked>) -> Self {
        frozen.into_state()
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    #[test]
    fn clones_drop_by_themselves() {
        let dropouts = [(); 2].map(|()| Dropout::<Tracked>::seeded(0.5, &mut StdRng::seed_from_u64(3)));
        let clones = [dropouts[0].clone(), dropouts[0].clone()];
        let x = Tensor1::<64>::ones();
        let drop = |dropout: &Dropout| dropout.forward(&x);
        assert_eq!(drop(&dropouts[0]), drop(&dropouts[1]));
        assert_ne!(drop(&clones[0]), drop(&clones[1]));
    }
}
