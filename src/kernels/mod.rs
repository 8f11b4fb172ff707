//! Loops over slices and plain sizes: no tensor and no shape type comes in here.
//!
//! Everything that numbers go through is a method of [`Kernels`], implemented for `f32` and `f64`, and so is compiled
//! once, in this crate, whatever shapes a program uses. Each overwrites the whole of every slice that it is given to write to,
//! whatever that holds, and so may be given an [`output`](buffers::output) that nobody has filled. There are two exceptions:
//! products that accumulate add to it, and `sines`, `cosines`, `tangents`, `sgd` and `adam` change what they find. A kernel panics
//! if a slice has another length than the sizes say.
//!
//! | family | kernels | sizes |
//! | --- | --- | --- |
//! | [`mod@matmul`] | `matmul`, `batched_matmul` | [`MatMul`], [`Batch`] |
//! | [`mod@convolution`] | `convolution`, `convolution_input_gradient`, `convolution_weight_gradient` | [`Convolution`] |
//! | [`pooling`] | `max_pool`, `max_pool_gradient`, `average_pool`, `average_pool_gradient` | [`Pooling`] |
//! | [`padding`] | `pad`, `pad_gradient` | [`Padding`] |
//! | [`mod@softmax`] | `softmax`, `log_softmax`, `logsumexp`, `softmax_gradient`, `log_softmax_gradient` | [`Axis`] |
//! | [`normalize`] | `moments`, `normalize_channels`, `normalize_rows`, `normalize_gradient` | [`Axis`] |
//! | [`reduce`] | `sum`, `sum_of_runs`, `dot`, `product`, `sum_axis`, `product_axis`, `max_axis`, `min_axis`, `argmax`, `argmin`, `channel_sum` | [`Axis`] |
//! | [`optimiser`] | `sgd`, `adam` | [`SgdRule`], [`AdamRule`] |
//! | [`layout`] | `permute`, `repeat`, `concat`, `slice`, `slice_assign`: free functions for any element | [`Axis`] |
//! | [`heads`] | `split`, `merge`: free functions for any element | [`heads::Heads`] |
//! | [`elementwise`] | `map`, `zip`, `zip3` to a [`Buffer`](buffers::Buffer) and in place, `runs`: free functions of a closure | |
//! | [`trigonometry`] | `sines`, `cosines`, `tangents`, and `fast_asin` and its relatives, which vectorise | |
//! | [`math`], [`logarithm`], [`power`] | `fast_exp`, `fast_ln`, `fast_powf` and their relatives, which vectorise | |
//! | [`small`] | linear maps and loops of sizes that the compiler knows, inlined into a program | [`small::LinearMap`] |
//! | [`zeroed`] | values that begin as zeros | |
//! | [`buffers`] | `output`, `Buffer`: the entries of a tensor, and what a kernel works with on the way | |
//! | [`shared`] | `Shared`: a counted reference to an object | |
//! | [`memory`] | blocks that come back | |
//! | `simd` | what runs a loop with the widest vectors that there are | |
//! | [`parallel`] | the one place that knows about threads | |

pub mod buffers;
pub mod convolution;
pub mod elementwise;
pub mod heads;
pub mod layout;
pub mod logarithm;
pub mod math;
pub mod matmul;
pub mod memory;
pub mod normalize;
pub mod optimiser;
pub mod padding;
pub mod parallel;
pub mod pooling;
pub mod power;
pub mod reduce;
pub mod shared;
mod simd;
pub mod small;
pub mod softmax;
#[cfg(test)]
mod testing;
pub mod trigonometry;
pub mod window;
pub mod zeroed;

pub use convolution::Convolution;
pub use logarithm::Logarithm;
pub use math::Exponential;
pub use matmul::{Batch, MatMul};
pub use optimiser::{AdamRule, SgdRule};
pub use padding::{Padding, PaddingMode};
pub use pooling::Pooling;
pub use power::Power;
pub use reduce::Axis;
pub use simd::Vector;
pub use trigonometry::Trigonometric;
pub use window::Window;

