//! Handwritten digits.

use super::{Dataset, Idx};
use crate::error::{Error, Result};
use crate::tensor::{Tensor, Tensor3};
use std::path::{Path, PathBuf};

const SIDE: usize = 28;
const PIXELS: usize = SIDE * SIDE;
const CLASSES: u8 = 10;

/// The MNIST digits (LeCun et al. 1998): images of 28×28 grey pixels, with labels 0 to 9.
///
/// ```no_run
/// use tintype::prelude::*;
/// use tintype::data::Mnist;
/// let mnist = Mnist::load("data/mnist10k")?;
/// for batch in mnist.test.batches::<64>() {
///     let images: Tensor4<64, 1, 28, 28> = batch.stack(|digit| digit.image.clone());
/// }
/// # Ok::<(), tintype::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Mnist {
    /// The digits to train on: 60,000 in the full set.
    pub train: Digits,
    /// The digits to test on: 10,000 in the full set.
    pub test: Digits,
}

impl Mnist {
    /// Reads the four files of the set from a folder, under their standard names, as they are or with `.gz`:
    /// `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`, `t10k-images-idx3-ubyte`, `t10k-labels-idx1-ubyte`.
    ///
    /// # Errors
    /// [`Error::Io`] or [`Error::File`] if a file is missing or is not in the IDX format, holds something else than images of
    /// 28×28 or labels of 0 to 9, or if there are not as many labels as images.
    pub fn load(folder: impl AsRef<Path>) -> Result<Mnist> {
        let folder = folder.as_ref();
        let set = |name: &str| Digits::read(folder, name);
        Ok(Mnist {
            train: set("train")?,
            test: set("t10k")?,
        })
    }
}

/// One digit.
#[derive(Clone, Debug, PartialEq)]
pub struct Digit {
    /// One channel of 28 rows of 28 pixels: 0 is paper, 1 is ink.
    pub image: Tensor3<1, 28, 28>,
    /// Which digit it is, 0 to 9.
    pub label: usize,
}

/// A set of digits: a [`Dataset`] of [`Digit`]s, kept as one byte per pixel.
#[derive(Clone, PartialEq, Eq)]
pub struct Digits {
    pixels: Vec<u8>,
    labels: Vec<u8>,
}

impl Digits {
    fn read(folder: &Path, set: &str) -> Result<Digits> {
        let (images_path, images) = read(folder, &format!("{set}-images-idx3-ubyte"))?;
        let (labels_path, labels) = read(folder, &format!("{set}-labels-idx1-ubyte"))?;
        let refused = |path: &Path, problem| {
            Err(Error::File {
                path: path.to_owned(),
                problem,
            })
        };
        let &[count, SIDE, SIDE] = images.dims.as_slice() else {
            let found = images.dims;
            return refused(
                &images_path,
                format!("images of {SIDE}×{SIDE} have the sizes [count, {SIDE}, {SIDE}], and these are {found:?}"),
            );
        };
        if labels.dims != [count] {
            let found = labels.dims;
            return refused(
                &labels_path,
                format!(
                    "there are {count} images, so the labels must have the sizes [{count}], and they have {found:?}"
                ),
            );
        }
        if let Some(place) = labels.bytes.iter().position(|&label| label >= CLASSES) {
            let label = labels.bytes[place];
            return refused(&labels_path, format!("label {label} at position {place} is no digit"));
        }
        Ok(Digits {
            pixels: images.bytes,
            labels: labels.bytes,
        })
    }

    /// The pixels of a digit in row-major order: 0 is paper, 255 is ink.
    ///
    /// # Panics
    /// If the index is not less than the number of digits.
    pub fn pixels(&self, index: usize) -> &[u8] {
        &self.pixels[index * PIXELS..][..PIXELS]
    }

    /// The label of a digit.
    ///
    /// # Panics
    /// If the index is not less than the number of digits.
    pub fn label(&self, index: usize) -> usize {
        self.labels[index].into()
    }
}

impl Dataset for Digits {
    type Item = Digit;
    fn len(&self) -> usize {
        self.labels.len()
    }
    fn item(&self, index: usize) -> Digit {
        let pixels = self.pixels(index);
        Digit {
            image: Tensor::from_fn(|i| f32::from(pixels[i]) / 255.0),
            label: self.label(index),
        }
    }
}

impl core::fmt::Debug for Digits {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{} digits", self.len())
    }
}

/// A file of the set, as it is or with `.gz`.
fn read(folder: &Path, name: &str) -> Result<(PathBuf, Idx)> {
    let plain = folder.join(name);
    let packed = folder.join(format!("{name}.gz"));
    let path = match (plain.exists(), packed.exists()) {
        (true, _) => plain,
        (_, true) => packed,
        _ => {
            return Err(Error::File {
                path: plain,
                problem: "there is no such file, nor one with .gz".into(),
            });
        }
    };
    let idx = Idx::read(&path)?;
    Ok((path, idx))
}
