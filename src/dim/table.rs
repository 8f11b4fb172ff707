//! From a number to typenum's binary number and back, as far as the table of `build.rs` goes.
//!
//! - There: `Table: Holds<N, Binary = …>`. A number that is not in the table fails here, in words.
//! - Back: `Binary: ToDim<Entry = …>` never fails. Where the table has no such size, the entry is an `OffTable`, and the check
//!   `Entry: Listed` of `off_table` fails, in words.

use super::Dim;
use super::off_table::Spell;
use core::marker::PhantomData;
use typenum::{B0, B1, UInt, UTerm};

/// The table of sizes.
pub struct Table;

/// A row of the table: the number `N` in binary.
pub trait Row<const N: usize> {
    type Binary;
}

/// The check that a number is in the table, and its row.
///
/// (rustc cannot tell its words a number from a parameter of generic code, so they are for both.)
#[diagnostic::on_unimplemented(
    message = "the size {N} is not in tintype's table of sizes, or is a parameter without a bound: nothing can be computed from it",
    label = "a size is computed from {N} here",
    note = "if it is a number, add it: TINTYPE_DIMS = \"{N}\" under [env] in .cargo/config.toml (several: with spaces between)",
    note = "if it is a parameter, give it a bound for what is computed: `where Dim<{N}>: ConvDim<3>`, `PoolDim<2, 2>`, `Plus<Dim<M>>`, \
            `Times<(Dim<H>, Dim<W>)>`, `Share<4>`, `Heads<8>` (and to make layers `DividedBy<4>`, `EvenHeads<8>`), or of a \
            shape `Rank2<{N}, 64>: ReshapeTo<…>`: the lines `required for …` say which"
)]
pub trait Holds<const N: usize> {
    type Binary;
    /// The table again, for the next of several numbers: where one is missing, rustc then looks no further, and speaks of it alone.
    type Next;
}
#[diagnostic::do_not_recommend]
impl<const N: usize> Holds<N> for Table
where
    Table: Row<N>,
{
    type Binary = <Table as Row<N>>::Binary;
    type Next = <<Table as Row<N>>::Binary as Again>::Table;
}

/// [`Holds::Next`] of a row. Through it a row that is missing is missed there too.
pub trait Again {
    type Table;
}
impl<Binary> Again for Binary {
    type Table = Table;
}

/// The part of the table whose sizes share their lowest bits: the size with no further bits, then those with a zero
/// next and those with a one.
pub struct Branch<Here, Zero, One>(PhantomData<(Here, Zero, One)>);

/// No size: what the table has where a number is missing.
pub struct Nothing;

/// The `Dim` that this part of the table has for the remaining bits of a number, or `Nothing`.
pub trait Find<Bits> {
    type Found;
}
impl<Here, Zero, One> Find<UTerm> for Branch<Here, Zero, One> {
    type Found = Here;
}
impl<Bits, Here, Zero: Find<Bits>, One> Find<UInt<Bits, B0>> for Branch<Here, Zero, One> {
    type Found = Zero::Found;
}
impl<Bits, Here, Zero, One: Find<Bits>> Find<UInt<Bits, B1>> for Branch<Here, Zero, One> {
    type Found = One::Found;
}
impl<Bits> Find<Bits> for Nothing {
    type Found = Nothing;
}

/// A type that stands for a part of the table.
macro_rules! page {
    ($name:ident = $branch:ty) => {
        impl<Bits> Find<Bits> for $name
        where
            $branch: Find<Bits>,
        {
            type Found = <$branch as Find<Bits>>::Found;
        }
    };
}

include!(concat!(env!("OUT_DIR"), "/table.rs"));

/// What the table has for a binary number: its `Dim`, or `OffTable`.
pub trait ToDim {
    type Entry;
}
impl<Binary, Found> ToDim for Binary
where
    Table: Find<Binary, Found = Found>,
    Found: Spell<Binary>,
{
    type Entry = Found::Entry;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_binary_and_come_back() {
        fn there_and_back<const N: usize, Binary>()
        where
            Table: Holds<N, Binary = Binary>,
            Binary: typenum::Unsigned + ToDim<Entry = Dim<N>>,
        {
            assert_eq!(Binary::USIZE, N);
        }
        there_and_back::<0, _>();
        there_and_back::<1, _>();
        there_and_back::<2, _>();
        there_and_back::<63, _>();
        there_and_back::<64, _>();
        there_and_back::<4_095, _>();
        there_and_back::<4_096, _>();
        there_and_back::<25_088, _>();
        there_and_back::<65_025, _>();
        there_and_back::<1_048_576, _>();
        there_and_back::<1_000_000_000, _>();
    }
}
