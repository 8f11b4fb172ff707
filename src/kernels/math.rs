//! Exponential functions, and those made of them, that a loop vectorises: branch-free arithmetic on one number, without calls.

use core::f32::consts::{LN_2, LOG2_E};
use num_traits::Float;

/// `exp`, the hyperbolic functions, the logistic function, the normal distribution and the error function, in a form that
/// vectorises for `f32`.
///
/// For `f32` the error is at most 2 units in the last place (3 for `sinh`, `cosh`, `sigmoid` and `erf`, 8 for `normal` and `gelu`) wherever
/// the result is a normal number; `f64` goes through the standard library and `libm`.
pub trait Exponential: Float {
    /// `e^x`. Overflow gives infinity, underflow zero, NaN stays NaN.
    #[inline(always)]
    fn fast_exp(self) -> Self {
        self.exp()
    }

    /// `e^x - 1`, accurate near 0.
    #[inline(always)]
    fn fast_exp_m1(self) -> Self {
        self.exp_m1()
    }

    /// The hyperbolic sine.
    #[inline(always)]
    fn fast_sinh(self) -> Self {
        self.sinh()
    }

    /// The hyperbolic cosine.
    #[inline(always)]
    fn fast_cosh(self) -> Self {
        self.cosh()
    }

    /// The hyperbolic tangent.
    #[inline(always)]
    fn fast_tanh(self) -> Self {
        self.tanh()
    }

    /// `1 / (1 + e^-x)`.
    #[inline(always)]
    fn fast_sigmoid(self) -> Self {
        (Self::one() + (-self).fast_exp()).recip()
    }

    /// The distribution and the density of the normal distribution: `erfc(-x/√2)/2` and `exp(-x²/2)/√2π`.
    fn normal(self) -> (Self, Self);

    /// `x Φ(x)` with the distribution `Φ` of the normal distribution.
    #[inline(always)]
    fn fast_gelu(self) -> Self {
        self * self.normal().0
    }

    /// The error function, `2/√π ∫₀ˣ exp(-t²) dt`.
    fn fast_erf(self) -> Self;
}

/// `ln 2` in two parts: the product of the first with a small integer is exact.
pub(super) const LN_2_HIGH: f32 = 0.693_359_4;
pub(super) const LN_2_LOW: f32 = -2.121_944_4e-4;

/// `(e^r - 1 - r) / r²` for `|r| ≤ ln 2 / 2`, highest coefficient first, fitted as all polynomials here: by least squares
/// reweighted until the error is even (3e-9 of `e^r`).
pub(super) const EXP_TAIL: [f32; 5] = [1.381_460_2e-3, 8.368_715e-3, 4.166_839e-2, 1.666_652e-1, 0.499_999_93];

impl Exponential for f32 {
    #[inline(always)]
    fn fast_exp(self) -> f32 {
        scaled_exp(self, 0)
    }

    /// Where the 1 is lost in rounding, simply `e^x - 1`.
    #[inline(always)]
    fn fast_exp_m1(self) -> f32 {
        let (exponent, r) = reduced(within_range(self), 2 * BIAS);
        let result = if self.abs() < 40.0 {
            exp_m1_of_parts(exponent - BIAS as u32, r)
        } else {
            exp_of_parts(exponent, r) - 1.0
        };
        if self == 0.0 { self } else { result }
    }

    /// Near 0 a polynomial (relative error 6e-9); elsewhere the difference of halved exponentials, which stay in the range as
    /// long as it does.
    #[inline(always)]
    fn fast_sinh(self) -> f32 {
        let square = self * self;
        let p = polynomial(square, [2.816_951_3e-6, 1.983_616e-4, 8.333_35e-3, 1.666_666_7e-1]);
        let near = self + self * square * p;
        let half = scaled_exp(self.abs(), -1);
        let far = (half - 0.25 / half).copysign(self);
        if self.abs() < 1.0 { near } else { far }
    }

    #[inline(always)]
    fn fast_cosh(self) -> f32 {
        let half = scaled_exp(self.abs(), -1);
        half + 0.25 / half
    }

