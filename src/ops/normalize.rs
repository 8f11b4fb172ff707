//! Normalisation: entries less their mean, divided by their standard deviation, then scaled and shifted.
//!
//! Batch normalisation takes together the entries of a channel, layer normalisation those of a row. Both are the same function
//! of different axes.

use super::convolution::ChannelSums;
use super::linear_map::LinearMap;
use super::reduction::axis;
use crate::autograd::{Function, Join, Joined, Track};
use crate::dim::Dim;
use crate::kernels::buffers::{self, Buffer};
use crate::kernels::number;
use crate::kernels::{Axis, elementwise};
use crate::shape::{HasAxis, LastAxis, Shape};
use crate::tensor::{Element, Float, Storage, Tensor, Tensor1};

/// What follows from the input itself, and so has a part in its gradient.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Adaptive {
    MeanAndScale,
    Scale,
    Nothing,
}

impl Adaptive {
    fn if_centred(centred: bool) -> Adaptive {
        if centred {
            Adaptive::MeanAndScale
        } else {
            Adaptive::Scale
        }
    }
}

/// What is subtracted from the entries of each channel and then multiplied with them: `x̂ = (x − mean) scale`.
#[derive(Clone)]
struct Standard<E: Float> {
    channels: Axis,
    adaptive: Adaptive,
    mean: Storage<E>,
    /// `1 / √(variance + ε)`.
    scale: Storage<E>,
}

/// `1 / √(variance + ε)`.
fn scales<E: Float>(variance: &[E], epsilon: E) -> Storage<E> {
    elementwise::map(variance, |v| (v + epsilon).sqrt().recip()).into()
}

impl<E: Float> Standard<E> {
    /// By the channels' own means, or 0, and standard deviations. The variances are those over all `n`, not over `n − 1`.
    fn own(channels: Axis, centred: bool, x: &[E], epsilon: E) -> (Self, Buffer<E>) {
        let (mut mean, mut variance) = (buffers::output(channels.length), buffers::output(channels.length));
        E::moments(channels, centred, x, &mut mean, &mut variance);
        let standard = Standard {
            channels,
            adaptive: Adaptive::if_centred(centred),
            mean: mean.into(),
            scale: scales(&variance, epsilon),
        };
        (standard, variance)
    }

    /// `x̂`, without a derivative.
    fn standardized<S: Shape>(&self, x: &Tensor<S, E>) -> Tensor<S, E> {
        let mut out = buffers::output(S::NUMEL);
        let zeros = Buffer::full(self.channels.length, E::zero());
        E::normalize_channels(
            self.channels,
            x.as_slice(),
            self.mean.as_slice(),
            self.scale.as_slice(),
            &zeros,
            &mut out,
        );
        Tensor::from_buffer(out)
    }
}

/// `y = x̂ weight + bias`, where weight and bias have a number for each place along the axis `affine`.
///
/// `∂weight = Σ ∂y x̂` and `∂bias = Σ ∂y`; `∂x` is [`StandardGradient`]'s.
struct Normalize<E: Float> {
    by: By<E>,
    affine: Axis,
}

/// Where mean and scale come from.
enum By<E: Float> {
    /// They are known: those of the channels that weight and bias belong to.
    Channels(Standard<E>),
    /// They are computed on the way, row by row, from the row itself.
    Rows { rows: Axis, centred: bool, epsilon: E },
}

/// What [`Normalize`] keeps for the gradient of its input, and for that of its weight.
type ForInput<S, W, E> = (Standard<E>, Tensor<S, E>, Tensor<W, E>);
type ForWeight<S, E> = (Standard<E>, Tensor<S, E>);

impl<E: Float> Normalize<E> {
    /// Computes `y`, and gives mean and scale.
    fn normalize(&self, x: &[E], weight: &[E], bias: &[E], y: &mut [E]) -> Standard<E> {
        match &self.by {
            By::Channels(standard) => {
                let (mean, scale) = (standard.mean.as_slice(), standard.scale.as_slice());
                let factors = elementwise::zip(scale, weight, |scale, weight| scale * weight);
                E::normalize_channels(self.affine, x, mean, &factors, bias, y);
                standard.clone()
            }
            &By::Rows { rows, centred, epsilon } => {
                let (mut mean, mut scale) = (buffers::output(rows.length), buffers::output(rows.length));
                E::normalize_rows((centred, epsilon), x, weight, bias, y, &mut mean, &mut scale);
                Standard {
                    channels: rows,
                    adaptive: Adaptive::if_centred(centred),
                    mean: mean.into(),
                    scale: scale.into(),
                }
            }
        }
    }
}

