use super::check::{Answer, check};
use super::table::{Holds, Table};
use super::{Dim, Dimension};
use typenum::{IsGreater, IsGreaterOrEqual};

/// A dimension that can be padded by `P` from its other end, as if it went round in a circle: `P ≤ N`.
///
/// ```
/// use tintype::dim::{CircularPad, Dim};
///
/// fn pad<H: CircularPad<7>>(_: H) {}
/// pad(Dim::<7>);
/// ```
/// ```compile_fail
/// # use tintype::dim::{CircularPad, Dim};
/// # fn pad<H: CircularPad<7>>(_: H) {}
/// pad(Dim::<6>); // a circular padding of 7 is larger than the input of 6
/// ```
#[diagnostic::on_unimplemented(
    message = "whether `{Self}` has room for a circular padding of {P} is not known here",
    label = "needs `{Self}: CircularPad<{P}>`"
)]
pub trait CircularPad<const P: usize>: Dimension {}
impl<const N: usize, const P: usize, Input, Padding> CircularPad<P> for Dim<N>
where
    Table: Holds<N, Binary = Input> + Holds<P, Binary = Padding>,
    Input: IsGreaterOrEqual<Padding, Output: Answer<Is: CircularFits<N, P>>>,
{
}

/// A dimension that can be padded by `P` with its own mirror image, which leaves out the element at the edge: `P < N`.
///
/// ```
/// use tintype::dim::{Dim, ReflectPad};
///
/// fn pad<H: ReflectPad<6>>(_: H) {}
/// pad(Dim::<7>);
/// ```
/// ```compile_fail
/// # use tintype::dim::{Dim, ReflectPad};
/// # fn pad<H: ReflectPad<6>>(_: H) {}
/// pad(Dim::<6>); // a reflecting padding of 6 must be less than the input of 6
/// ```
#[diagnostic::on_unimplemented(
    message = "whether `{Self}` has room for a reflecting padding of {P} is not known here",
    label = "needs `{Self}: ReflectPad<{P}>`"
)]
pub trait ReflectPad<const P: usize>: Dimension {}
impl<const N: usize, const P: usize, Input, Padding> ReflectPad<P> for Dim<N>
where
    Table: Holds<N, Binary = Input> + Holds<P, Binary = Padding>,
    Input: IsGreater<Padding, Output: Answer<Is: ReflectionFits<N, P>>>,
{
}

check! {
    CircularFits<N, P>
    "a circular padding of {P} is larger than the input of {N}",
    "a circular padding is at most as large as the input"
}

check! {
    ReflectionFits<N, P>
    "a reflecting padding of {P} must be less than the input of {N}",
    "a reflection does not repeat the element at the edge"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_the_input_itself() {
        fn circular<H: CircularPad<P>, const P: usize>(_: H) {}
        fn reflecting<H: ReflectPad<P>, const P: usize>(_: H) {}
        circular::<_, 0>(Dim::<0>);
        circular::<_, 7>(Dim::<7>);
        circular::<_, 4_096>(Dim::<1_048_576>);
        reflecting::<_, 0>(Dim::<1>);
        reflecting::<_, 6>(Dim::<7>);
        reflecting::<_, 4_095>(Dim::<4_096>);
    }
}