    /// A polynomial (Cephes' `tanhf`) near zero, `1 - 2 / (e^2x + 1)` elsewhere.
    #[inline(always)]
    fn fast_tanh(self) -> f32 {
        let square = self * self;
        let p = polynomial(
            square,
            [
                -5.704_988_7e-3,
                2.063_908_8e-2,
                -5.373_971_6e-2,
                1.333_144_2e-1,
                -3.333_328e-1,
            ],
        );
        let near = p * square * self + self;
        let far = 1.0 - 2.0 / ((self.abs() * 2.0).fast_exp() + 1.0);
        (if self.abs() < 0.625 { near } else { far }).copysign(self)
    }

    #[inline(always)]
    fn normal(self) -> (f32, f32) {
        let (tail, density) = normal_tail(at_most(self.abs(), FAR));
        // Written so that NaN, for which comparisons fail, stays what it is.
        (if self > 0.0 { 1.0 - tail } else { tail }, density)
    }

    #[inline(always)]
    fn fast_gelu(self) -> f32 {
        let x = at_most(self.abs(), FAR);
        self.max(0.0) - x * normal_tail(x).0
    }

    /// `1 - exp(-|x| P(|x|))`, with a polynomial for which the error function is off by 4e-9. It is 1 from 4 on.
    #[inline(always)]
    fn fast_erf(self) -> f32 {
        let x = at_most(self.abs(), 4.0);
        let p = polynomial(
            x,
            [
                -9.256_265e-6,
                1.176_412_8e-4,
                -6.328_368_5e-4,
                1.667_027_5e-3,
                -1.603_961_4e-4,
                -1.915_306_4e-2,
                1.027_778_3e-1,
                6.366_194e-1,
                1.283_791_7e-1,
            ],
        );
        // P's last coefficient is 1 more, so that rounding it costs less.
        let (exponent, r) = reduced(-(x + x * p), BIAS);
        (-exp_m1_of_parts(exponent, r)).copysign(self)
    }
}

impl Exponential for f64 {
    #[inline(always)]
    fn normal(self) -> (f64, f64) {
        let distribution = 0.5 * libm::erfc(-self * core::f64::consts::FRAC_1_SQRT_2);
        (distribution, (self * self * -0.5).exp() * DENSITY_AT_ZERO)
    }

    #[inline(always)]
    fn fast_erf(self) -> f64 {
        libm::erf(self)
    }
}

/// From here on the normal distribution's tail is less than the smallest number.
const FAR: f32 = 14.7;

/// The tail of the normal distribution beyond an `x` from 0 to [`FAR`], and the density there.
///
/// The tail is `exp(-x²/2) P(x) / Q(x)`, where the quotient is fitted (to a relative error of 6e-9). As rounding `x²` would cost it
/// its digits, the square is that of the upper half of `x`'s digits, which is exact, and the little that is left. With
/// `x² = -2n ln 2 + r` and an `|r|` little more than `ln 2`, the exponential is `2^n (c - r) / (c + r)`, as there is a division anyway;
/// `c` is an even polynomial of `r`, fitted too (2e-9). All is 2⁶⁴ times as large until the end, so that `2^n` is in the range.
#[inline(always)]
fn normal_tail(x: f32) -> (f32, f32) {
    const SCALE: f32 = 1.0 / (1_u128 << 64) as f32;
    let upper = f32::from_bits(x.to_bits() & 0xffff_f000);
    let square = upper * upper;
    let (exponent, n) = rounded(square * (-0.5 * LOG2_E), BIAS + 64);
    let r = square + n * (2.0 * LN_2_HIGH) + n * (2.0 * LN_2_LOW) + (x - upper) * (x + upper);
    let c = polynomial(r * r, [-3.442_474e-4, 8.333_21e-2, 4.0]);
    let p = polynomial(
        x,
        [0.398_946_76, 3.933_56, 17.723_322, 42.363_796, 48.283_714].map(|c| c * SCALE),
    );
    let q = polynomial(x, [1.0, 9.860_582, 45.411_55, 116.242_06, 161.777_3, 96.567_43]);
    let above = power_of_two(exponent) * (c - r);
    (
        above / ((c + r) * q) * p,
        above / (c + r) * (SCALE * DENSITY_AT_ZERO as f32),
    )
}

/// `1/√2π`.
const DENSITY_AT_ZERO: f64 = 0.5 * core::f64::consts::FRAC_2_SQRT_PI * core::f64::consts::FRAC_1_SQRT_2;

