//! Logarithms that a loop vectorises: branch-free arithmetic on one number, without calls.

use super::math::{LN_2_HIGH, LN_2_LOW, polynomial};
use core::f32::consts::{LOG2_E, LOG10_E};
use num_traits::Float;

/// Logarithms in a form that vectorises for `f32`.
///
/// For `f32` the error is at most 2 units in the last place (3 to the bases 2 and 10), and powers of two and of ten have exact
/// logarithms to these bases; `f64` goes through the standard library. The logarithm of 0 is −∞, that of a negative number NaN.
pub trait Logarithm: Float {
    /// The natural logarithm.
    #[inline(always)]
    fn fast_ln(self) -> Self {
        self.ln()
    }

    /// The logarithm to base 2.
    #[inline(always)]
    fn fast_log2(self) -> Self {
        self.log2()
    }

    /// The logarithm to base 10.
    #[inline(always)]
    fn fast_log10(self) -> Self {
        self.log10()
    }

    /// `ln(1 + x)`, accurate near 0.
    #[inline(always)]
    fn fast_ln_1p(self) -> Self {
        self.ln_1p()
    }
}

/// `log₁₀ 2` in two parts: the product of the first with a small integer is exact.
const LOG10_2_HIGH: f32 = 0.301_025_4;
const LOG10_2_LOW: f32 = 4.605_039e-6;

impl Logarithm for f32 {
    #[inline(always)]
    fn fast_ln(self) -> f32 {
        let (exponent, ln) = parts(self);
        at_the_ends(self, exponent * LN_2_HIGH + (exponent * LN_2_LOW + ln))
    }

    #[inline(always)]
    fn fast_log2(self) -> f32 {
        let (exponent, ln) = parts(self);
        at_the_ends(self, exponent + ln * LOG2_E)
    }

    #[inline(always)]
    fn fast_log10(self) -> f32 {
        let (exponent, ln) = parts(self);
        at_the_ends(self, exponent * LOG10_2_HIGH + (exponent * LOG10_2_LOW + ln * LOG10_E))
    }

    /// `ln u` for the rounded `u = 1 + x`, and over `u` what rounding took.
    #[inline(always)]
    fn fast_ln_1p(self) -> f32 {
        let u = 1.0 + self;
        let ln = u.fast_ln();
        let sum = ln + (self - (u - 1.0)) / u;
        // At the ends what rounding took is no number.
        let result = if u > 0.0 && u < f32::INFINITY { sum } else { ln };
        // ln(1 − 0) is −0.
        if self == 0.0 { self } else { result }
    }
}

impl Logarithm for f64 {}

/// `n` and `ln m` for the [`scientific`] form of a number, with the polynomial of Cephes' `logf` (S. Moshier).
#[inline(always)]
fn parts(x: f32) -> (f32, f32) {
    let (exponent, f) = scientific(x);
    let square = f * f;
    let tail = polynomial(
        f,
        [
            7.037_683_6e-2,
            -1.151_461e-1,
            1.167_699_9e-1,
            -1.242_014_1e-1,
            1.424_932_3e-1,
            -1.666_805_7e-1,
            2.000_071_5e-1,
            -2.499_999_4e-1,
            3.333_333e-1,
        ],
    );
    (exponent, f - 0.5 * square + tail * (square * f))
}

/// `n` and `m - 1` for `x = 2ⁿ m` with `√½ ≤ m < √2`, exactly. Only of finite numbers greater than 0.
#[inline(always)]
pub(super) fn scientific(x: f32) -> (f32, f32) {
    const ROOT_HALF: u32 = 0x3f35_04f3;
    // Numbers too small to be normal are made so.
    let small = x < f32::MIN_POSITIVE;
    let normal = if small { x * (1 << 23) as f32 } else { x };
    let exponent = (normal.to_bits().wrapping_sub(ROOT_HALF) as i32) >> 23;
    let m = f32::from_bits(normal.to_bits().wrapping_sub((exponent << 23) as u32));
    ((exponent - if small { 23 } else { 0 }) as f32, m - 1.0)
}

/// A logarithm where there is one, and else what stands for it.
#[inline(always)]
fn at_the_ends(x: f32, logarithm: f32) -> f32 {
    let end = if x == 0.0 {
        f32::NEG_INFINITY
    } else if x > 0.0 {
        x // infinity
    } else {
        f32::NAN
    };
    if x > 0.0 && x < f32::INFINITY { logarithm } else { end }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::testing::worst_error;

    #[test]
    fn errors_are_as_stated() {
        for range in [
            (0.0, 4.0),
            (0.5, 2.0),
            (0.99, 1.01),
            (0.0, 1e-37),
            (1.0, 1e6),
            (1e30, 3e38),
        ] {
            assert!(worst_error(range, f32::fast_ln, f64::ln) <= 2.0, "{range:?}");
            assert!(worst_error(range, f32::fast_log2, f64::log2) <= 3.0, "{range:?}");
            assert!(worst_error(range, f32::fast_log10, f64::log10) <= 3.0, "{range:?}");
        }
        for range in [(-1.0, 4.0), (-1e-3, 1e-3), (-1e-8, 1e-8), (0.0, 1e10), (-1.0, -0.9999)] {
            assert!(worst_error(range, f32::fast_ln_1p, f64::ln_1p) <= 2.0, "{range:?}");
        }
    }

    #[test]
    fn powers_of_the_base_are_exact() {
        for n in -126..=127 {
            assert_eq!(2.0_f32.powi(n).fast_log2(), n as f32);
        }
        for n in 0..=10 {
            assert_eq!(10.0_f32.powi(n).fast_log10(), n as f32);
        }
        assert_eq!([1.0_f32.fast_ln(), 0.0_f32.fast_ln_1p()], [0.0; 2]);
    }

    #[test]
    fn the_ends_of_the_range() {
        for log in [f32::fast_ln, f32::fast_log2, f32::fast_log10, |x: f32| {
            (x - 1.0).fast_ln_1p()
        }] {
            assert_eq!([log(0.0), log(f32::INFINITY)], [f32::NEG_INFINITY, f32::INFINITY]);
            assert!(log(-1.0).is_nan() && log(f32::NAN).is_nan() && log(f32::NEG_INFINITY).is_nan());
        }
        assert!((-0.0_f32).fast_ln_1p().is_sign_negative());
        assert_eq!((-0.0_f32).fast_ln(), f32::NEG_INFINITY);
        assert_eq!(f32::from_bits(1).fast_log2(), -149.0);
    }
}
