//! Convolutional layers.

use super::bias::{BiasSpec, Biased, HasBias, Unbiased};
use super::groups::{EvenGroups, GroupSpec, Ungrouped};
use super::init::uniform_by_fan_in;
use super::layer::LayerElement;
use super::module::Module;
use super::parameters::{Name, Parameters, Visitor, VisitorMut};
use super::stateful::Stateful;
use super::weights::WeightsFor;
use super::window::{ConvolvedUnder, Dilation, Padding, Stride, TakesKernel};
use crate::autograd::{Join, Joined, Track, Tracked, Untracked};
use crate::dim::{Dim, Dimension, Undecided};
use crate::kernels;
use crate::ops::{Geometry, convolution, convolution_without_bias};
use crate::shape::{Images, Signals};
use crate::tensor::{Float, Tensor};
use core::marker::PhantomData;
use rand::Rng;

/// Convolution of signals along their length: [PyTorch's `Conv1d`](https://pytorch.org/docs/stable/generated/torch.nn.Conv1d.html).
///
/// Takes `I` channels and gives `O`, under a kernel of `K`, from `(channels, length)` or `(batch, channels, length)`. The
/// length after it is `floor((L + 2·padding − dilation·(K − 1) − 1) / stride) + 1`.
///
/// ```
/// use tintype::prelude::*;
/// let mut rng = StdRng::seed_from_u64(0);
/// let conv = Conv1d::<2, 16, 3>::new(&mut rng);
/// let y: Tensor3<1, 16, 62, f32, Tracked> = conv.forward(&Tensor3::<1, 2, 64>::rand(&mut rng));
/// ```
#[derive(Debug)]
pub struct Conv1d<
    const I: usize,
    const O: usize,
    const K: usize,
    S = Stride<1>,
    P = Padding<0>,
    D = Dilation<1>,
    G: GroupSpec<I, O> = Ungrouped,
    E: LayerElement = f32,
    T: Track = Tracked,
    B: BiasSpec = Biased,
> {
    /// Output channels × input channels of a group × kernel.
    pub weight: Tensor<(Dim<O>, G::Inputs, Dim<K>), E, T>,
    /// A number for each output channel, an `Option<Tensor1<O, E, T>>`; of a [`WithoutBias`](super::WithoutBias) layer it is `None`.
    pub bias: Option<B::Of<O, E, T>>,
    window: PhantomData<(S, P, D)>,
}

/// Convolution of images: [PyTorch's `Conv2d`](https://pytorch.org/docs/stable/generated/torch.nn.Conv2d.html).
///
/// Takes `I` channels and gives `O`, under a kernel of `KH`×`KW`, from `(channels, height, width)` or
/// `(batch, channels, height, width)`. The height after it is
/// `floor((H + 2·padding − dilation·(KH − 1) − 1) / stride) + 1`, and so is the width.
///
/// ```
/// use tintype::prelude::*;
/// let mut rng = StdRng::seed_from_u64(0);
/// let x = Tensor4::<1, 20, 64, 128>::rand(&mut rng);
/// let conv = Conv2d::<20, 16, 3, 5>::new(&mut rng);
/// let y: Tensor4<1, 16, 62, 124, f32, Tracked> = conv.forward(&x);
/// let same = Conv2d::<20, 16, 3, 5, Stride<1>, Padding<1, 2>>::new(&mut rng);
/// let y: Tensor4<1, 16, 64, 128, f32, Tracked> = same.forward(&x);
/// ```
#[derive(Debug)]
pub struct Conv2d<
    const I: usize,
    const O: usize,
    const KH: usize,
    const KW: usize = KH,
    S = Stride<1>,
    P = Padding<0>,
    D = Dilation<1>,
    G: GroupSpec<I, O> = Ungrouped,
    E: LayerElement = f32,
    T: Track = Tracked,
    B: BiasSpec = Biased,
> {
    /// Output channels × input channels of a group × kernel.
    pub weight: Tensor<(Dim<O>, G::Inputs, Dim<KH>, Dim<KW>), E, T>,
    /// A number for each output channel, an `Option<Tensor1<O, E, T>>`; of a [`WithoutBias`](super::WithoutBias) layer it is `None`.
    pub bias: Option<B::Of<O, E, T>>,
    window: PhantomData<(S, P, D)>,
}

