//! Padding an axis, in PyTorch's four modes.

use super::linear_map::LinearMap;
use crate::autograd::{Function, Track};
use crate::dim::{CircularPad, Dimension, Padded, ReflectPad};
use crate::kernels::{self, PaddingMode, buffers};
use crate::shape::{HasAxis, Shape};
use crate::tensor::{Element, Float, Tensor};
use core::marker::PhantomData;

/// What pads with zeros, or with a tensor's own entries.
impl LinearMap for kernels::Padding {
    const NAMES: [&'static str; 2] = ["Pad", "Unpad"];

    fn map<E: Float>(&self, x: &[E], out: &mut [E]) {
        E::pad(self, E::zero(), x, out);
    }

    fn adjoint<E: Float>(&self, x: &[E], out: &mut [E]) {
        E::pad_gradient(self, x, out);
    }
}

/// Pads with a constant, to the shape `T`.
struct PadWith<T, E> {
    sizes: kernels::Padding,
    value: E,
    shape: PhantomData<T>,
}

impl<S: Shape, T: Shape, E: Float, A: Track> Function<Tensor<S, E, A>> for PadWith<T, E> {
    const NAME: &'static str = "Pad";
    type Output = Tensor<T, E>;
    type Saved = ();

    fn forward(&self, x: Tensor<S, E>) -> (Tensor<T, E>, ()) {
        let mut padded = buffers::output(T::NUMEL);
        E::pad(&self.sizes, self.value, x.as_slice(), &mut padded);
        (Tensor::from_buffer(padded), ())
    }

