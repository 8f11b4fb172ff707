//! Convolution, in as many dimensions as its kernels have.
//!
//! The sum `Σ y · (x * w)` over all entries is linear in each of the input `x`, the weight `w` and (a gradient of) the output
//! `y`. Its derivative with respect to one of the three is a function of the other two: with respect to `y` it is the
//! convolution `x * w`, and with respect to `x` and `w` they are its gradients. So the three functions are one another's
//! derivatives, to any order.

use super::linear_map::LinearMap;
use crate::autograd::{Function, Join, Joined, Track};
use crate::kernels::buffers::{self, Buffer};
use crate::kernels::{self, PaddingMode, layout};
use crate::shape::{Rank1, Shape};
use crate::tensor::{Float, Tensor};
use core::marker::PhantomData;

/// The sizes of a convolution, and with what the input is padded.
#[derive(Clone, Copy)]
pub(crate) struct Geometry {
    /// What is padded first, where it is not with zeros: the convolution itself pads with those.
    padding: Option<kernels::Padding>,
    convolution: kernels::Convolution,
}

impl Geometry {
    /// A convolution whose padding is of this kind.
    pub(crate) fn new(mut convolution: kernels::Convolution, mode: PaddingMode) -> Self {
        let planes = convolution.batch * convolution.in_channels;
        let padding = (mode != PaddingMode::Zeros).then(|| {
            let windows = convolution.windows;
            kernels::Padding::new(
                planes,
                windows.map(|window| window.input),
                windows.map(|window| window.padding),
                mode,
            )
        });
        if padding.is_some() {
            for window in &mut convolution.windows {
                (window.input, window.padding) = (window.padded(), (0, 0));
            }
        }
        Geometry { padding, convolution }
    }

    /// The input as the convolution reads it.
    fn padded<'a, E: Float>(&self, x: &'a [E]) -> Padded<'a, E> {
        self.padding.map_or(Padded::Not(x), |padding| {
            let mut padded = buffers::output(padding.output_len());
            E::pad(&padding, E::zero(), x, &mut padded);
            Padded::By(padded)
        })
    }

    /// The output, from the input and the weight.
    pub(crate) fn output<E: Float>(&self, x: &[E], weight: &[E], bias: Option<&[E]>, out: &mut [E]) {
        E::convolution(&self.convolution, &self.padded(x), weight, bias, out);
    }

    /// One of the three tensors, from the other two.
    fn part<E: Float>(&self, part: Part, left: &[E], right: &[E], out: &mut [E]) {
        match part {
            Part::Output => self.output(left, right, None, out),
            Part::Input => self.input(left, right, out),
            Part::Weight => self.weight(left, right, out),
        }
    }

    /// The gradient of the input, from the weight and the gradient of the output.
    pub(crate) fn input<E: Float>(&self, weight: &[E], y: &[E], out: &mut [E]) {
        let Some(padding) = self.padding else {
            return E::convolution_input_gradient(&self.convolution, y, weight, out);
        };
        let mut padded = buffers::output(padding.output_len());
        E::convolution_input_gradient(&self.convolution, y, weight, &mut padded);
        E::pad_gradient(&padding, &padded, out);
    }

    /// The gradient of the weight, from the gradient of the output and the input.
    pub(crate) fn weight<E: Float>(&self, y: &[E], x: &[E], out: &mut [E]) {
        E::convolution_weight_gradient(&self.convolution, &self.padded(x), y, out);
    }

    /// The gradient of the bias, from the gradient of the output.
    pub(crate) fn bias<E: Float>(&self, y: &[E], out: &mut [E]) {
        self.channel_sums().map(y, out);
    }

    fn channel_sums(&self) -> ChannelSums {
        ChannelSums {
            batch: self.convolution.batch,
            channels: self.convolution.out_channels,
            inner: self.convolution.output().iter().product(),
        }
    }
}

/// An input as a convolution reads it.
enum Padded<'a, E: Float> {
    Not(&'a [E]),
    By(Buffer<E>),
}

impl<E: Float> core::ops::Deref for Padded<'_, E> {
    type Target = [E];
    fn deref(&self) -> &[E] {
        match self {
            Padded::Not(x) => x,
            Padded::By(padded) => padded,
        }
    }
}

/// The three tensors of a convolution. One is computed from the other two, given in the order after it.
#[derive(Clone, Copy)]
enum Part {
    Output,
    Input,
    Weight,
}

impl Part {
    fn next(self) -> Part {
        match self {
            Part::Output => Part::Input,
            Part::Input => Part::Weight,
            Part::Weight => Part::Output,
        }
    }
}