impl<S, W, E, A, B, C, AB> Function<(Tensor<S, E, A>, Tensor<W, E, B>, Tensor<W, E, C>)> for Normalize<E>
where
    S: Shape,
    W: Shape,
    E: Float,
    A: Track + Join<B, Out = AB>,
    AB: Track + Join<C>,
    B: Track,
    C: Track,
{
    const NAME: &'static str = "Normalize";
    type Output = Tensor<S, E>;
    type Saved = (A::When<ForInput<S, W, E>>, B::When<ForWeight<S, E>>);

    fn forward(&self, (x, weight, bias): (Tensor<S, E>, Tensor<W, E>, Tensor<W, E>)) -> (Tensor<S, E>, Self::Saved) {
        let mut y = buffers::output(S::NUMEL);
        let standard = self.normalize(x.as_slice(), weight.as_slice(), bias.as_slice(), &mut y);
        let for_x = A::when(|| (standard.clone(), x.clone(), weight));
        (Tensor::from_buffer(y), (for_x, B::when(|| (standard, x))))
    }

    fn backward<G: Track>(
        &self,
        (for_x, for_weight): &Self::Saved,
        gradient: Tensor<S, E, G>,
    ) -> (
        A::When<Tensor<S, E, G>>,
        B::When<Tensor<W, E, G>>,
        C::When<Tensor<W, E, G>>,
    ) {
        let Axis { outer, length, inner } = self.affine;
        let sums = ChannelSums {
            batch: outer,
            channels: length,
            inner,
        };
        (
            A::with(for_x, |(standard, x, weight)| {
                let factors = weight.storage.clone();
                let weighted = ScaleChannels(self.affine, factors).apply(&gradient);
                let (standard, x) = (standard.clone(), x.clone());
                StandardGradient { standard, x }.apply(weighted)
            }),
            B::with(for_weight, |(standard, x)| {
                sums.of(&(&gradient * standard.standardized(x)))
            }),
            C::when(|| sums.of(&gradient)),
        )
    }
}

/// The Jacobian of [`Standard`] times a gradient. Of `n` entries with `mean` and `scale` of their own it is
/// `scale (1 − 1 1ᵀ/n − x̂ x̂ᵀ/n)`, which is symmetric and so its own derivative.
struct StandardGradient<S: Shape, E: Float> {
    standard: Standard<E>,
    x: Tensor<S, E>,
}

impl<S: Shape, E: Float, A: Track> Function<Tensor<S, E, A>> for StandardGradient<S, E> {
    const NAME: &'static str = "NormalizeGradient";
    type Output = Tensor<S, E>;
    type Saved = ();

    fn forward(&self, gradient: Tensor<S, E>) -> (Tensor<S, E>, ()) {
        let Standard {
            channels,
            adaptive,
            mean,
            scale,
        } = &self.standard;
        let (x, gradient) = (self.x.as_slice(), gradient.as_slice());
        let mut dx = buffers::output(S::NUMEL);
        if *adaptive == Adaptive::Nothing {
            let zeros = Buffer::full(channels.length, E::zero());
            E::normalize_channels(*channels, gradient, &zeros, scale.as_slice(), &zeros, &mut dx);
        } else {
            let centred = *adaptive == Adaptive::MeanAndScale;
            E::normalize_gradient(
                *channels,
                centred,
                x,
                mean.as_slice(),
                scale.as_slice(),
                gradient,
                &mut dx,
            );
        }
        (Tensor::from_buffer(dx), ())
    }

    fn backward<G: Track>(&self, (): &(), gradient: Tensor<S, E, G>) -> A::When<Tensor<S, E, G>> {
        A::when(|| {
            let (standard, x) = (self.standard.clone(), self.x.clone());
            StandardGradient { standard, x }.apply(gradient)
        })
    }
}

