//! The vectors of AVX2 and AVX-512.

use super::super::math::{EXP_TAIL, Exponential, LN_2_HIGH, LN_2_LOW};
use super::{MOST_LANES, Vector, VectorTask, Vectors, store_chosen_one_by_one, transpose_by_squares};
use core::arch::x86_64::*;
use core::f32::consts::LOG2_E;
use num_traits::Float;
use std::sync::OnceLock;

/// What there is to use.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// What every processor has.
    Portable,
    /// AVX2 with fused multiply-add and the instructions on bits that came with it.
    Avx2,
    /// AVX-512 in the variety that every processor since Skylake-X has.
    Avx512,
}

/// The best that there is, or that `TINTYPE_SIMD` allows; found out once.
#[inline]
pub fn level() -> Level {
    static LEVEL: OnceLock<Level> = OnceLock::new();
    *LEVEL.get_or_init(|| {
        let allowed = match std::env::var("TINTYPE_SIMD").as_deref() {
            Ok("portable") => Level::Portable,
            Ok("avx2") => Level::Avx2,
            _ => Level::Avx512,
        };
        allowed.min(if has_avx512() {
            Level::Avx512
        } else if has_avx2() {
            Level::Avx2
        } else {
            Level::Portable
        })
    })
}

fn has_avx512() -> bool {
    is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512vl")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512bw")
        && has_avx2()
}

fn has_avx2() -> bool {
    is_x86_feature_detected!("avx2")
        && is_x86_feature_detected!("fma")
        && is_x86_feature_detected!("bmi1")
        && is_x86_feature_detected!("bmi2")
        && is_x86_feature_detected!("lzcnt")
        && is_x86_feature_detected!("popcnt")
}

#[target_feature(enable = "avx512f,avx512vl,avx512dq,avx512bw,avx2,fma,bmi1,bmi2,lzcnt,popcnt")]
pub fn run_avx512<R>(task: impl FnOnce() -> R) -> R {
    task()
}

#[target_feature(enable = "avx2,fma,bmi1,bmi2,lzcnt,popcnt")]
pub fn run_avx2<R>(task: impl FnOnce() -> R) -> R {
    task()
}

#[target_feature(enable = "avx512f,avx512vl,avx512dq,avx512bw,avx2,fma,bmi1,bmi2,lzcnt,popcnt")]
pub fn run_vectors_avx512<E: Vectors, T: VectorTask<E>>(task: T) -> T::Output {
    // SAFETY: this function has the instructions.
    unsafe { task.run::<E::Avx512>() }
}

#[target_feature(enable = "avx2,fma,bmi1,bmi2,lzcnt,popcnt")]
pub fn run_vectors_avx2<E: Vectors, T: VectorTask<E>>(task: T) -> T::Output {
    // SAFETY: this function has the instructions.
    unsafe { task.run::<E::Avx2>() }
}

/// Implements [`Vector`] by the intrinsics of one register type; `$mask` says how to choose its first lanes.
macro_rules! vector {
    (
        $vector:ty, $features:literal, $element:ty, $lanes:literal, $registers:literal, $splat:ident, $load:ident, $store:ident,
        $add:ident, $sub:ident, $mul_add:ident, $max:ident, $exp:expr, $mask:ident, $load_first:ident, $store_first:ident,
        $transpose:path, |$x:ident| $total:expr, |$value:ident, $chosen:ident, $to:ident| $store_chosen:expr
        $(, $store_totals:item)?
    ) => {
        impl Vector<$element> for $vector {
            const LANES: usize = $lanes;
            const REGISTERS: usize = $registers;

            #[inline(never)]
            #[target_feature(enable = $features)]
            unsafe fn apart<R>(kernel: impl FnOnce() -> R) -> R {
                kernel()
            }

            #[inline(always)]
            unsafe fn splat(x: $element) -> Self {
                // SAFETY: the trait's contract, here and below.
                unsafe { $splat(x) }
            }

            #[inline(always)]
            unsafe fn load(from: *const $element) -> Self {
                // SAFETY: see above.
                unsafe { $load(from) }
            }

            #[inline(always)]
            unsafe fn store(self, to: *mut $element) {
                // SAFETY: see above.
                unsafe { $store(to, self) }
            }

            #[inline(always)]
            unsafe fn load_first(from: *const $element, count: usize) -> Self {
                // SAFETY: see above.
                unsafe { $load_first($mask(count), from) }
            }

            #[inline(always)]
            unsafe fn store_first(self, to: *mut $element, count: usize) {
                // SAFETY: see above.
                unsafe { $store_first(to, $mask(count), self) }
            }

            #[inline(always)]
            unsafe fn store_chosen(self, $chosen: u32, $to: *mut $element) {
                let $value = self;
                // SAFETY: see above.
                unsafe { $store_chosen }
            }

            #[inline(always)]
            unsafe fn add(self, other: Self) -> Self {
                // SAFETY: see above.
                unsafe { $add(self, other) }
            }

            #[inline(always)]
            unsafe fn sub(self, other: Self) -> Self {
                // SAFETY: see above.
                unsafe { $sub(self, other) }
            }

            #[inline(always)]
            unsafe fn mul_add(self, factor: Self, sum: Self) -> Self {
                // SAFETY: see above.
                unsafe { $mul_add(self, factor, sum) }
            }

            #[inline(always)]
            unsafe fn max(self, other: Self) -> Self {
                // SAFETY: see above.
                unsafe { $max(self, other) }
            }

            #[inline(always)]
            unsafe fn exp(self) -> Self {
                // SAFETY: see above.
                unsafe { $exp(self) }
            }

            #[inline(always)]
            unsafe fn transpose(from: *const $element, columns: usize, to: *mut $element, rows: usize) {
                // SAFETY: see above.
                unsafe { $transpose(from, columns, to, rows) }
            }

            #[inline(always)]
            unsafe fn total(self) -> $element {
                let $x = self;
                // SAFETY: see above.
                unsafe { $total }
            }

            $($store_totals)?
        }
    };
}