/// `2^scale e^x`.
#[inline(always)]
fn scaled_exp(x: f32, scale: i32) -> f32 {
    let (exponent, r) = reduced(within_range(x), 2 * BIAS + scale);
    exp_of_parts(exponent, r)
}

/// What is far out of the range of the exponential, brought to just out of it.
#[inline(always)]
fn within_range(x: f32) -> f32 {
    x.clamp(-104.0, 90.0)
}

/// `2^x`, of an `x` for whose sake more digits are needed.
#[inline(always)]
pub(super) fn exp2(x: f64) -> f32 {
    let x = x.clamp(-160.0, 130.0);
    let (exponent, n) = rounded(x as f32, 2 * BIAS);
    exp_of_parts(exponent, (x - n as f64) as f32 * LN_2)
}

/// `2^n e^r` from `n + 2 BIAS` and `r`, for `|r| ≤ ln 2 / 2`. `2^n` is applied in two steps, so that neither factor leaves the range.
#[inline(always)]
fn exp_of_parts(exponent: u32, r: f32) -> f32 {
    let half = exponent >> 1;
    (exp_m1_of_rest(r) + 1.0) * power_of_two(half) * power_of_two(exponent - half)
}

/// `2^n e^r - 1` from `n + BIAS` and `r`, as `2^n (e^r - 1) + (2^n - 1)`.
#[inline(always)]
fn exp_m1_of_parts(exponent: u32, r: f32) -> f32 {
    let power = power_of_two(exponent);
    power * exp_m1_of_rest(r) + (power - 1.0)
}

/// `n + bias` and `r` of `x = n ln 2 + r` with `|r| ≤ ln 2 / 2`. `ln 2` is split in two (Cody and Waite), so that `n ln 2` is
/// subtracted exactly.
#[inline(always)]
fn reduced(x: f32, bias: i32) -> (u32, f32) {
    let (exponent, n) = rounded(x * LOG2_E, bias);
    (exponent, x - n * LN_2_HIGH - n * LN_2_LOW)
}

/// `n + bias` and `n` for the whole number `n` nearest to a small `x`.
#[inline(always)]
fn rounded(x: f32, bias: i32) -> (u32, f32) {
    // Adding 1.5 · 2^23 rounds to a whole number, which the low bits then hold.
    let round = (0xc0_0000 + bias) as f32;
    let sum = x + round;
    (sum.to_bits() & 0x3f_ffff, sum - round)
}

/// `e^r - 1` for `|r| ≤ ln 2 / 2`.
#[inline(always)]
fn exp_m1_of_rest(r: f32) -> f32 {
    polynomial(r, EXP_TAIL) * (r * r) + r
}

/// The polynomial with these coefficients, highest first, by Horner's rule in `x²`: of its even and of its odd powers, which do not
/// wait for one another. (No fused multiply-add: where the processor has none, it would be a call.)
#[inline(always)]
pub(super) fn polynomial<E: Float, const N: usize>(x: E, coefficients: [E; N]) -> E {
    let square = x * x;
    let first = (coefficients[0], coefficients[1]);
    let (other, last) = coefficients[2..]
        .iter()
        .fold(first, |(sum, next), &c| (next, sum * square + c));
    other * x + last
}

/// The smaller of two, or NaN.
#[inline(always)]
fn at_most(x: f32, most: f32) -> f32 {
    if x > most { most } else { x }
}

/// What is added to the exponent of a number in its bits.
const BIAS: i32 = 127;