/// One part of a convolution, in the shape `T`.
struct Convolution<T> {
    geometry: Geometry,
    part: Part,
    shape: PhantomData<T>,
}

impl<L, R, T, E, A, B> Function<(Tensor<L, E, A>, Tensor<R, E, B>)> for Convolution<T>
where
    L: Shape,
    R: Shape,
    T: Shape,
    E: Float,
    A: Track + Join<B>,
    B: Track,
{
    const NAME: &'static str = "Convolution";
    type Output = Tensor<T, E>;
    type Saved = (A::When<Tensor<R, E>>, B::When<Tensor<L, E>>);

    fn forward(&self, (left, right): (Tensor<L, E>, Tensor<R, E>)) -> (Tensor<T, E>, Self::Saved) {
        let mut out = buffers::output(T::NUMEL);
        self.geometry
            .part(self.part, left.as_slice(), right.as_slice(), &mut out);
        (Tensor::from_buffer(out), (A::when(|| right), B::when(|| left)))
    }

    fn backward<G: Track>(
        &self,
        (right, left): &Self::Saved,
        gradient: Tensor<T, E, G>,
    ) -> (A::When<Tensor<L, E, G>>, B::When<Tensor<R, E, G>>) {
        let next = self.part.next();
        (
            A::with(right, |right| part(next, self.geometry, right, &gradient)),
            B::with(left, |left| part(next.next(), self.geometry, &gradient, left)),
        )
    }
}

fn part<L: Shape, R: Shape, T: Shape, E: Float, A: Track + Join<B>, B: Track>(
    part: Part,
    geometry: Geometry,
    left: &Tensor<L, E, A>,
    right: &Tensor<R, E, B>,
) -> Tensor<T, E, Joined<A, B>> {
    Convolution {
        geometry,
        part,
        shape: PhantomData,
    }
    .apply((left, right))
}

/// The output of a convolution with a number added to each channel, in the shape `T`.
struct WithBias<T>(Geometry, PhantomData<T>);

impl<X, W, T, E, A, B, C, AB, const O: usize> Function<(Tensor<X, E, A>, Tensor<W, E, B>, Tensor<Rank1<O>, E, C>)>
    for WithBias<T>
where
    X: Shape,
    W: Shape,
    T: Shape,
    E: Float,
    A: Track + Join<B, Out = AB>,
    AB: Track + Join<C>,
    B: Track,
    C: Track,
{
    const NAME: &'static str = "Convolution";
    type Output = Tensor<T, E>;
    type Saved = (A::When<Tensor<W, E>>, B::When<Tensor<X, E>>);

    fn forward(
        &self,
        (x, weight, bias): (Tensor<X, E>, Tensor<W, E>, Tensor<Rank1<O>, E>),
    ) -> (Tensor<T, E>, Self::Saved) {
        let mut y = buffers::output(T::NUMEL);
        self.0
            .output(x.as_slice(), weight.as_slice(), Some(bias.as_slice()), &mut y);
        (Tensor::from_buffer(y), (A::when(|| weight), B::when(|| x)))
    }

    fn backward<G: Track>(
        &self,
        (weight, x): &Self::Saved,
        gradient: Tensor<T, E, G>,
    ) -> (
        A::When<Tensor<X, E, G>>,
        B::When<Tensor<W, E, G>>,
        C::When<Tensor<Rank1<O>, E, G>>,
    ) {
        (
            A::with(weight, |weight| part(Part::Input, self.0, weight, &gradient)),
            B::with(x, |x| part(Part::Weight, self.0, &gradient, x)),
            C::when(|| self.0.channel_sums().of(&gradient)),
        )
    }
}

/// The sum of each channel over all images.
#[derive(Clone, Copy)]
pub(super) struct ChannelSums {
    pub batch: usize,
    pub channels: usize,
    pub inner: usize,
}