/// Applies a function lane by lane, for what there are no instructions for.
///
/// # Safety
///
/// As for the methods of [`Vector`].
#[inline(always)]
unsafe fn lane_by_lane<E: Float, V: Vector<E>>(x: V, f: impl Fn(E) -> E) -> V {
    let mut lanes = [E::zero(); MOST_LANES];
    // SAFETY: the caller's; no vector has more lanes.
    unsafe {
        x.store(lanes.as_mut_ptr());
        lanes[..V::LANES].iter_mut().for_each(|x| *x = f(*x));
        V::load(lanes.as_ptr())
    }
}

/// [`Exponential::fast_exp`] with fused multiply-adds, of an `x` whose exponential is in the range or just out of it: `rounded` gives
/// the whole number `n` nearest to `x / ln 2` and another form of it, with which `scale` makes `2^n p` of `p`.
#[inline(always)]
unsafe fn exp<V: Vector<f32>, N>(x: V, rounded: impl FnOnce(V) -> (V, N), scale: impl FnOnce(V, N) -> V) -> V {
    // SAFETY: the caller has the instructions.
    unsafe {
        let number = |x: f32| V::splat(x);
        let (n, form) = rounded(x);
        let r = n.mul_add(number(-LN_2_LOW), n.mul_add(number(-LN_2_HIGH), x));
        let [first, others @ ..] = EXP_TAIL;
        let p = others
            .into_iter()
            .fold(number(first), |p, coefficient| p.mul_add(r, number(coefficient)));
        scale(p.mul_add(r.mul_add(r, number(0.0)), r.add(number(1.0))), form)
    }
}

/// AVX-512 has an instruction for `2^n p`, which knows how to overflow.
#[inline(always)]
unsafe fn exp_avx512(x: __m512) -> __m512 {
    const NEAREST: i32 = _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC;
    // SAFETY: the caller has AVX-512. Of a number and NaN, `min` and `max` give the second.
    unsafe {
        if cfg!(miri) {
            // It does not know these instructions, nor those that compress.
            return lane_by_lane(x, Exponential::fast_exp);
        }
        let x = _mm512_max_ps(_mm512_set1_ps(-104.0), _mm512_min_ps(_mm512_set1_ps(89.0), x));
        let rounded = |x| {
            let n = _mm512_roundscale_ps::<NEAREST>(_mm512_mul_ps(x, _mm512_set1_ps(LOG2_E)));
            (n, n)
        };
        exp(x, rounded, |p, n| _mm512_scalef_ps(p, n))
    }
}