/// `2^n` from `n + BIAS`, which is from 1 to 254.
#[inline(always)]
fn power_of_two(biased: u32) -> f32 {
    f32::from_bits(biased << 23)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::testing::worst_error;

    fn worst(range: f32, fast: fn(f32) -> f32, exact: fn(f64) -> f64) -> f64 {
        worst_error((-range, range), fast, exact)
    }

    #[test]
    fn errors_are_as_stated() {
        assert!(worst(87.0, f32::fast_exp, f64::exp) <= 2.0);
        assert!(worst(1.0, f32::fast_exp, f64::exp) <= 2.0);
        for range in [89.4, 30.0, 1.0, 1e-3] {
            assert!(worst(range, f32::fast_sinh, f64::sinh) <= 3.0, "{range}");
            assert!(worst(range, f32::fast_cosh, f64::cosh) <= 3.0, "{range}");
        }
        assert!(worst(12.0, f32::fast_tanh, f64::tanh) <= 2.0);
        assert!(worst(1e-3, f32::fast_tanh, f64::tanh) <= 2.0);
        assert!(worst(80.0, f32::fast_sigmoid, |x| 1.0 / (1.0 + (-x).exp())) <= 3.0);
        for range in [30.0, 87.0, 1.0, 0.3, 1e-3] {
            assert!(worst(range, f32::fast_exp_m1, f64::exp_m1) <= 2.0, "{range}");
        }
        for range in [4.5, 1.0, 1e-3] {
            assert!(worst(range, f32::fast_erf, libm::erf) <= 3.0, "{range}");
        }
        // To where the results are the smallest normal numbers.
        for range in [12.9, 1.0, 1e-3] {
            assert!(worst(range, |x| x.normal().0, |x| x.normal().0) <= 8.0);
            assert!(worst(range, |x| x.normal().1, |x| x.normal().1) <= 4.0);
            assert!(worst(range, f32::fast_gelu, f64::fast_gelu) <= 8.0);
        }
    }

    #[test]
    fn the_ends_of_the_range() {
        assert_eq!(f32::INFINITY.fast_exp(), f32::INFINITY);
        assert_eq!(f32::NEG_INFINITY.fast_exp(), 0.0);
        assert_eq!(89.0_f32.fast_exp(), f32::INFINITY);
        assert_eq!((-150.0_f32).fast_exp(), 0.0);
        assert_eq!(0.0_f32.fast_exp(), 1.0);
        assert!(f32::NAN.fast_exp().is_nan() && f32::NAN.fast_tanh().is_nan() && f32::NAN.fast_sigmoid().is_nan());
        assert_eq!([f32::INFINITY.fast_tanh(), f32::NEG_INFINITY.fast_tanh()], [1.0, -1.0]);
        assert_eq!(
            [f32::INFINITY.fast_sigmoid(), f32::NEG_INFINITY.fast_sigmoid()],
            [1.0, 0.0]
        );
        assert!((-0.0_f32).fast_tanh().is_sign_negative());
        let ends = [f32::NEG_INFINITY, -120.0, -0.0, 0.0, 89.0, f32::INFINITY];
        assert_eq!(
            ends.map(Exponential::fast_exp_m1),
            [-1.0, -1.0, 0.0, 0.0, f32::INFINITY, f32::INFINITY]
        );
        let infinities = [f32::NEG_INFINITY, f32::NEG_INFINITY, f32::INFINITY, f32::INFINITY];
        assert_eq!(
            [f32::NEG_INFINITY, -90.0, 90.0, f32::INFINITY].map(Exponential::fast_sinh),
            infinities
        );
        assert_eq!(ends.map(Exponential::fast_cosh)[2..4], [1.0; 2]);
        assert!(
            f32::NAN.fast_sinh().is_nan() && f32::NAN.fast_cosh().is_nan() && (-0.0_f32).fast_sinh().is_sign_negative()
        );
        assert_eq!(ends.map(Exponential::fast_erf), [-1.0, -1.0, 0.0, 0.0, 1.0, 1.0]);
        assert!(f32::NAN.fast_exp_m1().is_nan() && f32::NAN.fast_erf().is_nan());
        assert!((-0.0_f32).fast_exp_m1().is_sign_negative() && (-0.0_f32).fast_erf().is_sign_negative());
        assert_eq!(f32::INFINITY.normal(), (1.0, 0.0));
        assert_eq!(f32::NEG_INFINITY.normal(), (0.0, 0.0));
        assert_eq!([f32::MAX.normal().0, f32::MIN.normal().0], [1.0, 0.0]);
        assert!(f32::NAN.normal().0.is_nan() && f32::NAN.normal().1.is_nan());
        // Below the normal numbers it is off by less than the smallest there are, eight times.
        let steps = (0..=if cfg!(miri) { 20 } else { 20_000 }).map(|i| -12.9 - i as f32 * 1e-4);
        let error = |x: f32| (x.normal().0 as f64 - (x as f64).normal().0).abs();
        assert!(steps.map(error).fold(0.0, f64::max) < 8.0 * f32::from_bits(1) as f64);
    }
}
