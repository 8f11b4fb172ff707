//! Functions of one tensor, entry by entry: the table of elementary derivatives.

use crate::autograd::{Function, Track};
use crate::kernels::number;
use crate::shape::Shape;
use crate::tensor::{Element, Float, Tensor};

/// A line for each function: an entry and what becomes of it, with these arguments, for the example in the documentation; its value
/// at an entry `x`, or a kernel that puts the values in the place of a run of entries; what is saved for the way back (the `input`,
/// the `output`, or `nothing`), and the gradient of the input from the gradient of the output.
macro_rules! functions {
    ($(
        $(#[$doc:meta])*
        $method:ident($($parameter:ident: $type:ty = $argument:literal),*) $name:ident [$entry:expr => $result:expr]
            $(in runs $kernel:path)? $(|$x:ident| $value:expr)?;
            $saved:ident |$gradient:ident, $s:pat_param| $derivative:expr;
    )*) => {
        $(
            struct $name<E> {
                $($parameter: $type,)*
                element: core::marker::PhantomData<E>,
            }

            impl<E: Float> $name<E> {
                /// The function of every entry.
                fn values<S: Shape>(&self, x: Tensor<S, E>) -> Tensor<S, E> {
                    $(let $parameter = self.$parameter;)*
                    $(x.map_reusing(#[inline(always)] move |$x: E| $value))?
                    $(x.map_runs($kernel))?
                }
            }

            impl<S: Shape, E: Float, A: Track> Function<Tensor<S, E, A>> for $name<E> {
                const NAME: &'static str = stringify!($name);
                type Output = Tensor<S, E>;
                type Saved = functions!(@type $saved A S E);

                fn forward(&self, x: Tensor<S, E>) -> (Tensor<S, E>, Self::Saved) {
                    functions!(@forward $saved A x self)
                }

                fn backward<G: Track>(
                    &self,
                    saved: &Self::Saved,
                    $gradient: Tensor<S, E, G>,
                ) -> A::When<Tensor<S, E, G>> {
                    $(let $parameter = self.$parameter; let _ = $parameter;)*
                    functions!(@backward $saved A saved |$s| $derivative)
                }
            }
        )*

        impl<S: Shape, E: Element, A: Track> Tensor<S, E, A> {
            $(
                $(#[$doc])*
                #[doc = concat!(
                    "\n```\nuse tintype::prelude::*;\nassert_eq!(tensor([", stringify!($entry), "]).", stringify!($method), "(",
                    stringify!($($argument),*), ").array(), &[", stringify!($result), "]);\n```"
                )]
                pub fn $method(&self $(, $parameter: $type)*) -> Tensor<S, E, A>
                where
                    E: Float,
                {
                    $name { $($parameter,)* element: core::marker::PhantomData }.apply(self)
                }
            )*
        }
    };

    (@type nothing $a:ident $s:ident $e:ident) => { () };
    (@type $saved:ident $a:ident $s:ident $e:ident) => { $a::When<Tensor<$s, $e>> };

    (@forward nothing $a:ident $tensor:ident $this:ident) => { ($this.values($tensor), ()) };
    (@forward input $a:ident $tensor:ident $this:ident) => {{
        let saved = $a::when(|| $tensor.clone());
        ($this.values($tensor), saved)
    }};
    (@forward output $a:ident $tensor:ident $this:ident) => {{
        let output = $this.values($tensor);
        let saved = $a::when(|| output.clone());
        (output, saved)
    }};

    (@backward nothing $a:ident $value:ident |$s:pat_param| $derivative:expr) => {{
        let $s = $value;
        $a::when(|| $derivative)
    }};
    (@backward $saved:ident $a:ident $value:ident |$s:pat_param| $derivative:expr) => {
        $a::with($value, |$s| $derivative)
    };
}

functions! {
    /// `−x`. Also written `-x`.
    neg() Neg [1.0 => -1.0] |x| -x;
        nothing |gradient, _| -gradient;
    /// `|x|`. The derivative at 0 is 0.
    abs() Abs [-2.0 => 2.0] |x| x.abs();
        input |gradient, x| gradient * x.sign();
    /// `eˣ`.
    exp() Exp [0.0 => 1.0] |x| x.fast_exp();
        output |gradient, y| gradient * y;
    /// `eˣ − 1`, accurate near 0.
    #[doc(alias = "expm1")]
    exp_m1() ExpM1 [0.0 => 0.0] |x| x.fast_exp_m1();
        output |gradient, y| &gradient * y + gradient;
    /// The natural logarithm.
    #[doc(alias = "log")]
    ln() Ln [1.0 => 0.0] |x| x.fast_ln();
        input |gradient, x| gradient / x;
    /// The logarithm to base 2.
    log2() Log2 [8.0 => 3.0] |x| x.fast_log2();
        input |gradient, x| gradient / (x * number::<E>(core::f64::consts::LN_2));
    /// The logarithm to base 10.
    log10() Log10 [100.0 => 2.0] |x| x.fast_log10();
        input |gradient, x| gradient / (x * number::<E>(core::f64::consts::LN_10));
    /// `ln(1 + x)`, accurate near 0.
    #[doc(alias = "log1p")]
    ln_1p() Ln1p [0.0 => 0.0] |x| x.fast_ln_1p();
        input |gradient, x| gradient / (x + E::one());
    /// The square root.
    sqrt() Sqrt [9.0 => 3.0] |x| x.sqrt();
        output |gradient, y| gradient / (y * number::<E>(2.0));
    /// `1 / √x`.
    rsqrt() Rsqrt [4.0 => 0.5] |x| x.sqrt().recip();
        output |gradient, y| gradient * (y * y * y) * number::<E>(-0.5);
    /// `x²`.
    square() Square [3.0 => 9.0] |x| x * x;
        input |gradient, x| gradient * (x * number::<E>(2.0));
    /// `1 / x`.
    #[doc(alias = "reciprocal")]
    recip() Recip [4.0 => 0.25] |x| x.recip();
        output |gradient, y| -(gradient * (y * y));
    /// `xⁿ` for a whole `n`.
    #[doc(alias = "pow")]
    powi(n: i32 = 3) Powi [2.0 => 8.0] |x| power(x, n);
        input |gradient, x| if n == 0 { no_gradient(gradient) } else { gradient * (x.powi(n.saturating_sub(1)) * number::<E>(n)) };
    /// `xᵖ`. Not a number where `x` is negative and `p` is not whole.
    #[doc(alias = "pow")]
    powf(p: E = 0.5) Powf [9.0 => 3.0] |x| x.fast_powf(p);
        input |gradient, x| if p == E::zero() { no_gradient(gradient) } else { gradient * (x.powf(p - E::one()) * p) };
    /// The sine.
    sin() Sin [0.0 => 0.0] in runs E::sines;
        input |gradient, x| gradient * x.cos();
    /// The cosine.
    cos() Cos [0.0 => 1.0] in runs E::cosines;
        input |gradient, x| -(gradient * x.sin());
    /// The tangent.
    tan() Tan [0.0 => 0.0] in runs E::tangents;
        output |gradient, y| &gradient * (y * y) + gradient;
    /// The arc sine.
    asin() Asin [0.0 => 0.0] |x| x.fast_asin();
        input |gradient, x| gradient * (-x.square() + E::one()).rsqrt();
    /// The arc cosine.
    acos() Acos [1.0 => 0.0] |x| x.fast_acos();
        input |gradient, x| -(gradient * (-x.square() + E::one()).rsqrt());
    /// The arc tangent.
    atan() Atan [0.0 => 0.0] |x| x.fast_atan();
        input |gradient, x| gradient / (x.square() + E::one());
    /// The hyperbolic sine.
    sinh() Sinh [0.0 => 0.0] |x| x.fast_sinh();
        input |gradient, x| gradient * x.cosh();
    /// The hyperbolic cosine.
    cosh() Cosh [0.0 => 1.0] |x| x.fast_cosh();
        input |gradient, x| gradient * x.sinh();
    /// The hyperbolic tangent.
    tanh() Tanh [0.0 => 0.0] |x| x.fast_tanh();
        output |gradient, y| &gradient - &gradient * (y * y);
    /// The error function, `2/√π ∫₀ˣ exp(−t²) dt`.
    erf() Erf [0.0 => 0.0] |x| x.fast_erf();
        input |gradient, x| gradient * x.map(erf_slope);
    /// `x Φ(x)`, where `Φ` is the distribution function of the normal distribution
    /// ([Hendrycks and Gimpel 2016](https://arxiv.org/abs/1606.08415)). The derivative is `Φ(x) + x φ(x)`, with the density `φ`.
    ///
    /// ```
    /// use tintype::prelude::*;
    /// let y = tensor([-10.0, 0.0, 1.0, 10.0]).gelu();
    /// assert!((&y - tensor([0.0, 0.0, 0.8413447, 10.0])).abs().max().item() < 1e-6);
    /// ```
    gelu() Gelu [0.0 => 0.0] |x| x.fast_gelu();
        input |gradient, x| gradient * x.map(gelu_derivative);
    /// [`gelu`](Tensor::gelu) by a hyperbolic tangent: `x/2 (1 + tanh(√(2/π) (x + 0.044715 x³)))`, PyTorch's
    /// `gelu(approximate="tanh")` and what GPT-2 was trained with.
    gelu_tanh() GeluTanh [0.0 => 0.0] |x| gelu_tanh(x).0;
        input |gradient, x| gradient * x.map(gelu_tanh_slope);
    /// `x / (1 + e⁻ˣ)`, also called swish ([Elfwing et al. 2017](https://arxiv.org/abs/1702.03118)).
    silu() Silu [0.0 => 0.0] |x| x * x.fast_sigmoid();
        input |gradient, x| gradient * x.map(silu_derivative);
    /// `x` where it is positive, else `slope·x`. The derivative at 0 is `slope`.
    leaky_relu(slope: E = 0.25) LeakyRelu [-2.0 => -0.5] |x| if x > E::zero() { x } else { x * slope };
        input |gradient, x| gradient * x.map(leaky_slope(slope));
    /// The logistic function `1 / (1 + e⁻ˣ)`.
    sigmoid() Sigmoid [0.0 => 0.5] |x| x.fast_sigmoid();
        output |gradient, y| &gradient * y - &gradient * (y * y);
    /// The largest whole number that is at most `x`. Its derivative is 0.
    floor() Floor [-1.5 => -2.0] |x| x.floor();
        nothing |gradient, _| no_gradient(gradient);
    /// The smallest whole number that is at least `x`. Its derivative is 0.
    ceil() Ceil [1.5 => 2.0] |x| x.ceil();
        nothing |gradient, _| no_gradient(gradient);
    /// The nearest whole number; of two, the even one, as PyTorch. Its derivative is 0.
    round() Round [2.5 => 2.0] |x| round_half_to_even(x);
        nothing |gradient, _| no_gradient(gradient);
    /// −1, 0 or 1, as `x` is less than, equal to or greater than 0. Its derivative is 0.
    sign() Sign [-3.0 => -1.0] |x| if x > E::zero() { E::one() } else if x < E::zero() { -E::one() } else { x };
        nothing |gradient, _| no_gradient(gradient);
    /// `x`, but at least `low` and at most `high`; `high` alone where `low` is more than that, as PyTorch has it. The derivative is
    /// 1 from `low` to `high`, both included.
    clamp(low: E = 0.0, high: E = 1.0) Clamp [1.5 => 1.0] |x| {
        let x = if x < low { low } else { x };
        if x > high { high } else { x }
    };
        input |gradient, x| gradient.keep_where(x, is_within(low, high));
}

/// The gradient of what does not change with its input: 0, also where what comes back is infinite.
fn no_gradient<S: Shape, E: Float, G: Track>(gradient: Tensor<S, E, G>) -> Tensor<S, E, G> {
    gradient.keep_where(&Tensor::zeros(), |_| false)
}

/// `xⁿ`. The exponents that are most used become vectors.
#[inline(always)]
fn power<E: Float>(x: E, n: i32) -> E {
    match n {
        2 => x * x,
        3 => x * x * x,
        4 => (x * x) * (x * x),
        _ => x.powi(n),
    }
}

#[inline]
fn erf_slope<E: Float>(x: E) -> E {
    (-x * x).fast_exp() * number(core::f64::consts::FRAC_2_SQRT_PI)
}

/// With the normal distribution `Φ` and its density `φ`, `Φ(x) + x φ(x)`.
#[inline]
pub(crate) fn gelu_derivative<E: Float>(x: E) -> E {
    let (distribution, density) = x.normal();
    distribution + x * density
}

#[inline]
fn gelu_tanh_slope<E: Float>(x: E) -> E {
    gelu_tanh(x).1
}

fn leaky_slope<E: Float>(slope: E) -> impl Fn(E) -> E + Sync {
    move |x| if x > E::zero() { E::one() } else { slope }
}

fn is_within<E: Float>(low: E, high: E) -> impl Fn(E) -> bool + Copy + Send + Sync + 'static {
    move |x| x >= low && x <= high
}

/// An entry where the constant at its place fulfils a condition, else 0.
fn kept<E: Float>(condition: impl Fn(E) -> bool + Copy + Sync) -> impl Fn(E, E) -> E + Copy + Sync {
    move |x, constant| if condition(constant) { x } else { E::zero() }
}

/// The approximation of GELU by a hyperbolic tangent, and its derivative: with `u = √(2/π) (x + a x³)` and `t = tanh u`,
/// `(1 + t)/2 + x/2 (1 − t²) u'`.
pub(crate) fn gelu_tanh<E: Float>(x: E) -> (E, E) {
    let (root, a) = (
        number::<E>(core::f64::consts::FRAC_2_SQRT_PI * core::f64::consts::FRAC_1_SQRT_2),
        number::<E>(0.044715),
    );
    let half = number::<E>(0.5);
    let t = (root * (x + a * x * x * x)).fast_tanh();
    let slope = root * (E::one() + number::<E>(3.0) * a * x * x);
    let value = half * x * (E::one() + t);
    (value, half * (E::one() + t) + half * x * (E::one() - t * t) * slope)
}

/// With the logistic function `s`, `s + x s (1 − s)`.
pub(crate) fn silu_derivative<E: Float>(x: E) -> E {
    let s = x.fast_sigmoid();
    s + x * s * (E::one() - s)
}

fn round_half_to_even<E: Float>(x: E) -> E {
    let rounded = x.round();
    let half_way = (x - x.trunc()).abs() == number(0.5);
    if half_way && rounded % number(2.0) != E::zero() {
        // With the sign of `x`, also where it is zero.
        (rounded - x.signum()).copysign(x)
    } else {
        rounded
    }
}

/// The identity where a constant fulfils a condition, and 0 elsewhere.
///
/// It is the derivative of functions that are cut off. What decides has no derivative, or 0, so that it may be constant.
struct KeepWhere<S: Shape, E: Float, F> {
    constant: Tensor<S, E>,
    condition: F,
}

impl<S, E, A, F> Function<Tensor<S, E, A>> for KeepWhere<S, E, F>
where
    S: Shape,
    E: Float,
    A: Track,
    F: Fn(E) -> bool + Copy + Send + Sync + 'static,
{
    const NAME: &'static str = "KeepWhere";
    type Output = Tensor<S, E>;
    type Saved = ();

    fn forward(&self, x: Tensor<S, E>) -> (Tensor<S, E>, ()) {
        (x.zip_reusing(self.constant.clone(), kept(self.condition)), ())
    }

    fn backward<G: Track>(&self, (): &(), gradient: Tensor<S, E, G>) -> A::When<Tensor<S, E, G>> {
        A::when(|| gradient.keep_where(&self.constant, self.condition))
    }
}

impl<S: Shape, E: Float, A: Track> Tensor<S, E, A> {
    /// The entries at whose place the constant fulfils the condition, and 0 elsewhere.
    pub(crate) fn keep_where(
        self,
        constant: &Tensor<S, E>,
        condition: impl Fn(E) -> bool + Copy + Send + Sync + 'static,
    ) -> Self {
        KeepWhere {
            constant: constant.clone(),
            condition,
        }
        .apply(self)
    }
}

impl<S: Shape, E: Float, A: Track> core::ops::Neg for Tensor<S, E, A> {
    type Output = Self;
    fn neg(self) -> Self {
        Neg {
            element: core::marker::PhantomData,
        }
        .apply(self)
    }
}

impl<S: Shape, E: Float, A: Track> core::ops::Neg for &Tensor<S, E, A> {
    type Output = Tensor<S, E, A>;
    fn neg(self) -> Tensor<S, E, A> {
        Tensor::neg(self)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    #[test]
    fn rounding_keeps_the_sign_of_a_zero() {
        let rounded = tensor([-0.5, -0.4, -1.5, 0.5, 2.5]).round();
        assert_eq!(rounded.array(), &[0.0, 0.0, -2.0, 0.0, 2.0]);
        assert_eq!(
            rounded.recip().array(),
            &[f32::NEG_INFINITY, f32::NEG_INFINITY, -0.5, f32::INFINITY, 0.5]
        );
    }
}