impl LinearMap for ChannelSums {
    const NAMES: [&'static str; 2] = ["ChannelSums", "RepeatChannels"];

    fn map<E: Float>(&self, x: &[E], out: &mut [E]) {
        E::channel_sum(self.batch, self.channels, self.inner, x, out);
    }

    fn adjoint<E: Float>(&self, x: &[E], out: &mut [E]) {
        let mut image = buffers::output(self.channels * self.inner);
        layout::repeat(self.channels, self.inner, 1, x, &mut image);
        layout::repeat(1, self.batch, image.len(), &image, out);
    }
}

/// `x * weight`, in the shape `T`, which has the output's sizes.
pub(crate) fn convolution_without_bias<X: Shape, W: Shape, T: Shape, E: Float, A: Track + Join<B>, B: Track>(
    geometry: Geometry,
    x: &Tensor<X, E, A>,
    weight: &Tensor<W, E, B>,
) -> Tensor<T, E, Joined<A, B>> {
    part(Part::Output, geometry, x, weight)
}

/// `x * weight + bias`, in the shape `T`, which has the output's sizes.
pub(crate) fn convolution<X: Shape, W: Shape, T: Shape, E: Float, A: Track + Join<B>, B: Track, const O: usize>(
    geometry: Geometry,
    x: &Tensor<X, E, A>,
    weight: &Tensor<W, E, B>,
    bias: &Tensor<Rank1<O>, E, B>,
) -> Tensor<T, E, Joined<A, B>> {
    WithBias(geometry, PhantomData).apply((x, weight, bias))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::autograd::gradcheck;
    use crate::shape::{Rank3, Rank4};
    use crate::tensor::{Tensor1, Tensor3, Tensor4};
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    /// Each part of a convolution with two groups, strides 2 and 1 and dilations 1 and 2, and of its gradients: together, the
    /// derivatives of convolution up to the second.
    fn check_parts<X: Shape, Y: Shape>(padding: (usize, usize), mode: PaddingMode) {
        let sizes = kernels::Convolution::new(2, 2, 4, [5, 6], [3, 2]);
        let sizes = sizes.groups(2).stride([2, 1]).dilation([1, 2]).padding([padding; 2]);
        let geometry = Geometry::new(sizes, mode);
        let mut rng = StdRng::seed_from_u64(1);
        let x = Tensor::<X, f64>::randn(&mut rng);
        let weight = Tensor4::<4, 1, 3, 2, f64>::randn(&mut rng);
        let y = Tensor::<Y, f64>::randn(&mut rng);
        let output = |(x, w): &(_, _)| part::<_, _, Y, _, _, _>(Part::Output, geometry, x, w);
        gradcheck(output, (x.clone(), weight.clone())).unwrap();
        let input = |(w, y): &(_, _)| part::<_, _, X, _, _, _>(Part::Input, geometry, w, y);
        gradcheck(input, (weight, y.clone())).unwrap();
        let weight = |(y, x): &(_, _)| part::<_, _, Rank4<4, 1, 3, 2>, _, _, _>(Part::Weight, geometry, y, x);
        gradcheck(weight, (y, x)).unwrap();
    }

    #[test]
    fn the_parts_are_one_another_s_derivatives() {
        check_parts::<Rank4<2, 2, 5, 6>, Rank4<2, 4, 2, 4>>((0, 0), PaddingMode::Zeros);
        check_parts::<Rank4<2, 2, 5, 6>, Rank4<2, 4, 3, 7>>((1, 2), PaddingMode::Zeros);
        check_parts::<Rank4<2, 2, 5, 6>, Rank4<2, 4, 3, 7>>((2, 1), PaddingMode::Circular);
        check_parts::<Rank4<2, 2, 5, 6>, Rank4<2, 4, 3, 7>>((2, 1), PaddingMode::Reflect);
        check_parts::<Rank4<2, 2, 5, 6>, Rank4<2, 4, 3, 7>>((2, 1), PaddingMode::Replicate);
    }

    #[test]
    fn a_bias_and_its_sums() {
        let mut rng = StdRng::seed_from_u64(2);
        let x = Tensor3::<2, 2, 5, f64>::randn(&mut rng);
        let weight = Tensor3::<3, 2, 2, f64>::randn(&mut rng);
        let bias = Tensor1::<3, f64>::randn(&mut rng);
        let geometry = Geometry::new(kernels::Convolution::new(2, 2, 3, [5], [2]), PaddingMode::Zeros);
        let with_bias = |(x, w, b): &(_, _, _)| convolution::<_, _, Rank3<2, 3, 4>, _, _, _, 3>(geometry, x, w, b);
        gradcheck(with_bias, (x, weight, bias)).unwrap();
        let sums = ChannelSums {
            batch: 2,
            channels: 3,
            inner: 4,
        };
        let y = Tensor3::<2, 3, 4, f64>::randn(&mut rng);
        gradcheck(|y| sums.of::<_, Rank1<3>, _, _>(y), y).unwrap();
        gradcheck(
            |b| sums.adjoint_of::<_, Rank3<2, 3, 4>, _, _>(b),
            Tensor1::<3, f64>::randn(&mut rng),
        )
        .unwrap();
    }
}
