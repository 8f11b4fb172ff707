//! Shapes whose last sizes rustc is still computing.

/// Calls a macro with the shapes of vectors, signals and images, with a batch or without: the axes that are known, the sizes that are
/// computed, the shape with [`Undecided`](crate::dim::Undecided) in their place, and the shape with them.
///
/// A rule that compares such a shape with another is implemented for both. Otherwise rustc takes a size that it is still computing
/// for the one that the rule wants, and says that the computation is wrong.
macro_rules! for_undecided_shapes {
    ($macro:ident) => {
        $macro! {
            [B] [N] (B, Undecided), (B, Dim<N>);
            [B C] [L] (B, C, Undecided), (B, C, Dim<L>);
            [C] [H W] (C, Undecided, Undecided), (C, Dim<H>, Dim<W>);
            [B C] [H W] (B, C, Undecided, Undecided), (B, C, Dim<H>, Dim<W>);
        }
    };
}
pub(super) use for_undecided_shapes;