/// What the layers hold, the same for any number of axes.
macro_rules! layer {
    ($layer:ident<$($kernel:ident),+>) => {
        impl<const I: usize, const O: usize, $(const $kernel: usize,)+ S, P, D, G, E, T, B> $layer<I, O, $($kernel,)+ S, P, D, G, E, T, B>
        where
            G: GroupSpec<I, O>,
            E: Float,
            T: Track,
            B: BiasSpec,
        {
            /// The inputs of one entry of the output.
            const FAN_IN: usize = G::Inputs::N $(* $kernel)+;

            /// Weight and bias drawn evenly from `±1/√n`, for the `n` inputs of each entry of the output, as PyTorch's.
            pub fn new(rng: &mut (impl Rng + ?Sized)) -> Self
            where
                G: EvenGroups<I, O>,
            {
                let weight = uniform_by_fan_in(Self::FAN_IN, rng);
                $layer { weight, bias: B::made(|| uniform_by_fan_in(Self::FAN_IN, rng)), window: PhantomData }
            }

            /// The same without a bias. (For a layer whose type says that it has none, see [`WithoutBias`](super::WithoutBias).)
            pub fn without_bias(rng: &mut (impl Rng + ?Sized)) -> Self
            where
                G: EvenGroups<I, O>,
            {
                $layer { weight: uniform_by_fan_in(Self::FAN_IN, rng), bias: None, window: PhantomData }
            }

            /// A layer with this weight and bias. What learns takes leaves, by `requires_grad()`; a filter of constants says in its
            /// type that it is one:
            ///
            /// ```
            /// use tintype::prelude::*;
            /// type Edges = In<Conv2d<1, 1, 3>, Untracked>;
            /// let edges = Edges::from_weights(tensor([[[[1.0, 0.0, -1.0]; 3]]]), None);
            /// let y: Tensor3<1, 6, 6> = edges.forward(&Tensor3::<1, 8, 8>::ones());
            /// assert_eq!(y, Tensor::zeros());
            /// ```
            pub fn from_weights<U: WeightsFor<T>>(
                weight: Tensor<(Dim<O>, G::Inputs, $(Dim<$kernel>),+), E, U>,
                bias: Option<B::Of<O, E, U>>,
            ) -> Self
            where
                G: EvenGroups<I, O>,
            {
                $layer { weight: U::weight(weight), bias: U::bias::<O, E, B>(bias), window: PhantomData }
            }
        }

        impl<const I: usize, const O: usize, $(const $kernel: usize,)+ S, P, D, G: GroupSpec<I, O>, E: Float, T: Track> HasBias
            for $layer<I, O, $($kernel,)+ S, P, D, G, E, T>
        {
            type Without = $layer<I, O, $($kernel,)+ S, P, D, G, E, T, Unbiased>;
        }

        #[diagnostic::do_not_recommend]
        impl<const I: usize, const O: usize, $(const $kernel: usize,)+ S, P, D, G, E, T, B> Parameters
            for $layer<I, O, $($kernel,)+ S, P, D, G, E, T, B>
        where
            G: GroupSpec<I, O>,
            E: Float,
            T: Track,
            B: BiasSpec,
        {
            const PARAMETERS: usize = O * Self::FAN_IN + B::Of::<O, E, T>::PARAMETERS;
            const TRAINABLE: usize = if T::TRACKED { Self::PARAMETERS } else { 0 };
            fn visit(&self, name: &mut Name, visitor: &mut impl Visitor) {
                name.field("weight", |name| self.weight.visit(name, visitor));
                name.field("bias", |name| self.bias.visit(name, visitor));
            }
            fn visit_mut(&mut self, name: &mut Name, visitor: &mut impl VisitorMut) {
                name.field("weight", |name| self.weight.visit_mut(name, visitor));
                name.field("bias", |name| self.bias.visit_mut(name, visitor));
            }
        }

        impl<const I: usize, const O: usize, $(const $kernel: usize,)+ S, P, D, G, E, T, B> Clone
            for $layer<I, O, $($kernel,)+ S, P, D, G, E, T, B>
        where
            G: GroupSpec<I, O>,
            E: Float,
            T: Track,
            B: BiasSpec,
        {
            /// A copy with weights of its own, which are new leaves: PyTorch's `copy.deepcopy`.
            fn clone(&self) -> Self {
                $layer { weight: self.weight.clone(), bias: self.bias.clone(), window: PhantomData }.into_state()
            }
        }

        impl<const I: usize, const O: usize, $(const $kernel: usize,)+ S, P, D, G, E, T, B> Stateful
            for $layer<I, O, $($kernel,)+ S, P, D, G, E, T, B>
        where
            G: GroupSpec<I, O>,
            E: Float,
            T: Track,
            B: BiasSpec,
        {
            type In<U: Track> = $layer<I, O, $($kernel,)+ S, P, D, G, E, U, B>;
            fn into_state<U: Track>(self) -> Self::In<U> {
                $layer { weight: self.weight.into_state(), bias: self.bias.map(B::into_state), window: PhantomData }
            }
            fn from_frozen(frozen: Self::In<Untracked>) -> Self {
                frozen.into_state()
            }
        }
    };
}
layer!(Conv1d<K>);
layer!(Conv2d<KH, KW>);

