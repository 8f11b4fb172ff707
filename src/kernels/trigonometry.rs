//! Trigonometric functions that a loop vectorises: branch-free arithmetic on one number, without calls.

use super::math::polynomial;
use super::simd::vectorised;
use super::{Kernels, number};
use core::f64::consts::{FRAC_2_PI, FRAC_PI_2};
use num_traits::Float;

/// Angles up to here are reduced without a table. Larger ones are rare, and left to the standard library.
const MODERATE: f32 = (1 << 24) as f32;

/// The sine of each angle, in its place.
pub fn sines<E: Kernels>(angles: &mut [E]) {
    turn(angles, E::fast_sin, E::sin);
}

/// The cosine of each angle, in its place.
pub fn cosines<E: Kernels>(angles: &mut [E]) {
    turn(angles, E::fast_cos, E::cos);
}

/// The tangent of each angle, in its place.
pub fn tangents<E: Kernels>(angles: &mut [E]) {
    turn(angles, E::fast_tan, E::tan);
}

/// A function of each angle, in its place: the fast one of all that are [`MODERATE`], so that what an angle gives does not depend on
/// those beside it.
fn turn<E: Kernels>(angles: &mut [E], fast: impl Fn(E) -> E, exact: impl Fn(E) -> E) {
    vectorised(
        #[inline(always)]
        move || {
            let bound = number(MODERATE);
            let moderate = move |angle: &E| angle.abs() <= bound;
            // A loop without calls, where none is needed, is many times faster.
            if angles.iter().fold(true, |all, angle| all & moderate(angle)) {
                angles.iter_mut().for_each(|angle| *angle = fast(*angle));
            } else {
                for angle in angles {
                    *angle = if moderate(angle) { fast(*angle) } else { exact(*angle) };
                }
            }
        },
    );
}

/// Trigonometric functions and their inverses in a form that vectorises for `f32`.
///
/// For `f32` the error is at most 2 units in the last place (3 for `asin`, 4 for `tan`); `f64` goes through the standard library.
/// The inverses of what is no sine or cosine are NaN.
pub trait Trigonometric: Float {
    /// The sine of an angle up to 2²⁴ either way.
    #[inline(always)]
    fn fast_sin(self) -> Self {
        self.sin()
    }

    /// The cosine of such an angle.
    #[inline(always)]
    fn fast_cos(self) -> Self {
        self.cos()
    }

    /// The tangent of such an angle.
    #[inline(always)]
    fn fast_tan(self) -> Self {
        self.tan()
    }

    /// The arc sine.
    #[inline(always)]
    fn fast_asin(self) -> Self {
        self.asin()
    }

    /// The arc cosine.
    #[inline(always)]
    fn fast_acos(self) -> Self {
        self.acos()
    }

    /// The arc tangent.
    #[inline(always)]
    fn fast_atan(self) -> Self {
        self.atan()
    }

    /// The angle from the positive x axis to the point `(x, y)`, of which this is `y`.
    #[inline(always)]
    fn fast_atan2(self, x: Self) -> Self {
        self.atan2(x)
    }
}

impl Trigonometric for f64 {}

/// The polynomials of these functions are fitted to them, by least squares reweighted until the relative error is even: at most
/// 6e-9 for the sine and the cosine, 3e-9 for the others.
impl Trigonometric for f32 {
    #[inline(always)]
    fn fast_sin(self) -> f32 {
        let (quarter, rest) = quarters(self);
        sine(quarter, rest)
    }

    /// The sine, a quarter of a turn ahead.
    #[inline(always)]
    fn fast_cos(self) -> f32 {
        let (quarter, rest) = quarters(self);
        sine(quarter.wrapping_add(1), rest)
    }

    /// In odd quarters minus the cotangent of the rest.
    #[inline(always)]
    fn fast_tan(self) -> f32 {
        let (quarter, rest) = quarters(self);
        let square = rest * rest;
        let p = polynomial(
            square,
            [
                4.376_830_5e-3,
                8.842_893e-5,
                1.083_667_1e-2,
                2.128_186_3e-2,
                5.405_998e-2,
                1.333_266_3e-1,
                3.333_333_5e-1,
            ],
        );
        let tangent = rest + rest * square * p;
        let odd = quarter & 1 == 1;
        (if odd { -1.0 } else { tangent }) / if odd { tangent } else { 1.0 }
    }

    /// Beyond ½ it is `π/2 - 2 asin √((1 - x)/2)`.
    #[inline(always)]
    fn fast_asin(self) -> f32 {
        let arc = arc_sine(self.abs());
        let far = QUARTER_HIGH - (2.0 * arc - QUARTER_LOW);
        (if self.abs() > 0.5 { far } else { arc }).copysign(self)
    }

    #[inline(always)]
    fn fast_acos(self) -> f32 {
        let arc = arc_sine(self.abs());
        let near = QUARTER_HIGH - (arc.copysign(self) - QUARTER_LOW);
        let far = if self > 0.0 {
            2.0 * arc
        } else {
            2.0 * (QUARTER_HIGH - (arc - QUARTER_LOW))
        };
        if self.abs() > 0.5 { far } else { near }
    }

