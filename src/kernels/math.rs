//! Exponential functions, and those made of them, that a loop vectorises: branch-free arithmetic on one number, without calls.

use num_traits::Float;

/// `exp`, the hyperbolic functions, the logistic function, the normal distribution and the error function, in a form that
/// vectorises for `f32`.
///
/// For `f32` the error is at most 2 units in the last place (3 for `sinh`, `cosh`, `sigmoid` and `erf`, 8 for `normal`) wherever
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

    /// The error function, `2/√π ∫₀ˣ exp(-t²) dt`.
    fn fast_erf(self) -> Self;
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
        exp_of_difference(self, 0.0, 0)
    }

    /// With `x` as in [`fast_exp`](Exponential::fast_exp), `2^n (e^r - 1) + (2^n - 1)`. Where the 1 is lost in rounding, which
    /// the range in which `2^n` is exact goes beyond, simply `e^x - 1`.
    #[inline(always)]
    fn fast_exp_m1(self) -> f32 {
        let (exponent, r) = reduced(self);
        let tail = polynomial(r, EXP_TAIL);
        let power = power_of_two(exponent.clamp(-126, 126));
        let near = power * (tail * (r * r) + r) + (power - 1.0);
        let result = if self.abs() < 40.0 { near } else { self.fast_exp() - 1.0 };
        if self == 0.0 { self } else { result }
    }

    /// Near 0 a polynomial, fitted as that of [`normal`](Exponential::normal) (relative error 6e-9); elsewhere the difference of
    /// halved exponentials, which stay in the range as long as it does.
    #[inline(always)]
    fn fast_sinh(self) -> f32 {
        let square = self * self;
        let p = polynomial(square, [2.816_951_3e-6, 1.983_616e-4, 8.333_35e-3, 1.666_666_7e-1]);
        let near = self + self * square * p;
        let half = exp_of_difference(self.abs(), 0.0, -1);
        let far = (half - 0.25 / half).copysign(self);
        if self.abs() < 1.0 { near } else { far }
    }

    #[inline(always)]
    fn fast_cosh(self) -> f32 {
        let half = exp_of_difference(self.abs(), 0.0, -1);
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

    /// For `x ≤ 0`, the distribution is `exp(-x²/2) t Q(t)` with `t = 1 / (1 + c |x|)`, the form of many approximations of
    /// `erfc`; `Q` is fitted to it, by least squares reweighted until the relative error is even: 3.5e-9 to `x = -14.6`, where
    /// the distribution leaves the range. Other `x` are mirrored. As rounding `x²` would cost the tail its digits, the square
    /// is that of the upper half of `x`'s digits, which is exact, and the little that is left.
    #[inline(always)]
    fn normal(self) -> (f32, f32) {
        let x = self.clamp(-15.0, 15.0);
        let upper = f32::from_bits(x.to_bits() & 0xffff_f000);
        let bell = exp_of_difference(-0.5 * upper * upper, 0.5 * (x - upper) * (x + upper), 0);
        let t = 1.0 / (1.0 + 0.3 * x.abs());
        let q = polynomial(
            t,
            [
                -0.020_624_883,
                0.112_443_55,
                -0.228_232_94,
                0.191_811_35,
                -0.079_446_78,
                0.096_169_91,
                0.078_384_904,
                0.110_236_5,
                0.119_571_68,
                0.119_686_7,
            ],
        );
        let tail = bell * (t * q);
        // Written so that NaN, for which both comparisons fail, stays what it is.
        let distribution = if x > 0.0 { 1.0 - tail } else { tail };
        (distribution, bell * DENSITY_AT_ZERO as f32)
    }

    /// Near 0 a polynomial, fitted as that of [`normal`](Exponential::normal) (relative error 1.3e-9); elsewhere
    /// `erf |x| = 1 - 2 Φ(-√2 |x|)`.
    #[inline(always)]
    fn fast_erf(self) -> f32 {
        let square = self * self;
        let p = polynomial(
            square,
            [
                7.854_487e-5,
                -8.010_372e-4,
                5.188_347e-3,
                -2.685_382e-2,
                1.128_358_5e-1,
                -3.761_262_6e-1,
                1.283_791_7e-1,
            ],
        );
        // 2/√π is 1 and the last coefficient, so that rounding it costs less.
        let near = self + self * p;
        let far = 1.0 - 2.0 * (self.abs() * -core::f32::consts::SQRT_2).normal().0;
        if self.abs() < 1.0 { near } else { far.copysign(self) }
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

/// `1/√2π`.
const DENSITY_AT_ZERO: f64 = 0.5 * core::f64::consts::FRAC_2_SQRT_PI * core::f64::consts::FRAC_1_SQRT_2;

/// `2^scale e^(x - little)` for a `little` of at most 0.1, as [`fast_exp`](Exponential::fast_exp): subtracted last, it loses no
/// digits.
#[inline(always)]
fn exp_of_difference(x: f32, little: f32, scale: i32) -> f32 {
    let (exponent, r) = reduced(x);
    let (exponent, r) = (exponent + scale, r - little);
    let tail = polynomial(r, EXP_TAIL);
    let power = tail * (r * r) + r + 1.0;
    let half = exponent >> 1;
    power * power_of_two(half) * power_of_two(exponent - half)
}

/// `n` and `r` of `x = n ln 2 + r`. An `x` far out of the range of the exponential is first brought to just out of it.
#[inline(always)]
fn reduced(x: f32) -> (i32, f32) {
    const ROUND: f32 = 12_582_912.0; // 1.5 · 2^23: adding it rounds to an integer, which its low bits then hold
    let x = x.clamp(-104.0, 90.0);
    let rounded = x * core::f32::consts::LOG2_E + ROUND;
    let n = rounded - ROUND;
    (
        rounded.to_bits() as i32 - ROUND.to_bits() as i32,
        x - n * LN_2_HIGH - n * LN_2_LOW,
    )
}

/// The polynomial with these coefficients, highest first, by Horner's rule. (No fused multiply-add: where the processor
/// has none, it would be a call.)
#[inline(always)]
pub(super) fn polynomial<const N: usize>(x: f32, coefficients: [f32; N]) -> f32 {
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