/// What a layer computes from one kind of input.
///
/// The channels stand in the input's type, so that a layer is no module at all of an input that it does not take: then rustc
/// speaks of the layer and its input, and in a sequence of the two layers that do not meet.
macro_rules! module {
    ($layer:ident<$($kernel:ident),+> of $input:ident ($($batch:ident)? | $($size:ident)+)) => {
        #[diagnostic::do_not_recommend]
        impl<$($batch: Dimension,)? $($size: Dimension,)+ const I: usize, const O: usize, $(const $kernel: usize,)+ S, P, D, G, E, A, T, Z>
            Module<Tensor<($($batch,)? Dim<I>, $($size),+), E, A>> for $layer<I, O, $($kernel,)+ S, P, D, G, E, T, Z>
        where
            ($($batch,)? Dim<I>, $($size),+): TakesKernel<(S, P, D), ($(Dim<$kernel>,)+)>,
            G: GroupSpec<I, O>,
            E: Float,
            A: Track + Join<T>,
            T: Track,
            Z: BiasSpec,
        {
            type Output = Tensor<
                <($($batch,)? Dim<I>, $($size),+) as ConvolvedUnder<(S, P, D), ($(Dim<$kernel>,)+)>>::Out<Dim<O>>,
                E,
                Joined<A, T>,
            >;
            fn apply(&self, x: &Tensor<($($batch,)? Dim<I>, $($size),+), E, A>) -> Self::Output {
                let sizes = kernels::Convolution {
                    batch: <($($batch,)? Dim<I>, $($size),+) as $input>::BATCH,
                    in_channels: I,
                    out_channels: O,
                    groups: G::GROUPS,
                    windows: <($($batch,)? Dim<I>, $($size),+)>::WINDOWS,
                };
                let mode = <($($batch,)? Dim<I>, $($size),+)>::MODE;
                let geometry = Geometry::new(sizes, mode);
                match &self.bias {
                    // Where no bias can be, what adds one is not even compiled.
                    Some(bias) if Z::BIASED => convolution(geometry, x, &self.weight, Z::tensor(bias)),
                    _ => convolution_without_bias(geometry, x, &self.weight),
                }
            }
        }
    };
}
module!(Conv1d<K> of Signals (| L));
module!(Conv1d<K> of Signals (B | L));
module!(Conv2d<KH, KW> of Images (| H W));
module!(Conv2d<KH, KW> of Images (B | H W));

/// Keeps rustc from giving up on a layer whose parameters are in the wrong order before it knows the input: with these to
/// choose from it waits, and then says which parameters are wrong.
macro_rules! undecided {
    ($layer:ident<$($kernel:ident),+> of $input:ty) => {
        #[diagnostic::do_not_recommend]
        impl<const I: usize, const O: usize, $(const $kernel: usize,)+ S, P, D, G: GroupSpec<I, O>, E: Float, T: Track, Z: BiasSpec>
            Module<$input> for $layer<I, O, $($kernel,)+ S, P, D, G, E, T, Z>
        {
            type Output = Undecided;
            fn apply(&self, _: &$input) -> Undecided {
                Undecided::default()
            }
        }
    };
}
undecided!(Conv1d<K> of Undecided);
undecided!(Conv1d<K> of (Undecided,));
undecided!(Conv2d<KH, KW> of Undecided);
undecided!(Conv2d < KH, KW > of(Undecided,));
