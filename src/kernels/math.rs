//! Exponential functions that a loop vectorises: branch-free arithmetic on one number, without calls.

/// `exp`, `tanh` and the logistic function, in a form that vectorises for `f32`.
///
/// For `f32` the error is at most 2 units in the last place (3 for `sigmoid`) wherever the result is a normal number;
/// `f64` goes through the standard library.
pub trait Exponential: Copy {
    /// `e^x`. Overflow gives infinity, underflow zero, NaN stays NaN.
    fn fast_exp(self) -> Self;

    /// The hyperbolic tangent.
    fn fast_tanh(self) -> Self;

    /// `1 / (1 + e^-x)`.
    fn fast_sigmoid(self) -> Self;
}

/// `ln 2` in two parts: the product of the first with a small integer is exact.
pub(super) const LN_2_HIGH: f32 = 0.693_359_4;
pub(super) const LN_2_LOW: f32 = -2.121_944_4e-4;

/// `(e^r - 1 - r) / r²` for `|r| ≤ ln 2 / 2`, highest coefficient first.
pub(super) const EXP_TAIL: [f32; 6] = [
    1.987_569_1e-4,
    1.398_199_9e-3,
    8.333_452e-3,
    4.166_579_6e-2,
    1.666_666_5e-1,
    0.5,
];

impl Exponential for f32 {
    /// `x = n ln 2 + r` with `|r| ≤ ln 2 / 2`, then `e^x = 2^n e^r`, with the polynomial of Cephes' `expf` (S. Moshier)
    /// for `e^r`. `ln 2` is split in two (Cody and Waite), so that `n ln 2` is subtracted exactly, and `2^n` is applied
    /// in two steps, so that neither factor leaves the range.
    #[inline(always)]
    fn fast_exp(self) -> f32 {
        const ROUND: f32 = 12_582_912.0; // 1.5 · 2^23: adding it rounds to an integer, which its low bits then hold
        let x = self.clamp(-104.0, 89.0);
        let rounded = x * core::f32::consts::LOG2_E + ROUND;
        let n = rounded - ROUND;
        let r = x - n * LN_2_HIGH - n * LN_2_LOW;
        let tail = polynomial(r, EXP_TAIL);
        let power = tail * (r * r) + r + 1.0;
        let exponent = rounded.to_bits() as i32 - ROUND.to_bits() as i32;
        let half = exponent >> 1;
        power * power_of_two(half) * power_of_two(exponent - half)
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
    fn fast_sigmoid(self) -> f32 {
        1.0 / (1.0 + (-self).fast_exp())
    }
}

impl Exponential for f64 {
    #[inline(always)]
    fn fast_exp(self) -> f64 {
        self.exp()
    }

    #[inline(always)]
    fn fast_tanh(self) -> f64 {
        self.tanh()
    }

    #[inline(always)]
    fn fast_sigmoid(self) -> f64 {
        1.0 / (1.0 + (-self).exp())
    }
}

/// The polynomial with these coefficients, highest first, by Horner's rule. (No fused multiply-add: where the processor
/// has none, it would be a call.)
#[inline(always)]
fn polynomial<const N: usize>(x: f32, coefficients: [f32; N]) -> f32 {
    coefficients.into_iter().fold(0.0, |sum, c| sum * x + c)
}

/// `2^n` for `-126 ≤ n ≤ 127`.
#[inline(always)]
fn power_of_two(n: i32) -> f32 {
    f32::from_bits(((n + 127) << 23) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The largest error, in units in the last place, over numbers spread evenly in `[-range, range]`.
    fn worst(range: f32, fast: fn(f32) -> f32, exact: fn(f64) -> f64) -> f64 {
        let count = if cfg!(miri) { 200 } else { 2_000_000 };
        let numbers = (0..=count).map(|i| range * (2.0 * i as f32 / count as f32 - 1.0));
        let error = |x: f32| {
            let exact = exact(x as f64);
            let unit = (exact as f32).abs().next_up() - (exact as f32).abs();
            (fast(x) as f64 - exact).abs() / unit as f64
        };
        numbers.map(error).fold(0.0, f64::max)
    }

    #[test]
    fn errors_are_as_stated() {
        assert!(worst(87.0, f32::fast_exp, f64::exp) <= 2.0);
        assert!(worst(1.0, f32::fast_exp, f64::exp) <= 2.0);
        assert!(worst(12.0, f32::fast_tanh, f64::tanh) <= 2.0);
        assert!(worst(1e-3, f32::fast_tanh, f64::tanh) <= 2.0);
        assert!(worst(80.0, f32::fast_sigmoid, |x| 1.0 / (1.0 + (-x).exp())) <= 3.0);
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
    }
}