use num_traits::{Float, NumAssign, ToPrimitive};

/// A number in an element type, rounded to what it holds.
pub fn number<E: Float>(number: impl ToPrimitive) -> E {
    E::from(number).expect("f32 and f64 hold every number, rounded")
}

/// Declares [`Kernels`] and implements it for each element type by the function of the same name in a family's file.
macro_rules! kernels {
    ($($(#[$doc:meta])* fn $family:ident::$name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)?;)*) => {
        /// The element types that there are kernels for, and the kernels.
        pub trait Kernels:
            Float + NumAssign + Exponential + Logarithm + Power + Trigonometric + simd::Vectors + buffers::Solid + zeroed::Zeroed + Default + core::fmt::Debug + core::iter::Sum + Send + Sync + 'static
        {
            $($(#[$doc])* fn $name($($argument: $type),*) $(-> $result)?;)*
        }

        impl Kernels for f32 {
            $(fn $name($($argument: $type),*) $(-> $result)? { $family::$name($($argument),*) })*
        }

        impl Kernels for f64 {
            $(fn $name($($argument: $type),*) $(-> $result)? { $family::$name($($argument),*) })*
        }
    };
}

kernels! {
    /// `out = a b`, or `out += a b` to accumulate.
    fn matmul::matmul(sizes: MatMul, a: &[Self], b: &[Self], out: &mut [Self], accumulate: bool);
    /// `out[i] = a[i] b[i]` for each of a batch, or `out[i] += a[i] b[i]`.
    fn matmul::batched_matmul(
        sizes: MatMul, batch: Batch, a: &[Self], b: &[Self], out: &mut [Self], accumulate: bool
    );

    /// `out = x * weight + bias`.
    fn convolution::convolution(
        sizes: &Convolution, x: &[Self], weight: &[Self], bias: Option<&[Self]>, out: &mut [Self]
    );
    /// `dx`, from the gradient of the output. This is also the transposed convolution.
    fn convolution::convolution_input_gradient(
        sizes: &Convolution, grad: &[Self], weight: &[Self], dx: &mut [Self]
    );
    /// `dw`, from the input and the gradient of the output.
    fn convolution::convolution_weight_gradient(sizes: &Convolution, x: &[Self], grad: &[Self], dw: &mut [Self]);

    /// The largest entry of each window and its place in its plane (the first of equals; NaN is the largest).
    fn pooling::max_pool(sizes: &Pooling, x: &[Self], out: &mut [Self], indices: &mut [u32]);
    /// Every entry of the gradient goes to the winner of its window.
    fn pooling::max_pool_gradient(sizes: &Pooling, grad: &[Self], indices: &[u32], dx: &mut [Self]);
    /// The mean of each window; padding counts as zeros, or with `count_include_pad` false not at all.
    fn pooling::average_pool(sizes: &Pooling, x: &[Self], out: &mut [Self], count_include_pad: bool);
    /// Every entry of the gradient is shared out over its window.
    fn pooling::average_pool_gradient(sizes: &Pooling, grad: &[Self], dx: &mut [Self], count_include_pad: bool);

    /// Pads every plane; `value` is the constant of [`PaddingMode::Zeros`].
    fn padding::pad(sizes: &Padding, value: Self, x: &[Self], out: &mut [Self]);
    /// Every entry of the gradient is added to the entry of the input that it repeated.
    fn padding::pad_gradient(sizes: &Padding, grad: &[Self], dx: &mut [Self]);

    /// `out = exp(x) / Σ exp(x)`.
    fn softmax::softmax(axis: Axis, x: &[Self], out: &mut [Self]);
    /// `out = x - ln Σ exp(x)`.
    fn softmax::log_softmax(axis: Axis, x: &[Self], out: &mut [Self]);
    /// `out = ln Σ exp(x)`, one number per line.
    fn softmax::logsumexp(axis: Axis, x: &[Self], out: &mut [Self]);
    /// From the result `y` of `softmax`: `dx = y (grad - Σ y grad)`.
    fn softmax::softmax_gradient(axis: Axis, y: &[Self], grad: &[Self], dx: &mut [Self]);
    /// From the result `y` of `log_softmax`: `dx = grad - exp(y) Σ grad`.
    fn softmax::log_softmax_gradient(axis: Axis, y: &[Self], grad: &[Self], dx: &mut [Self]);

    /// The mean of each channel and the mean of its entries' squared distances from it.
    fn normalize::moments(axis: Axis, centred: bool, x: &[Self], mean: &mut [Self], variance: &mut [Self]);
    /// `out = (x - mean) scale + shift`, each of the three a number per channel.
    fn normalize::normalize_channels(
        axis: Axis, x: &[Self], mean: &[Self], scale: &[Self], shift: &[Self], out: &mut [Self]
    );
    /// `out = (x - mean) scale weight + bias`, with the mean and the scale of each row, given too, and one of the others per column.
    fn normalize::normalize_rows(
        how: (bool, Self), x: &[Self], weight: &[Self], bias: &[Self], out: &mut [Self], mean: &mut [Self], scale: &mut [Self]
    );
    /// The gradient of `(x - mean) scale` where both follow from `x`.
    fn normalize::normalize_gradient(
        axis: Axis, centred: bool, x: &[Self], mean: &[Self], scale: &[Self], grad: &[Self], dx: &mut [Self]
    );

    /// The sum of what `steps` makes of all, run by run, added as `sum` adds them.
    fn reduce::sum_of_runs(x: &[Self], steps: &(dyn Fn(&mut [Self]) + Sync)) -> Self;
    /// The sum of all, added pairwise.
    fn reduce::sum(x: &[Self]) -> Self;
    /// `Σ a[i] b[i]`, added pairwise.
    fn reduce::dot(a: &[Self], b: &[Self]) -> Self;
    /// The product of all.
    fn reduce::product(x: &[Self]) -> Self;
    /// `out[o, i] = Σ_l x[o, l, i]`.
    fn reduce::sum_axis(axis: Axis, x: &[Self], out: &mut [Self]);
    /// `out[o, i] = Π_l x[o, l, i]`.
    fn reduce::product_axis(axis: Axis, x: &[Self], out: &mut [Self]);
    /// The largest along an axis (NaN is the largest).
    fn reduce::max_axis(axis: Axis, x: &[Self], out: &mut [Self]);
    /// The smallest along an axis (NaN is the smallest).
    fn reduce::min_axis(axis: Axis, x: &[Self], out: &mut [Self]);
    /// Where the largest along an axis is (the first of equals, or the first NaN).
    fn reduce::argmax(axis: Axis, x: &[Self], indices: &mut [u32]);
    /// Where the smallest along an axis is (the first of equals, or the first NaN).
    fn reduce::argmin(axis: Axis, x: &[Self], indices: &mut [u32]);
    /// `out[c] = Σ_{b, i} x[b, c, i]`: the gradient of the bias of channels.
    fn reduce::channel_sum(batch: usize, channels: usize, inner: usize, x: &[Self], out: &mut [Self]);

    /// The sine of each angle, in its place.
    fn trigonometry::sines(angles: &mut [Self]);
    /// The cosine of each angle, in its place.
    fn trigonometry::cosines(angles: &mut [Self]);
    /// The tangent of each angle, in its place.
    fn trigonometry::tangents(angles: &mut [Self]);

    /// One step of gradient descent with momentum.
    fn optimiser::sgd(rule: &SgdRule<Self>, parameter: &mut [Self], gradient: &[Self], velocity: &mut [Self]);
    /// One step of Adam; with `largest` (else empty), its variant AMSGrad.
    fn optimiser::adam(
        rule: &AdamRule<Self>,
        parameter: &mut [Self], gradient: &[Self],
        mean: &mut [Self], square: &mut [Self], largest: &mut [Self]
    );
}