/// With AVX2, `2^n` has to be put together from bits, in two factors that stay within the range.
#[inline(always)]
unsafe fn exp_avx2(x: __m256) -> __m256 {
    // SAFETY: the caller has AVX2 and FMA. Of a number and NaN, `min` and `max` give the second.
    unsafe {
        let x = _mm256_max_ps(_mm256_set1_ps(-104.0), _mm256_min_ps(_mm256_set1_ps(89.0), x));
        // Adding 1.5 · 2^23 rounds to a whole number, which the low bits then hold, here with twice the bias of exponents.
        let round = _mm256_set1_ps((0xc0_0000 + 2 * 127) as f32);
        let rounded = |x| {
            let sum = _mm256_fmadd_ps(x, _mm256_set1_ps(LOG2_E), round);
            (_mm256_sub_ps(sum, round), _mm256_castps_si256(sum))
        };
        let power_of_two = |biased| _mm256_castsi256_ps(_mm256_slli_epi32::<23>(biased));
        let scale = |p, n| {
            let half = _mm256_srli_epi32::<1>(n);
            let once = _mm256_mul_ps(p, power_of_two(half));
            _mm256_mul_ps(once, power_of_two(_mm256_sub_epi32(n, half)))
        };
        exp(x, rounded, scale)
    }
}

/// Transposes a square of eight by eight: `columns` says how far apart its columns are, `rows` where its rows go.
///
/// # Safety
///
/// The processor must have AVX2, and both sides be good for that.
#[inline(always)]
pub unsafe fn transpose_eights(from: *const f32, columns: usize, to: *mut f32, rows: usize) {
    // SAFETY: the caller's.
    unsafe {
        // Four entries of column i and four of column i + 4, one behind the other.
        let both = |i: usize, row: usize| {
            let (left, right) = (from.add(i * columns + row), from.add((i + 4) * columns + row));
            _mm256_insertf128_ps::<1>(_mm256_castps128_ps256(_mm_loadu_ps(left)), _mm_loadu_ps(right))
        };
        for row in [0, 4] {
            let of = [0, 1, 2, 3].map(|i| both(i, row));
            let (low01, high01) = (_mm256_unpacklo_ps(of[0], of[1]), _mm256_unpackhi_ps(of[0], of[1]));
            let (low23, high23) = (_mm256_unpacklo_ps(of[2], of[3]), _mm256_unpackhi_ps(of[2], of[3]));
            let transposed = [
                _mm256_shuffle_ps::<0x44>(low01, low23),
                _mm256_shuffle_ps::<0xEE>(low01, low23),
                _mm256_shuffle_ps::<0x44>(high01, high23),
                _mm256_shuffle_ps::<0xEE>(high01, high23),
            ];
            for (i, entries) in transposed.into_iter().enumerate() {
                _mm256_storeu_ps(to.add((row + i) * rows), entries);
            }
        }
    }
}

#[inline(always)]
fn first_of_16(count: usize) -> __mmask16 {
    ((1_u32 << count) - 1) as __mmask16
}

#[inline(always)]
fn first_of_8(count: usize) -> __mmask8 {
    ((1_u32 << count) - 1) as __mmask8
}

/// AVX2 has no masks: lanes are chosen by the sign bits of a vector, here read from where ones end.
#[inline(always)]
unsafe fn first_of_8_signs(count: usize) -> __m256i {
    const ONES_THEN_ZEROS: [i32; 16] = [-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0];
    // SAFETY: `count` is at most 8; the caller has AVX2.
    unsafe { _mm256_loadu_si256(ONES_THEN_ZEROS.as_ptr().add(8 - count).cast()) }
}

#[inline(always)]
unsafe fn first_of_4_signs(count: usize) -> __m256i {
    // SAFETY: `count` is at most 4; the caller has AVX2.
    unsafe { first_of_8_signs(2 * count) }
}

#[inline(always)]
unsafe fn maskload_ps(lanes: __m256i, from: *const f32) -> __m256 {
    // SAFETY: the caller's.
    unsafe { _mm256_maskload_ps(from, lanes) }
}

#[inline(always)]
unsafe fn maskload_pd(lanes: __m256i, from: *const f64) -> __m256d {
    // SAFETY: the caller's.
    unsafe { _mm256_maskload_pd(from, lanes) }
}

