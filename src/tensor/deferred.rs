//! Entries that are computed when they are read.
//!
//! Functions as cheap as `2x + 1` cost what it costs to move their entries. Of a large tensor they are therefore only noted:
//! as a [`Recipe`], a source and the steps from there. Whoever reads the entries goes through all steps in one pass, run by
//! run in the cache, with the same results as one step after the other.

use super::{Element, Storage};
use crate::kernels::buffers::Buffer;
use std::sync::{Mutex, OnceLock, PoisonError};

/// The least bytes that are worth deferring: what no longer fits the first cache.
const LARGE: usize = 32 << 10;

/// The most steps that are taken in one pass.
const MOST_STEPS: usize = 8;

/// A function of an entry and a number, for all entries of a slice.
pub(crate) struct Step<E> {
    pub number: E,
    pub apply: fn(&mut [E], E),
}

impl<E: Copy> Copy for Step<E> {}
impl<E: Copy> Clone for Step<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E: Copy> Step<E> {
    pub fn run(self, entries: &mut [E]) {
        (self.apply)(entries, self.number);
    }
}

/// Whether a tensor of so many entries is large enough to be deferred.
pub(super) fn is_large<E>(length: usize) -> bool {
    length * size_of::<E>() >= LARGE
}

/// How entries are computed.
#[derive(Clone)]
pub(crate) struct Recipe<E: Element> {
    source: Source<E>,
    steps: [Option<Step<E>>; MOST_STEPS],
}

/// Where they come from.
#[derive(Clone)]
enum Source<E: Element> {
    Entries(Storage<E>),
    /// All are the same number.
    Number(E),
}

impl<E: Element> Recipe<E> {
    /// These entries, which are at hand.
    pub fn entries(entries: Storage<E>) -> Self {
        Recipe {
            source: Source::Entries(entries),
            steps: [None; MOST_STEPS],
        }
    }

    /// The same number everywhere.
    pub fn number(number: E) -> Self {
        Recipe {
            source: Source::Number(number),
            steps: [None; MOST_STEPS],
        }
    }

    /// Notes one more step. `false` if there are too many already.
    pub fn push(&mut self, step: Step<E>) -> bool {
        if let Source::Number(number) = &mut self.source {
            step.run(core::slice::from_mut(number));
            return true;
        }
        let free = self.steps.iter_mut().find(|step| step.is_none());
        free.map(|free| *free = Some(step)).is_some()
    }

    /// Takes the steps, in order, with the entries of a slice.
    fn run(&self, entries: &mut [E]) {
        self.steps.iter().flatten().for_each(|step| step.run(entries));
    }

    fn compute(mut self, length: usize) -> Buffer<E> {
        let source = core::mem::replace(&mut self.source, Source::Number(E::default()));
        match source {
            Source::Number(number) => Buffer::full(length, number),
            Source::Entries(entries) => entries.in_runs(&|run| self.run(run)),
        }
    }
}

/// Entries that are computed when they are first read, once.
pub(crate) struct Deferred<E: Element> {
    pub length: usize,
    /// `None` when the entries are written.
    recipe: Mutex<Option<Recipe<E>>>,
    written: OnceLock<Storage<E>>,
}

impl<E: Element> Deferred<E> {
    pub fn new(length: usize, recipe: Recipe<E>) -> Self {
        Deferred {
            length,
            recipe: Mutex::new(Some(recipe)),
            written: OnceLock::new(),
        }
    }

    /// The recipe, if nobody has read the entries yet.
    pub fn recipe(&self) -> Option<Recipe<E>> {
        self.recipe.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The number that all entries are, if the recipe says so.
    pub fn number(&self) -> Option<E> {
        match self.recipe()?.source {
            Source::Number(number) => Some(number),
            Source::Entries(_) => None,
        }
    }

    /// The entries. Nobody waits while they are computed: where two threads want them, both may compute them.
    pub fn written(&self) -> &Storage<E> {
        if let Some(recipe) = self.recipe() {
            let computed = recipe.compute(self.length);
            let _ = self.written.set(computed.into());
            *self.recipe.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
        self.written.get().expect("without a recipe the entries are written")
    }

    /// The entries, where nobody else wants them: in place if the source is nobody else's either.
    pub fn take_written(&mut self) -> Storage<E> {
        let recipe = self.recipe.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        match recipe {
            Some(recipe) => recipe.compute(self.length).into(),
            None => self.written().clone(),
        }
    }

    /// What `read` makes of the source and the steps, if nobody has read the entries yet.
    pub fn read<R>(&self, read: impl FnOnce(&[E], &(dyn Fn(&mut [E]) + Sync)) -> R) -> Option<R> {
        let recipe = self.recipe()?;
        match &recipe.source {
            Source::Number(_) => None,
            Source::Entries(entries) => Some(read(entries.as_slice(), &|run| recipe.run(run))),
        }
    }
}
