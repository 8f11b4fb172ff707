//! What can go wrong at run time: only what the types cannot know.

/// Why an input from outside the program was refused. Nothing is changed or half loaded when one is returned.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A slice or vector holds more or fewer entries than the tensor's shape.
    #[error("a tensor of shape {shape:?} holds {expected} entries, and {found} were given")]
    Length {
        shape: &'static [usize],
        expected: usize,
        found: usize,
    },

    /// There are more or fewer labels than samples in a batch.
    #[error("a batch of {batch} has {batch} labels, and {found} were given")]
    LabelCount { batch: usize, found: usize },

    /// A class label is not smaller than the number of classes.
    #[error("label {label} at position {position} is out of range: there are {classes} classes")]
    Label {
        position: usize,
        label: usize,
        classes: usize,
    },
}

/// A result whose error is [`Error`].
pub type Result<T, E = Error> = core::result::Result<T, E>;