/// The entries at each place along an axis multiplied with a number.
struct ScaleChannels<E: Float>(Axis, Storage<E>);

impl<S: Shape, E: Float, A: Track> Function<Tensor<S, E, A>> for ScaleChannels<E> {
    const NAME: &'static str = "ScaleChannels";
    type Output = Tensor<S, E>;
    type Saved = ();

    fn forward(&self, x: Tensor<S, E>) -> (Tensor<S, E>, ()) {
        let mut scaled = buffers::output(S::NUMEL);
        let zeros = Buffer::full(self.0.length, E::zero());
        E::normalize_channels(self.0, x.as_slice(), &zeros, self.1.as_slice(), &zeros, &mut scaled);
        (Tensor::from_buffer(scaled), ())
    }

    fn backward<G: Track>(&self, (): &(), gradient: Tensor<S, E, G>) -> A::When<Tensor<S, E, G>> {
        A::when(|| ScaleChannels(self.0, self.1.clone()).apply(gradient))
    }
}

/// Normalisation of each row as a channel, and the places along it, which have weights.
fn rows<S: LastAxis, E: Float, const N: usize>(centred: bool, epsilon: f64) -> (By<E>, Axis) {
    let (rows, inner) = (S::ROWS, N);
    let each = Axis {
        outer: 1,
        length: rows,
        inner,
    };
    let by = By::Rows {
        rows: each,
        centred,
        epsilon: number(epsilon),
    };
    let along = Axis {
        outer: rows,
        length: inner,
        inner: 1,
    };
    (by, along)
}

impl<S: Shape, E: Element, A: Track> Tensor<S, E, A> {
    /// Each channel (axis 1) normalised by its mean and variance over the whole batch, then scaled and shifted:
    /// `(x − mean) / √(variance + ε) · weight + bias` ([Ioffe and Szegedy 2015](https://arxiv.org/abs/1502.03167)).
    ///
    /// Also gives the means and the variances (over all `n` entries of a channel, not over `n − 1`).
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = tensor([[1.0, 5.0], [3.0, 5.0]]);
    /// let (y, mean, variance) = x.batch_norm(&Tensor1::<2>::ones(), &Tensor1::<2>::zeros(), 0.0001);
    /// assert_eq!((mean.array(), variance.array()), (&[2.0, 5.0], &[1.0, 0.0]));
    /// assert_eq!(y.round().array(), &[[-1.0, 0.0], [1.0, 0.0]]);
    /// ```
    #[expect(clippy::type_complexity, reason = "three tensors, of which none is worth a name")]
    pub fn batch_norm<const C: usize, T: Track>(
        &self,
        weight: &Tensor1<C, E, T>,
        bias: &Tensor1<C, E, T>,
        epsilon: f64,
    ) -> (Tensor<S, E, Joined<A, T>>, Tensor1<C, E>, Tensor1<C, E>)
    where
        E: Float,
        S: HasAxis<1, Size = Dim<C>>,
        A: Join<T>,
    {
        let affine = axis::<S, 1>();
        let (standard, variance) = Standard::own(affine, true, self.as_slice(), number(epsilon));
        let mean = Tensor::from_storage(standard.mean.clone());
        let by = By::Channels(standard);
        let y = Normalize { by, affine }.apply((self, weight, bias));
        (y, mean, Tensor::from_buffer(variance))
    }

    /// [`batch_norm`](Tensor::batch_norm) by means and variances that are given: what a network in use does.
    pub fn batch_norm_by<const C: usize, T: Track>(
        &self,
        (mean, variance): (&Tensor1<C, E>, &Tensor1<C, E>),
        weight: &Tensor1<C, E, T>,
        bias: &Tensor1<C, E, T>,
        epsilon: f64,
    ) -> Tensor<S, E, Joined<A, T>>
    where
        E: Float,
        S: HasAxis<1, Size = Dim<C>>,
        A: Join<T>,
    {
        let affine = axis::<S, 1>();
        let epsilon = number::<E>(epsilon);
        let standard = Standard {
            channels: affine,
            adaptive: Adaptive::Nothing,
            mean: mean.storage.clone(),
            scale: scales(variance.as_slice(), epsilon),
        };
        let by = By::Channels(standard);
        Normalize { by, affine }.apply((self, weight, bias))
    }