vector!(
    __m512,
    "avx512f,avx512vl,avx512dq,avx512bw,avx2,fma,bmi1,bmi2,lzcnt,popcnt",
    f32,
    16,
    32,
    _mm512_set1_ps,
    _mm512_loadu_ps,
    _mm512_storeu_ps,
    _mm512_add_ps,
    _mm512_sub_ps,
    _mm512_fmadd_ps,
    _mm512_max_ps,
    exp_avx512,
    first_of_16,
    _mm512_maskz_loadu_ps,
    _mm512_mask_storeu_ps,
    transpose_by_squares::<f32, 16>,
    |x| _mm512_reduce_add_ps(x),
    |x, chosen, to| {
        // Compressing into a register and storing its front is much faster than compressing into memory.
        let front = first_of_16(chosen.count_ones() as usize);
        if cfg!(miri) {
            store_chosen_one_by_one(&core::mem::transmute::<__m512, [f32; 16]>(x), chosen, to);
        } else {
            _mm512_mask_storeu_ps(to, front, _mm512_maskz_compress_ps(chosen as __mmask16, x));
        }
    }
);
vector!(
    __m512d,
    "avx512f,avx512vl,avx512dq,avx512bw,avx2,fma,bmi1,bmi2,lzcnt,popcnt",
    f64,
    8,
    32,
    _mm512_set1_pd,
    _mm512_loadu_pd,
    _mm512_storeu_pd,
    _mm512_add_pd,
    _mm512_sub_pd,
    _mm512_fmadd_pd,
    _mm512_max_pd,
    |x| lane_by_lane(x, Exponential::fast_exp),
    first_of_8,
    _mm512_maskz_loadu_pd,
    _mm512_mask_storeu_pd,
    transpose_by_squares::<f64, 8>,
    |x| _mm512_reduce_add_pd(x),
    |x, chosen, to| {
        let front = first_of_8(chosen.count_ones() as usize);
        if cfg!(miri) {
            store_chosen_one_by_one(&core::mem::transmute::<__m512d, [f64; 8]>(x), chosen, to);
        } else {
            _mm512_mask_storeu_pd(to, front, _mm512_maskz_compress_pd(chosen as __mmask8, x));
        }
    }
);
vector!(
    __m256,
    "avx2,fma,bmi1,bmi2,lzcnt,popcnt",
    f32,
    8,
    16,
    _mm256_set1_ps,
    _mm256_loadu_ps,
    _mm256_storeu_ps,
    _mm256_add_ps,
    _mm256_sub_ps,
    _mm256_fmadd_ps,
    _mm256_max_ps,
    exp_avx2,
    first_of_8_signs,
    maskload_ps,
    _mm256_maskstore_ps,
    transpose_eights,
    |x| {
        let quarter = _mm_add_ps(_mm256_castps256_ps128(x), _mm256_extractf128_ps::<1>(x));
        let pair = _mm_add_ps(quarter, _mm_movehl_ps(quarter, quarter));
        _mm_cvtss_f32(_mm_add_ss(pair, _mm_movehdup_ps(pair)))
    },
    |x, chosen, to| store_chosen_one_by_one(&core::mem::transmute::<__m256, [f32; 8]>(x), chosen, to),
    /// Neighbours are added until every lane belongs to another vector, which is then stored as one: parts of it would be
    /// slow to read as a whole.
    #[inline(always)]
    unsafe fn store_totals(v: [__m256; 8], start: Option<*const f32>, to: *mut f32) {
        // SAFETY: the trait's contract.
        unsafe {
            let pairs = |i: usize| _mm256_hadd_ps(v[i], v[i + 1]);
            let (first, second) = (_mm256_hadd_ps(pairs(0), pairs(2)), _mm256_hadd_ps(pairs(4), pairs(6)));
            let low = _mm256_permute2f128_ps::<0x20>(first, second);
            let high = _mm256_permute2f128_ps::<0x31>(first, second);
            let totals = _mm256_add_ps(low, high);
            let totals = start.map_or(totals, |start| _mm256_add_ps(_mm256_loadu_ps(start), totals));
            _mm256_storeu_ps(to, totals);
        }
    }
);
vector!(
    __m256d,
    "avx2,fma,bmi1,bmi2,lzcnt,popcnt",
    f64,
    4,
    16,
    _mm256_set1_pd,
    _mm256_loadu_pd,
    _mm256_storeu_pd,
    _mm256_add_pd,
    _mm256_sub_pd,
    _mm256_fmadd_pd,
    _mm256_max_pd,
    |x| lane_by_lane(x, Exponential::fast_exp),
    first_of_4_signs,
    maskload_pd,
    _mm256_maskstore_pd,
    transpose_by_squares::<f64, 4>,
    |x| {
        let pair = _mm_add_pd(_mm256_castpd256_pd128(x), _mm256_extractf128_pd::<1>(x));
        _mm_cvtsd_f64(_mm_add_sd(pair, _mm_unpackhi_pd(pair, pair)))
    },
    |x, chosen, to| store_chosen_one_by_one(&core::mem::transmute::<__m256d, [f64; 4]>(x), chosen, to)
);
