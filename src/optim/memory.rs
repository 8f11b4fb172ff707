//! What an optimiser remembers about each parameter.

use crate::tensor::Float;
use core::any::{Any, type_name};
use core::fmt::{self, Debug};
use std::collections::HashMap;

/// What is remembered about one parameter: the steps taken, and buffers as long as it.
#[derive(Clone)]
pub struct Entry<E> {
    pub steps: u64,
    pub buffers: Vec<Vec<E>>,
}

/// An [`Entry`] of any element type.
trait AnyEntry: Any + Send + Sync {
    fn clone_box(&self) -> Box<dyn AnyEntry>;
    fn length(&self) -> usize;
    fn element(&self) -> &'static str;
}

impl<E: Float> AnyEntry for Entry<E> {
    fn clone_box(&self) -> Box<dyn AnyEntry> {
        Box::new(self.clone())
    }
    fn length(&self) -> usize {
        self.buffers.first().map_or(0, Vec::len)
    }
    fn element(&self) -> &'static str {
        type_name::<E>()
    }
}

/// What a search in a memory finds.
pub enum Found<'a, E> {
    /// The parameter has not been met.
    Nothing,
    Entry(&'a Entry<E>),
    /// An entry for a parameter of this length and element type.
    Other(usize, &'static str),
}

/// The entries by the names of the parameters, each in its parameter's element type.
#[derive(Default)]
pub struct Memory(HashMap<String, Box<dyn AnyEntry>>);

impl Memory {
    /// The entry of a parameter, with `count` buffers: those that are new hold zeros.
    ///
    /// # Panics
    /// If the parameter of this name had another length or element type before.
    pub(super) fn of<E: Float>(&mut self, name: &str, length: usize, count: usize) -> &mut Entry<E> {
        let zeros = || vec![E::zero(); length];
        if !self.0.contains_key(name) {
            let buffers = vec![zeros(); count];
            self.insert(name, Entry { steps: 0, buffers });
        }
        let entry = self.0.get_mut(name).expect("it has just been put there").as_mut();
        let (before, element) = (entry.length(), entry.element());
        match (entry as &mut dyn Any).downcast_mut::<Entry<E>>() {
            Some(entry) if before == length => {
                entry.buffers.resize_with(count, zeros);
                entry
            }
            _ => panic!(
                "the parameter `{name}` has {length} entries of {}, and in earlier steps of this optimiser it had {before} of \
                 {element}: an optimiser belongs to one model",
                type_name::<E>()
            ),
        }
    }

    /// What is remembered about a parameter.
    pub fn find<E: Float>(&self, name: &str, length: usize) -> Found<'_, E> {
        let Some(entry) = self.0.get(name).map(Box::as_ref) else {
            return Found::Nothing;
        };
        match (entry as &dyn Any).downcast_ref() {
            Some(found) if entry.length() == length => Found::Entry(found),
            _ => Found::Other(entry.length(), entry.element()),
        }
    }

    /// The names of the parameters that have been met.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Remembers something else about a parameter.
    pub fn insert<E: Float>(&mut self, name: &str, entry: Entry<E>) {
        self.0.insert(name.to_owned(), Box::new(entry));
    }
}

impl Clone for Memory {
    fn clone(&self) -> Self {
        Memory(
            self.0
                .iter()
                .map(|(name, entry)| (name.clone(), entry.clone_box()))
                .collect(),
        )
    }
}

impl Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "of {} parameters", self.0.len())
    }
}