    fn backward<G: Track>(&self, (): &(), gradient: Tensor<T, E, G>) -> A::When<Tensor<S, E, G>> {
        A::when(|| self.sizes.adjoint_of(&gradient))
    }
}

/// The padding of axis `AXIS`, whose planes are the axes before it.
fn sizes<S: HasAxis<AXIS>, const AXIS: usize>(before: usize, after: usize, mode: PaddingMode) -> kernels::Padding {
    kernels::Padding::new(S::OUTER, [S::Size::N, S::INNER], [(before, after), (0, 0)], mode)
}

/// Paddings that want something of the axis, apart from what they want of it: were a method to ask for that alone, which has no other
/// implementation than that of `Dim<N>`, rustc would show of a padding that does not fit how the crate computes that.
macro_rules! fitting {
    ($($(#[$doc:meta])* $name:ident $fits:ident;)*) => { $(
        $(#[$doc])*
        pub trait $name<const AXIS: usize, const BEFORE: usize, const AFTER: usize>: HasAxis<AXIS> {
            /// The padded shape.
            type Out: Shape;
        }
        impl<S, Size, const AXIS: usize, const BEFORE: usize, const AFTER: usize> $name<AXIS, BEFORE, AFTER> for S
        where
            S: HasAxis<AXIS>,
            S::Size: $fits<BEFORE> + $fits<AFTER> + Padded<BEFORE, AFTER, Out = Size>,
            Size: Dimension,
        {
            type Out = S::With<Size>;
        }
    )* };
}
fitting! {
    /// That axis `AXIS` of a shape can be continued from its other end: every shape with a [`CircularPad`] there has it.
    PaddedCircular CircularPad;
    /// That axis `AXIS` of a shape can be continued by its mirror image: every shape with a [`ReflectPad`] there has it.
    PaddedReflect ReflectPad;
}

impl<S: Shape, E: Element, A: Track> Tensor<S, E, A> {
    /// Axis `AXIS` with `BEFORE` and `AFTER` times a value around it. PyTorch's `F.pad(x, …, mode="constant", value=value)`.
    ///
    /// Any number of axes is padded one by one:
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = tensor([[1.0, 2.0]]);
    /// let y: Tensor2<2, 4> = x.pad::<1, 2, 0>(0.0).pad::<0, 0, 1>(9.0);
    /// assert_eq!(y.array(), &[[0.0, 0.0, 1.0, 2.0], [9.0; 4]]);
    /// ```
    pub fn pad<const AXIS: usize, const BEFORE: usize, const AFTER: usize>(
        &self,
        value: E,
    ) -> Tensor<S::With<<S::Size as Padded<BEFORE, AFTER>>::Out>, E, A>
    where
        E: Float,
        S: HasAxis<AXIS, Size: Padded<BEFORE, AFTER>>,
    {
        PadWith {
            sizes: sizes::<S, AXIS>(BEFORE, AFTER, PaddingMode::Zeros),
            value,
            shape: PhantomData,
        }
        .apply(self)
    }

    /// Axis `AXIS` continued from its other end, by `BEFORE` and `AFTER` entries: at most its length.
    /// PyTorch's `F.pad(x, …, mode="circular")`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = tensor([1.0, 2.0, 3.0, 4.0]);
    /// assert_eq!(x.pad_circular::<0, 2, 1>().array(), &[3.0, 4.0, 1.0, 2.0, 3.0, 4.0, 1.0]);
    /// ```
    pub fn pad_circular<const AXIS: usize, const BEFORE: usize, const AFTER: usize>(&self) -> Tensor<S::Out, E, A>
    where
        E: Float,
        S: PaddedCircular<AXIS, BEFORE, AFTER>,
    {
        sizes::<S, AXIS>(BEFORE, AFTER, PaddingMode::Circular).of(self)
    }

    /// Axis `AXIS` continued by its mirror image, which leaves out the entry at the edge, by `BEFORE` and `AFTER` entries: less
    /// than its length. PyTorch's `F.pad(x, …, mode="reflect")`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = tensor([1.0, 2.0, 3.0, 4.0]);
    /// assert_eq!(x.pad_reflect::<0, 2, 1>().array(), &[3.0, 2.0, 1.0, 2.0, 3.0, 4.0, 3.0]);
    /// ```
    pub fn pad_reflect<const AXIS: usize, const BEFORE: usize, const AFTER: usize>(&self) -> Tensor<S::Out, E, A>
    where
        E: Float,
        S: PaddedReflect<AXIS, BEFORE, AFTER>,
    {
        sizes::<S, AXIS>(BEFORE, AFTER, PaddingMode::Reflect).of(self)
    }

    /// Axis `AXIS` with `BEFORE` copies of its first and `AFTER` copies of its last entry.
    /// PyTorch's `F.pad(x, …, mode="replicate")`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = tensor([1.0, 2.0, 3.0, 4.0]);
    /// assert_eq!(x.pad_replicate::<0, 2, 1>().array(), &[1.0, 1.0, 1.0, 2.0, 3.0, 4.0, 4.0]);
    /// ```
    ///
    /// # Panics
    /// If the axis is empty and there is something to add.
    pub fn pad_replicate<const AXIS: usize, const BEFORE: usize, const AFTER: usize>(
        &self,
    ) -> Tensor<S::With<<S::Size as Padded<BEFORE, AFTER>>::Out>, E, A>
    where
        E: Float,
        S: HasAxis<AXIS, Size: Padded<BEFORE, AFTER>>,
    {
        sizes::<S, AXIS>(BEFORE, AFTER, PaddingMode::Replicate).of(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::autograd::gradcheck;
    use crate::shape::Rank3;
    use crate::tensor::Tensor3;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    #[test]
    fn paddings_and_their_gradients() {
        let mut rng = StdRng::seed_from_u64(5);
        let x = Tensor3::<2, 4, 3, f64>::randn(&mut rng);
        gradcheck(|x| x.pad::<1, 2, 1>(0.5), x.clone()).unwrap();
        gradcheck(|x| x.pad_circular::<1, 4, 1>(), x.clone()).unwrap();
        gradcheck(|x| x.pad_reflect::<2, 2, 1>(), x.clone()).unwrap();
        gradcheck(|x| x.pad_replicate::<0, 5, 1>(), x).unwrap();
        let y = Tensor3::<2, 7, 3, f64>::randn(&mut rng);
        for mode in [
            PaddingMode::Zeros,
            PaddingMode::Circular,
            PaddingMode::Reflect,
            PaddingMode::Replicate,
        ] {
            let sizes = sizes::<Rank3<2, 4, 3>, 1>(2, 1, mode);
            gradcheck(|y| sizes.adjoint_of::<_, Rank3<2, 4, 3>, _, _>(y), y.clone()).unwrap();
        }
    }
}