    #[inline(always)]
    fn fast_atan(self) -> f32 {
        let (eighths, rest) = first_quarter(self.abs(), 1.0);
        angle(eighths, rest).copysign(self)
    }

    #[inline(always)]
    fn fast_atan2(self, x: f32) -> f32 {
        // A quarter of the largest numbers, so that they can be added.
        let scale = if self.abs() > LARGE || x.abs() > LARGE {
            0.25
        } else {
            1.0
        };
        let (eighths, rest) = first_quarter(scale * self.abs(), scale * x.abs());
        let (eighths, rest) = if x.is_sign_negative() {
            (4.0 - eighths, -rest)
        } else {
            (eighths, rest)
        };
        angle(eighths, rest).copysign(self)
    }
}

/// `π/2` in two parts.
const QUARTER_HIGH: f32 = FRAC_PI_2 as f32;
const QUARTER_LOW: f32 = (FRAC_PI_2 - QUARTER_HIGH as f64) as f32;

/// The angle from the x axis to a point of the first quarter: how many eighths of a turn, and the rest. Cephes' three ranges (S.
/// Moshier), meeting at the tangents of `π/8` and `3π/8`: `atan y/x`, `π/4 + atan (y - x)/(y + x)` and `π/2 - atan x/y`.
#[inline(always)]
fn first_quarter(y: f32, x: f32) -> (f32, f32) {
    let (far, middle) = (y > 2.414_213_6 * x, y > 0.414_213_57 * x);
    let (above, below, eighths) = if far {
        (-x, y, 2.0)
    } else if middle {
        (y - x, y + x, 1.0)
    } else {
        (y, x, 0.0)
    };
    let tangent = above / below;
    let square = tangent * tangent;
    let p = polynomial(
        square,
        [
            -6.077_990_3e-2,
            1.059_372_65e-1,
            -1.424_352_2e-1,
            1.999_847_1e-1,
            -3.333_331_6e-1,
        ],
    );
    let rest = tangent + tangent * square * p;
    // Of nothing by nothing, and of infinity by infinity, which is in the middle.
    if y != x {
        (eighths, rest)
    } else if y == 0.0 {
        (0.0, 0.0)
    } else {
        (1.0, 0.0)
    }
}

/// The angle of some eighths of a turn and a rest.
#[inline(always)]
fn angle(eighths: f32, rest: f32) -> f32 {
    eighths * (0.5 * QUARTER_HIGH) + (eighths * (0.5 * QUARTER_LOW) + rest)
}

/// Numbers up to here can be added.
const LARGE: f32 = 1e38;

/// How many quarters of a turn an angle has, modulo 4, and the rest, of at most half a quarter either way. `π/2` is split in two
/// (Cody and Waite): the product of the first part with a whole number of so many quarters is exact.
#[inline(always)]
fn quarters(angle: f32) -> (u32, f32) {
    const ROUND: f64 = 6_755_399_441_055_744.0; // 1.5 · 2^52: adding it rounds to an integer, which its low bits then hold
    const HIGH: f64 = 1.570_796_325_802_803;
    const LOW: f64 = 9.920_935_796_805_404e-10;
    let angle = angle as f64;
    let rounded = angle * FRAC_2_PI + ROUND;
    let n = rounded - ROUND;
    (rounded.to_bits() as u32, (angle - n * HIGH - n * LOW) as f32)
}

/// The sine of some quarters of a turn and a rest.
#[inline(always)]
fn sine(quarter: u32, rest: f32) -> f32 {
    let square = rest * rest;
    let sine = polynomial(square, [-1.951_524_9e-4, 8.332_16e-3, -1.666_665_5e-1]);
    // The sine of −0 is −0.
    let sine = (rest + rest * square * sine).copysign(rest);
    let cosine = polynomial(square, [2.443_312e-5, -1.388_731_6e-3, 4.166_664_6e-2]);
    let cosine = 1.0 - 0.5 * square + square * square * cosine;
    let magnitude = if quarter & 1 == 0 { sine } else { cosine };
    f32::from_bits(magnitude.to_bits() ^ (quarter & 2) << 30)
}

