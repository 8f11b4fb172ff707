//! Powers that a loop vectorises: branch-free arithmetic on two numbers, without calls.

use super::logarithm::scientific;
use super::math::{exp2, polynomial};
use num_traits::Float;

/// Powers in a form that vectorises for `f32`.
///
/// For `f32` the error is at most 2 units in the last place wherever the result is a normal number; `f64` goes through the
/// standard library. What is no number, endless or zero gives what it gives there.
pub trait Power: Float {
    /// `xʸ`. Not a number where `x` is negative and `y` is not whole.
    #[inline(always)]
    fn fast_powf(self, y: Self) -> Self {
        self.powf(y)
    }
}

impl Power for f64 {}

impl Power for f32 {
    /// `2^(y log₂ |x|)`. As `y` may be large, the logarithm has the digits of `f64`: with `x = 2ⁿ m` and `s = (m - 1)/(m + 1)` it is
    /// `n + 2 artanh s / ln 2`, and for the odd function a polynomial is fitted, by least squares reweighted until the relative
    /// error is even: 4e-12.
    #[inline(always)]
    fn fast_powf(self, y: f32) -> f32 {
        let base = self.abs();
        let (n, f) = scientific(base);
        let s = f as f64 / (f as f64 + 2.0);
        let p = polynomial(
            s * s,
            [
                0.340_728_033_182_486_4,
                0.411_672_825_338_673_94,
                0.577_083_583_301_740_8,
                0.961_796_673_349_803_9,
                2.885_390_081_790_080_6,
            ],
        );
        let logarithm = if base == 0.0 {
            f64::NEG_INFINITY
        } else if base < f32::INFINITY {
            n as f64 + s * p
        } else {
            base as f64 // infinity and NaN
        };
        // An endless power of 1 is 1.
        let finite = y.clamp(f32::MIN, f32::MAX);
        let magnitude = exp2(finite as f64 * logarithm);
        let odd = is_whole(y) & !is_whole(0.5 * y);
        let power = magnitude.copysign(if odd { self } else { 1.0 });
        if (self == 1.0) | (y == 0.0) {
            1.0
        } else if (self < 0.0) & (self > f32::NEG_INFINITY) & !is_whole(y) {
            f32::NAN
        } else {
            power
        }
    }
}

/// Whether a number has no fraction. (Rounding down would be a call, where the processor cannot.)
#[inline(always)]
fn is_whole(x: f32) -> bool {
    const FROM_HERE_ALL_ARE: f32 = (1 << 23) as f32;
    let x = x.abs();
    (x >= FROM_HERE_ALL_ARE) | ((x + FROM_HERE_ALL_ARE) - FROM_HERE_ALL_ARE == x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::testing::worst_error;

    #[test]
    fn errors_are_as_stated() {
        for (range, fast, exact) in [
            (
                (0.0, 4.0),
                (|x: f32| x.fast_powf(1.7)) as fn(f32) -> f32,
                (|x| x.powf(1.7_f32 as f64)) as fn(f64) -> f64,
            ),
            ((0.0, 1e20), |x| x.fast_powf(-1.5), |x| x.powf(-1.5)),
            ((0.999, 1.001), |x| x.fast_powf(1e5), |x| x.powf(1e5)),
            ((-4.0, 4.0), |x| x.fast_powf(-3.0), |x| x.powf(-3.0)),
            ((-126.0, 128.0), |y| 2.0.fast_powf(y), |y| 2.0.powf(y)),
            ((-21.0, 20.0), |y| 77.7.fast_powf(y), |y| (77.7_f32 as f64).powf(y)),
            ((-30.0, 30.0), |y| 0.9.fast_powf(y), |y| (0.9_f32 as f64).powf(y)),
            ((0.0, 0.8), |y| 1e-40.fast_powf(y), |y| (1e-40_f32 as f64).powf(y)),
        ] {
            assert!(worst_error(range, fast, exact) <= 2.0, "{range:?}");
        }
    }

    #[test]
    fn whole_powers_of_two_are_exact() {
        for y in -126..=127 {
            assert_eq!(2.0.fast_powf(y as f32), f32::from_bits(((y + 127) as u32) << 23));
        }
        assert_eq!([9.0_f32.fast_powf(0.5), (-2.0_f32).fast_powf(3.0)], [3.0, -8.0]);
    }

    /// Where the standard library says so.
    #[test]
    fn the_ends_of_the_range() {
        let numbers = [
            0.0,
            0.5,
            1.0,
            1.5,
            2.0,
            3.0,
            8_388_607.0,
            16_777_216.0,
            1e30,
            f32::MAX,
            f32::INFINITY,
        ];
        let both = || numbers.into_iter().flat_map(|x| [x, -x]).chain([f32::NAN]);
        for x in both() {
            for y in both() {
                let (found, exact) = (x.fast_powf(y), (x as f64).powf(y as f64) as f32);
                assert!(
                    found == exact && found.is_sign_negative() == exact.is_sign_negative()
                        || found.is_nan() && exact.is_nan()
                        || (found - exact).abs() <= 2e-7 * exact.abs(),
                    "{x} to the {y}: {found}, not {exact}"
                );
            }
        }
    }
}
