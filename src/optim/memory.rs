//! What an optimiser remembers about each parameter.

use crate::tensor::Float;
use core::any::{Any, type_name};
use core::fmt::{self, Debug};
use std::collections::HashMap;

/// What is remembered about one parameter: the steps taken, and buffers as long as it.
#[derive(Clone)]
pub(super) struct Entry<E> {
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

/// The entries by the names of the parameters, each in its parameter's element type.
#[derive(Default)]
pub(super) struct Memory(HashMap<String, Box<dyn AnyEntry>>);

impl Memory {
    /// The entry of a parameter: new, with `count` buffers of zeros, when it is first met.
    ///
    /// # Panics
    /// If the parameter of this name had another length or element type before.
    pub fn of<E: Float>(&mut self, name: &str, length: usize, count: usize) -> &mut Entry<E> {
        if !self.0.contains_key(name) {
            let buffers = vec![vec![E::zero(); length]; count];
            self.0.insert(name.to_owned(), Box::new(Entry { steps: 0, buffers }));
        }
        let entry = self.0.get_mut(name).expect("it has just been put there").as_mut();
        let (before, element) = (entry.length(), entry.element());
        match (entry as &mut dyn Any).downcast_mut::<Entry<E>>() {
            Some(entry) if before == length => entry,
            _ => panic!(
                "the parameter `{name}` has {length} entries of {}, and in earlier steps of this optimiser it had {before} of \
                 {element}: an optimiser belongs to one model",
                type_name::<E>()
            ),
        }
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