    /// Each row along the last axis normalised by its mean and variance, then scaled and shifted:
    /// `(x − mean) / √(variance + ε) · weight + bias` ([Ba et al. 2016](https://arxiv.org/abs/1607.06450)).
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let y = tensor([[1.0, 3.0], [7.0, 5.0]]).layer_norm(&tensor([1.0, 2.0]), &tensor([0.0, 0.5]), 0.0);
    /// assert_eq!(y.array(), &[[-1.0, 2.5], [1.0, -1.5]]);
    /// ```
    pub fn layer_norm<const N: usize, T: Track>(
        &self,
        weight: &Tensor1<N, E, T>,
        bias: &Tensor1<N, E, T>,
        epsilon: f64,
    ) -> Tensor<S, E, Joined<A, T>>
    where
        E: Float,
        S: LastAxis<Size = Dim<N>>,
        A: Join<T>,
    {
        let (by, affine) = rows::<S, E, N>(true, epsilon);
        Normalize { by, affine }.apply((self, weight, bias))
    }

    /// Each row along the last axis divided by the root of its mean square, then scaled: `x / √(mean(x²) + ε) · weight`
    /// ([Zhang and Sennrich 2019](https://arxiv.org/abs/1910.07467)).
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let y = tensor([1.0, -7.0]).rms_norm(&tensor([1.0, 2.0]), 0.0);
    /// assert_eq!(y.array(), &[0.2, -2.8]);
    /// ```
    pub fn rms_norm<const N: usize, T: Track>(
        &self,
        weight: &Tensor1<N, E, T>,
        epsilon: f64,
    ) -> Tensor<S, E, Joined<A, T>>
    where
        E: Float,
        S: LastAxis<Size = Dim<N>>,
        A: Join<T>,
    {
        let (by, affine) = rows::<S, E, N>(false, epsilon);
        Normalize { by, affine }.apply((self, weight, &Tensor1::<N, E>::zeros()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prelude::*;

    fn random<S: Shape>(seed: u64) -> Tensor<S, f64> {
        Tensor::randn(&mut StdRng::seed_from_u64(seed))
    }

    #[test]
    fn gradients() {
        let inputs = || {
            (
                random::<Rank3<3, 2, 4>>(0),
                random::<Rank1<2>>(1),
                random::<Rank1<2>>(2),
            )
        };
        gradcheck(|(x, w, b)| x.batch_norm(w, b, 1e-3).0, inputs()).unwrap();
        let (mean, variance) = (random::<Rank1<2>>(3), random::<Rank1<2>>(4).square());
        gradcheck(|(x, w, b)| x.batch_norm_by((&mean, &variance), w, b, 1e-3), inputs()).unwrap();
        let inputs = || (random::<Rank2<3, 4>>(0), random::<Rank1<4>>(1), random::<Rank1<4>>(2));
        gradcheck(|(x, w, b)| x.batch_norm(w, b, 1e-3).0, inputs()).unwrap();
        gradcheck(|(x, w, b)| x.layer_norm(w, b, 1e-3), inputs()).unwrap();
        gradcheck(|(x, w, _)| x.rms_norm(w, 1e-3), inputs()).unwrap();
    }

    /// The gradients are functions with derivatives of their own.
    #[test]
    fn gradients_of_gradients() {
        let x = random::<Rank3<3, 2, 4>>(0);
        let (each, along) = (axis::<Rank3<3, 2, 4>, 1>(), axis::<Rank3<3, 2, 4>, 2>());
        for centred in [true, false] {
            let standard = Standard::own(each, centred, x.as_slice(), 1e-3).0;
            let of_standard = |g: &Tensor3<3, 2, 4, f64, Tracked>| {
                let (standard, x) = (standard.clone(), x.clone());
                StandardGradient { standard, x }.apply(g)
            };
            gradcheck(of_standard, random(5)).unwrap();
        }
        let factors = random::<Rank1<4>>(6);
        let scaled = |g: &Tensor3<3, 2, 4, f64, Tracked>| ScaleChannels(along, factors.storage.clone()).apply(g);
        gradcheck(scaled, random(7)).unwrap();
    }
}
