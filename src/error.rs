//! What can go wrong at run time: only what the types cannot know.

use core::convert::Infallible;
use std::path::PathBuf;

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

    /// An index is not smaller than the number of entries it chooses from.
    #[error("index {index} at position {position} is out of range: there are {entries} entries")]
    Index {
        position: usize,
        index: usize,
        entries: usize,
    },

    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    Io { path: PathBuf, source: std::io::Error },

    /// A file is not what it should be.
    #[error("{}: {problem}", path.display())]
    File { path: PathBuf, problem: String },

    /// The tensors in a file are not the parameters of the model: every difference, named.
    #[error("{} does not fit the model: {}", path.display(), problems.join("; "))]
    Parameters { path: PathBuf, problems: Vec<String> },
}

/// For `?` on what the type allows no error of, as a tensor from an array of its shape; and where there is no conversion at all, so
/// that rustc says that and not that this one is missing too.
impl From<Infallible> for Error {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

/// A result whose error is [`Error`].
pub type Result<T, E = Error> = core::result::Result<T, E>;
