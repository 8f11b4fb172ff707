//! What rustc says of a computed size that is not in the table: the number, in decimal.
//!
//! rustc prints a const generic as a number and a binary number as `UInt<UInt<…`. So the missing number is divided into
//! parts that the table does have, and these become the const parameters of a trait whose message puts them together.

use super::table::{Find, Nothing, Table};
use super::{Dim, Dimension};
use core::marker::PhantomData;
use core::ops::{Div, Rem};
use typenum::{U10, U100, U1000};

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

/// Writes a number whose thousands were found.
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

/// Writes a number whose millions were found.
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

/// The words for a size such as 123,008, whose digits are `<123, 0, 0, 8>`. Nothing has this trait: who needs it is told.
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

/// The same for a size such as 16,032,000, whose digits are `<16, 0, 3, 2, 0, 0, 0>`.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dim::same;
    use crate::dim::table::ToDim;

    #[test]
    fn missing_numbers_are_spelled_out() {
        use typenum::{Prod, Sum, U1, U7, U128, U961, U1003, U1000000};
        type Spelled<Number> = <Number as ToDim>::Entry;
        same::<Spelled<Prod<U128, U961>>, Thousands<Dim<123>, Dim<0>, Dim<0>, Dim<8>>>();
        same::<Spelled<Sum<Prod<U7, U1000000>, U1003>>, Millions<Dim<7>, Dim<0>, Dim<0>, Dim<1>, Dim<0>, Dim<0>, Dim<3>>>(
        );
        same::<Spelled<Prod<Sum<U1000000, U1>, U1000000>>, Immense>();
    }
}
