//! From a number to typenum's binary number and back, as far as the table of `build.rs` goes.
//!
//! - There: `Table: Holds<N, Binary = …>`. A number that is not in the table fails here, in words.
//! - Back: `Binary: ToDim<Entry = …>` never fails. Where the table has no such size, the entry is an `OffTable` that has
//!   the number in decimal, and the check `Entry: Listed` fails, in words and with that number.

use super::{Dim, Dimension};
use core::marker::PhantomData;
use core::ops::{Div, Rem};
use typenum::{B0, B1, U10, U100, U1000, UInt, UTerm};

/// The table of sizes.
pub struct Table;

/// A row of the table: the number `N` in binary.
pub trait Row<const N: usize> {
    type Binary;
}

/// The check that a number is in the table, and its row.
#[diagnostic::on_unimplemented(
    message = "the size {N} is not in tintype's table of sizes, so nothing can be computed from it",
    label = "a size is computed from {N} here",
    note = "add it: TINTYPE_DIMS = \"{N}\" under [env] in .cargo/config.toml (several: with spaces between)",
    note = "code that is generic over `const N: usize` asks for what it computes instead: `where Dim<N>: ConvDim<3>`"
)]
pub trait Holds<const N: usize> {
    type Binary;
}
#[diagnostic::do_not_recommend]
impl<const N: usize> Holds<N> for Table
where
    Table: Row<N>,
{
    type Binary = <Table as Row<N>>::Binary;
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

/// The check that a computed size is in the table. (These words are for the numbers that `Spell` cannot write.)
#[diagnostic::on_unimplemented(
    message = "the computed size is more than 4,096,999,999 and not in tintype's table of sizes",
    label = "the size computed here is more than 4,096,999,999",
    note = "add it: TINTYPE_DIMS = \"…\" under [env] in .cargo/config.toml (several: with spaces between)"
)]
pub trait Listed {
    type Dim: Dimension;
}
impl<const N: usize> Listed for Dim<N> {
    type Dim = Dim<N>;
}

/// A size that is not in the table, in decimal: the leading part and then digit by digit, because leading zeros would
/// be lost otherwise. The leading part must be in the table itself, hence the three forms.
pub struct OffTable<Decimal>(PhantomData<Decimal>);
type Thousands<A, B, C, D> = OffTable<(A, B, C, D)>;
type Millions<A, B, C, D, E, F, G> = OffTable<(A, B, C, D, E, F, G)>;
type Immense = OffTable<()>;

/// Writes a number in decimal where it was not found. (Only there: dividing takes rustc longer than looking up.)
pub trait Spell<Binary> {
    type Entry;
}
impl<Binary, const N: usize> Spell<Binary> for Dim<N> {
    type Entry = Dim<N>;
}
impl<Binary, Leading, Found> Spell<Binary> for Nothing
where
    Binary: Div<U1000, Output = Leading>,
    Table: Find<Leading, Found = Found>,
    Found: SpellThousands<Binary, Leading>,
{
    type Entry = Found::Entry;
}

pub trait SpellThousands<Binary, Leading> {
    type Entry;
}
impl<Binary: LastDigits, Leading, const N: usize> SpellThousands<Binary, Leading> for Dim<N> {
    type Entry = Thousands<Dim<N>, Binary::Hundreds, Binary::Tens, Binary::Ones>;
}
impl<Binary, Thousand, Leading, Found> SpellThousands<Binary, Thousand> for Nothing
where
    Thousand: Div<U1000, Output = Leading>,
    Table: Find<Leading, Found = Found>,
    Found: SpellMillions<Binary, Thousand>,
{
    type Entry = Found::Entry;
}

pub trait SpellMillions<Binary, Thousand> {
    type Entry;
}
impl<Binary: LastDigits, Thousand: LastDigits, const N: usize> SpellMillions<Binary, Thousand> for Dim<N> {
    type Entry = Millions<
        Dim<N>,
        Thousand::Hundreds,
        Thousand::Tens,
        Thousand::Ones,
        Binary::Hundreds,
        Binary::Tens,
        Binary::Ones,
    >;
}
impl<Binary, Thousand> SpellMillions<Binary, Thousand> for Nothing {
    type Entry = Immense;
}

/// The last three digits of a number.
pub trait LastDigits {
    type Hundreds;
    type Tens;
    type Ones;
}
impl<Binary, Thousand, Hundred, Ten> LastDigits for Binary
where
    Binary: Rem<U1000, Output = Thousand> + Rem<U100, Output = Hundred> + Rem<U10, Output = Ten>,
    Thousand: Div<U100>,
    Hundred: Div<U10>,
    Table: Find<Thousand::Output> + Find<Hundred::Output> + Find<Ten>,
{
    type Hundreds = <Table as Find<Thousand::Output>>::Found;
    type Tens = <Table as Find<Hundred::Output>>::Found;
    type Ones = <Table as Find<Ten>>::Found;
}

#[diagnostic::on_unimplemented(
    message = "the computed size {A}{B}{C}{D} is not in tintype's table of sizes",
    label = "the size computed here is {A}{B}{C}{D}",
    note = "add it: TINTYPE_DIMS = \"{A}{B}{C}{D}\" under [env] in .cargo/config.toml (several: with spaces between)"
)]
pub trait HoldsThousands<const A: usize, const B: usize, const C: usize, const D: usize> {
    type Dim: Dimension;
}
impl<const A: usize, const B: usize, const C: usize, const D: usize> Listed
    for Thousands<Dim<A>, Dim<B>, Dim<C>, Dim<D>>
where
    Table: HoldsThousands<A, B, C, D>,
{
    type Dim = <Table as HoldsThousands<A, B, C, D>>::Dim;
}

#[diagnostic::on_unimplemented(
    message = "the computed size {A}{B}{C}{D}{E}{F}{G} is not in tintype's table of sizes",
    label = "the size computed here is {A}{B}{C}{D}{E}{F}{G}",
    note = "add it: TINTYPE_DIMS = \"{A}{B}{C}{D}{E}{F}{G}\" under [env] in .cargo/config.toml (several: with spaces between)"
)]
pub trait HoldsMillions<
    const A: usize,
    const B: usize,
    const C: usize,
    const D: usize,
    const E: usize,
    const F: usize,
    const G: usize,
>
{
    type Dim: Dimension;
}
impl<const A: usize, const B: usize, const C: usize, const D: usize, const E: usize, const F: usize, const G: usize>
    Listed for Millions<Dim<A>, Dim<B>, Dim<C>, Dim<D>, Dim<E>, Dim<F>, Dim<G>>
where
    Table: HoldsMillions<A, B, C, D, E, F, G>,
{
    type Dim = <Table as HoldsMillions<A, B, C, D, E, F, G>>::Dim;
}
