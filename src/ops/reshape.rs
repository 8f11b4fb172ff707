//! The same entries under another shape, without a copy.

use crate::autograd::{Function, Moved, Track};
use crate::dim::Dim;
use crate::shape::{FlattenFrom, HasAxis, HasRoom, InsertAxis, ReshapeTo, Shape, SizeOne};
use crate::tensor::{Element, Tensor};
use core::marker::PhantomData;

/// The entries in the shape `T`, which has as many.
struct Reshape<T>(PhantomData<T>);

impl<S: Shape, T: Shape, E: Element, A: Track> Function<Tensor<S, E, A>> for Reshape<T> {
    const NAME: &'static str = "Reshape";
    type Output = Moved<T, E>;
    type Saved = ();

    fn forward(&self, x: Tensor<S, E>) -> (Moved<T, E>, ()) {
        (Moved(Tensor::from_storage(x.storage)), ())
    }

    fn backward<G: Track>(&self, (): &(), gradient: Tensor<T, E, G>) -> A::When<Tensor<S, E, G>> {
        A::when(|| gradient.reshaped())
    }
}

impl<S: Shape, E: Element, A: Track> Tensor<S, E, A> {
    /// The entries in a shape that is known to have as many.
    pub(crate) fn reshaped<T: Shape>(&self) -> Tensor<T, E, A> {
        Reshape(PhantomData).apply(self)
    }

    /// The same entries, in row-major order, in a shape that has as many. The shape is inferred where the type is annotated.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x = Tensor1::<8>::arange();
    /// assert_eq!(x.reshape::<Rank2<4, 2>>().array(), &[[0.0, 1.0], [2.0, 3.0], [4.0, 5.0], [6.0, 7.0]]);
    /// let cube: Tensor3<2, 2, 2> = x.reshape();
    /// ```
    #[doc(alias = "view")]
    pub fn reshape<T: Shape>(&self) -> Tensor<T, E, A>
    where
        S: ReshapeTo<T>,
    {
        self.reshaped()
    }

    /// All axes joined to one.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x: Tensor1<6> = Tensor2::<2, 3>::zeros().flatten();
    /// ```
    pub fn flatten<T: Shape>(&self) -> Tensor<T, E, A>
    where
        S: FlattenFrom<0, Out = T>,
    {
        self.reshaped()
    }

    /// Axis `AXIS` and all after it joined to one: PyTorch's `x.flatten(AXIS)`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x: Tensor2<10, 256> = Tensor4::<10, 16, 4, 4>::zeros().flatten_from::<1>();
    /// ```
    pub fn flatten_from<const AXIS: usize>(&self) -> Tensor<S::Out, E, A>
    where
        S: FlattenFrom<AXIS>,
    {
        self.reshaped()
    }

    /// Without axis `AXIS`, of size 1.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x: Tensor2<2, 3> = Tensor3::<2, 1, 3>::zeros().squeeze::<1>();
    /// ```
    pub fn squeeze<const AXIS: usize>(&self) -> Tensor<S::Without, E, A>
    where
        S: HasAxis<AXIS, Size: SizeOne>,
    {
        self.reshaped()
    }

    /// With a new axis `AXIS` of size 1.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let x: Tensor3<2, 3, 1> = Tensor2::<2, 3>::zeros().unsqueeze::<2>();
    /// ```
    pub fn unsqueeze<const AXIS: usize>(&self) -> Tensor<S::With<Dim<1>>, E, A>
    where
        S: InsertAxis<AXIS> + HasRoom,
    {
        self.reshaped()
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    #[test]
    fn every_element_type_is_reshaped() {
        let mask = Tensor2::<1, 4, bool>::from([[true, false, false, true]]);
        assert_eq!(mask.reshape::<Rank2<2, 2>>().array(), &[[true, false], [false, true]]);
        assert_eq!(mask.squeeze::<0>(), mask.flatten());
        let counts = Tensor2::<2, 2, u8>::from([[1, 2], [3, 4]]);
        assert_eq!(counts.flatten().array(), &[1, 2, 3, 4]);
        assert_eq!(counts.unsqueeze::<1>().flatten_from::<1>(), counts);
    }
}
