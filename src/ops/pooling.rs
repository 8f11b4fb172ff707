//! Pooling, in as many dimensions as its kernels have.

use super::linear_map::LinearMap;
use crate::autograd::{Function, Track};
use crate::kernels::pooling::NOWHERE;
use crate::kernels::{Pooling, buffers};
use crate::shape::Shape;
use crate::tensor::{Float, Storage, Tensor};
use core::marker::PhantomData;

/// The largest entry of each window, in the shape `T`.
struct MaxPool<T>(Pooling, PhantomData<T>);

impl<S: Shape, T: Shape, E: Float, A: Track> Function<Tensor<S, E, A>> for MaxPool<T> {
    const NAME: &'static str = "MaxPool";
    type Output = Tensor<T, E>;
    type Saved = A::When<Pick>;

    fn forward(&self, x: Tensor<S, E>) -> (Tensor<T, E>, Self::Saved) {
        let (mut largest, mut places) = (buffers::output(T::NUMEL), buffers::output(T::NUMEL));
        E::max_pool(&self.0, x.as_slice(), &mut largest, &mut places);
        let picked = A::when(|| Pick {
            sizes: self.0,
            places: places.into(),
        });
        (Tensor::from_buffer(largest), picked)
    }

    /// Around a point, the largest entries stay where they are, and the function is the one that picks these.
    fn backward<G: Track>(&self, picked: &Self::Saved, gradient: Tensor<T, E, G>) -> A::When<Tensor<S, E, G>> {
        A::with(picked, |picked| picked.clone().adjoint_of(&gradient))
    }
}

/// The entries at given places of their planes.
#[derive(Clone)]
struct Pick {
    sizes: Pooling,
    places: Storage<u32>,
}

impl LinearMap for Pick {
    const NAMES: [&'static str; 2] = ["Pick", "Scatter"];

    fn map<E: Float>(&self, x: &[E], out: &mut [E]) {
        let [plane, picked] = [x.len(), out.len()].map(|length| length / self.sizes.planes.max(1));
        for (i, (out, &place)) in out.iter_mut().zip(self.places.as_slice()).enumerate() {
            *out = match place {
                NOWHERE => E::zero(),
                place => x[i / picked * plane + place as usize],
            };
        }
    }

    fn adjoint<E: Float>(&self, x: &[E], out: &mut [E]) {
        E::max_pool_gradient(&self.sizes, x, self.places.as_slice(), out);
    }
}

/// The mean of each window.
#[derive(Clone, Copy)]
struct AveragePool {
    sizes: Pooling,
    count_padding: bool,
}

impl LinearMap for AveragePool {
    const NAMES: [&'static str; 2] = ["AveragePool", "ShareOut"];

    fn map<E: Float>(&self, x: &[E], out: &mut [E]) {
        E::average_pool(&self.sizes, x, out, self.count_padding);
    }

    fn adjoint<E: Float>(&self, x: &[E], out: &mut [E]) {
        E::average_pool_gradient(&self.sizes, x, out, self.count_padding);
    }
}

/// The largest entry of each window, in the shape `T`, which has the output's sizes.
pub(crate) fn max_pool<S: Shape, T: Shape, E: Float, A: Track>(sizes: Pooling, x: &Tensor<S, E, A>) -> Tensor<T, E, A> {
    MaxPool(sizes, PhantomData).apply(x)
}

/// The mean of each window, in the shape `T`, which has the output's sizes. Padding counts as zeros, or not at all.
pub(crate) fn average_pool<S: Shape, T: Shape, E: Float, A: Track>(
    sizes: Pooling,
    count_padding: bool,
    x: &Tensor<S, E, A>,
) -> Tensor<T, E, A> {
    AveragePool { sizes, count_padding }.of(x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::autograd::{Tracked, gradcheck};
    use crate::shape::Rank3;
    use crate::tensor::Tensor3;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    /// As PyTorch has it.
    #[test]
    fn a_window_of_padding_alone_is_minus_infinity() {
        let sizes = Pooling::new(1, [1], [2]).stride([1]).padding([(1, 1)]).dilation([2]);
        let x = Tensor3::<1, 1, 1>::full(5.0).requires_grad();
        let y = max_pool::<_, Rank3<1, 1, 1>, _, _>(sizes, &x);
        assert_eq!(y[[0, 0, 0]], f32::NEG_INFINITY);
        assert_eq!(y.sum().backward()[&x].array(), &[[[0.0]]]);

        let (sizes, nothing) = (Pooling::new(1, [0], [2]).padding([(1, 1)]), Tensor3::<1, 1, 0>::zeros());
        let y = max_pool::<_, Rank3<1, 1, 1>, _, _>(sizes, &nothing.clone().requires_grad());
        assert_eq!(y[[0, 0, 0]], f32::NEG_INFINITY);
        assert_eq!(y.sum().backward().len(), 1);
        assert_eq!(
            average_pool::<_, Rank3<1, 1, 1>, _, _>(sizes, true, &nothing)[[0, 0, 0]],
            0.0
        );
    }

    #[test]
    fn pools_and_their_gradients() {
        let mut rng = StdRng::seed_from_u64(3);
        let sizes = Pooling::new(2, [5, 6], [3, 2]).stride([2, 1]).padding([(1, 1), (0, 1)]);
        let x = Tensor3::<2, 5, 6, f64>::randn(&mut rng);
        let y = Tensor3::<2, 3, 6, f64>::randn(&mut rng);
        gradcheck(|x| max_pool::<_, Rank3<2, 3, 6>, _, _>(sizes, x), x.clone()).unwrap();
        let max_pool = MaxPool::<Rank3<2, 3, 6>>(sizes, PhantomData);
        let (largest, pick) = Function::<Tensor<_, f64, Tracked>>::forward(&max_pool, x.clone());
        assert_eq!(pick.clone().of::<_, Rank3<2, 3, 6>, _, _>(&x), largest);
        gradcheck(|x| pick.clone().of::<_, Rank3<2, 3, 6>, _, _>(x), x.clone()).unwrap();
        gradcheck(|y| pick.clone().adjoint_of::<_, Rank3<2, 5, 6>, _, _>(y), y.clone()).unwrap();
        for count_padding in [true, false] {
            let average = AveragePool { sizes, count_padding };
            gradcheck(|x| average.of::<_, Rank3<2, 3, 6>, _, _>(x), x.clone()).unwrap();
            gradcheck(|y| average.adjoint_of::<_, Rank3<2, 5, 6>, _, _>(y), y.clone()).unwrap();
        }
    }
}
