//! Which vector instructions this processor has, asked once at run time, so that a portable build uses them.

/// A loop to be compiled for every instruction set and run with the best that is there.
///
/// `run` must be `#[inline(always)]`: its body then takes on the features of the function it is compiled into.
pub trait Task {
    /// What the loop gives back.
    type Output;

    /// The loop.
    fn run(self) -> Self::Output;
}

/// Runs `task` with the widest instructions that this processor has.
#[inline]
pub fn vectorised<T: Task>(task: T) -> T::Output {
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    {
        if has_avx512() {
            // SAFETY: the processor has just been found to have these features.
            return unsafe { with_avx512(task) };
        }
        if has_avx2() {
            // SAFETY: as above.
            return unsafe { with_avx2(task) };
        }
    }
    task.run()
}

/// AVX-512 in the variety that every processor since Skylake-X has. (The standard library caches the answer.)
#[cfg(target_arch = "x86_64")]
#[inline]
pub fn has_avx512() -> bool {
    is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512vl")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512bw")
        && has_avx2()
}

/// AVX2 with fused multiply-add.
#[cfg(target_arch = "x86_64")]
#[inline]
pub fn has_avx2() -> bool {
    is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma")
}

#[cfg(all(target_arch = "x86_64", not(miri)))]
#[target_feature(enable = "avx512f,avx512vl,avx512dq,avx512bw,avx2,fma")]
fn with_avx512<T: Task>(task: T) -> T::Output {
    task.run()
}

#[cfg(all(target_arch = "x86_64", not(miri)))]
#[target_feature(enable = "avx2,fma")]
fn with_avx2<T: Task>(task: T) -> T::Output {
    task.run()
}
