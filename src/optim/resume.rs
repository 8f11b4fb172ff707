//! What an optimiser is saved as.

use super::Optimizer;
use super::memory::Memory;
use core::fmt::{self, Display};

/// An optimiser that can be saved with its model, and then goes on as if it had not stopped: [`Sgd`](super::Sgd),
/// [`Adam`](super::Adam) and [`AdamW`](super::AdamW).
///
/// Code that is generic over such optimisers, and saves them by `tintype::io::save((&model, &optimizer), path)`, asks for it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no optimiser that can be saved",
    label = "expected `Sgd`, `Adam` or `AdamW`",
    note = "in generic code: `O: Resume`"
)]
pub trait Resume: Optimizer {
    /// What files call the optimiser.
    #[doc(hidden)]
    const NAME: &'static str;
    /// The names of its settings, and what each may be.
    #[doc(hidden)]
    const SETTINGS: &'static [(&'static str, Range)];
    /// The settings in this order.
    #[doc(hidden)]
    fn settings(&self) -> Vec<f64>;
    /// The names of what is remembered about each parameter, with these settings.
    #[doc(hidden)]
    fn buffers(settings: &[f64]) -> &'static [&'static str];
    /// What is remembered.
    #[doc(hidden)]
    fn memory(&self) -> &Memory;
    /// Takes on other settings, which are in their ranges, and memories.
    #[doc(hidden)]
    fn restore(&mut self, settings: &[f64], memory: Memory);
}

/// What a setting may be.
#[derive(Clone, Copy, Debug)]
pub enum Range {
    /// Finite and at least 0.
    Amount,
    /// In `[0, 1)`.
    Fraction,
    /// 0 or 1, for `false` and `true`.
    Switch,
}

impl Range {
    pub(crate) fn contains(self, setting: f64) -> bool {
        match self {
            Range::Amount => setting.is_finite() && setting >= 0.0,
            Range::Fraction => (0.0..1.0).contains(&setting),
            Range::Switch => setting == 0.0 || setting == 1.0,
        }
    }

    /// A setting that a program gives.
    #[track_caller]
    pub(super) fn checked(self, what: &str, setting: f64) -> f64 {
        assert!(self.contains(setting), "{what} must be {self}, not {setting}");
        setting
    }
}

impl Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Range::Amount => "finite and not negative",
            Range::Fraction => "at least 0 and less than 1",
            Range::Switch => "0 or 1",
        })
    }
}