/// The arc sine of `x`, which is not negative, to ½; beyond, that of `√((1 - x)/2)`.
#[inline(always)]
fn arc_sine(x: f32) -> f32 {
    let far = x > 0.5;
    let square = if far { 0.5 * (1.0 - x) } else { x * x };
    let sine = if far { square.sqrt() } else { x };
    let p = polynomial(
        square,
        [
            3.751_647_5e-2,
            1.443_858_7e-2,
            3.180_772_4e-2,
            4.451_695_5e-2,
            7.500_504e-2,
            1.666_666e-1,
        ],
    );
    sine + sine * square * p
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::testing::worst_error;
    use core::f32::consts::FRAC_PI_2 as QUARTER_TURN;

    #[test]
    fn errors_are_as_stated() {
        for range in [(-1e3, 1e3), (1e7, MODERATE)] {
            assert!(worst_error(range, f32::fast_sin, f64::sin) <= 2.0, "{range:?}");
            assert!(worst_error(range, f32::fast_cos, f64::cos) <= 2.0, "{range:?}");
            assert!(worst_error(range, f32::fast_tan, f64::tan) <= 4.0, "{range:?}");
        }
        assert!(worst_error((-1.0, 1.0), f32::fast_asin, f64::asin) <= 3.0);
        assert!(worst_error((-1.0, 1.0), f32::fast_acos, f64::acos) <= 2.0);
        assert!(worst_error((-10.0, 10.0), f32::fast_atan, f64::atan) <= 2.0);
        for (fast, exact) in [
            (
                (|y| y.fast_atan2(1.5)) as fn(f32) -> f32,
                (|y| y.atan2(1.5)) as fn(f64) -> f64,
            ),
            (|y| y.fast_atan2(-1.5), |y| y.atan2(-1.5)),
            (|x| 1.5.fast_atan2(x), |x| 1.5.atan2(x)),
            (|x| (-1e-3).fast_atan2(x), |x| (-1e-3_f32 as f64).atan2(x)),
        ] {
            assert!(worst_error((-10.0, 10.0), fast, exact) <= 2.0);
        }
    }

    /// There the least is left, and of that the least is known.
    #[test]
    fn angles_close_to_whole_quarters() {
        let last = if cfg!(miri) {
            50
        } else {
            (MODERATE / QUARTER_TURN) as u32
        };
        for n in (1..last).step_by(7) {
            let angle = n as f32 * QUARTER_TURN;
            let exact = (angle as f64).sin_cos();
            for (found, exact) in [(angle.fast_sin(), exact.0), (angle.fast_cos(), exact.1)] {
                let unit = (exact as f32).abs().next_up() - (exact as f32).abs();
                assert!((found as f64 - exact).abs() <= 2.0 * unit as f64, "{angle}");
            }
        }
    }

    /// Where the standard library says so.
    #[test]
    fn angles_of_points_at_the_ends_of_the_range() {
        let numbers = [0.0, f32::from_bits(1), 1e-40, 1.0, 2.5, 2e38, f32::MAX, f32::INFINITY];
        let both = || numbers.into_iter().flat_map(|x| [x, -x]).chain([f32::NAN]);
        for y in both() {
            for x in both() {
                let (found, exact) = (y.fast_atan2(x), (y as f64).atan2(x as f64));
                let unit = (exact as f32).abs().next_up() - (exact as f32).abs();
                assert!(
                    found.is_nan() && (x.is_nan() || y.is_nan())
                        || found.is_sign_negative() == exact.is_sign_negative()
                            && (found as f64 - exact).abs() <= 2.0 * unit as f64,
                    "{y} above {x}: {found}, not {exact}"
                );
            }
        }
    }

    #[test]
    fn large_angles_are_left_to_the_standard_library() {
        let angles = [1e9, -3e7, f32::MAX];
        for (ours, exact) in [
            (sines::<f32> as fn(&mut [f32]), f64::sin as fn(f64) -> f64),
            (cosines, f64::cos),
            (tangents, f64::tan),
        ] {
            let mut found = angles;
            ours(&mut found);
            for (found, exact) in found.map(f64::from).into_iter().zip(angles.map(|x| exact(x.into()))) {
                assert!((found - exact).abs() <= 1e-6 * exact.abs(), "{found} for {exact}");
            }
            let mut endless = [f32::INFINITY, f32::NEG_INFINITY, f32::NAN];
            ours(&mut endless);
            assert!(endless.iter().all(|x| x.is_nan()));
        }
    }

    #[test]
    fn neighbours_change_no_bit() {
        let angles: Vec<f32> = (-50..50).map(|i| i as f32 * 0.37).collect();
        for function in [sines::<f32>, cosines, tangents] {
            let (mut alone, mut beside) = (angles.clone(), [&angles[..], &[1e9, f32::NAN]].concat());
            function(&mut alone);
            function(&mut beside);
            assert_eq!(beside[..angles.len()], alone);
        }
    }

    #[test]
    fn the_ends_of_the_range() {
        for x in [1.1, f32::INFINITY, f32::NAN] {
            assert!(x.fast_asin().is_nan() && (-x).fast_acos().is_nan());
        }
        assert!(f32::NAN.fast_atan().is_nan());
        for function in [f32::fast_sin, f32::fast_tan, f32::fast_asin, f32::fast_atan] {
            assert!(function(0.0) == 0.0 && function(0.0).is_sign_positive() && function(-0.0).is_sign_negative());
            assert_eq!(function(f32::from_bits(1)), f32::from_bits(1));
        }
        assert_eq!([0.0_f32.fast_cos(), 1.0_f32.fast_acos()], [1.0, 0.0]);
        assert_eq!([1.0_f32, -1.0].map(f32::fast_asin), [QUARTER_TURN, -QUARTER_TURN]);
        assert_eq!(
            [f32::INFINITY, f32::NEG_INFINITY].map(f32::fast_atan),
            [QUARTER_TURN, -QUARTER_TURN]
        );
    }
}
