//! The format of the MNIST files.

use crate::error::{Error, Result};
use flate2::bufread::MultiGzDecoder;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// An array of bytes read from an IDX file, the format that
/// [MNIST](https://web.archive.org/web/2024/http://yann.lecun.com/exdb/mnist/) came in: two zeros, the type of the entries,
/// the number of axes, the size of each axis as a big-endian `u32`, the entries in row-major order.
#[derive(Clone, PartialEq, Eq)]
pub struct Idx {
    /// The size of each axis.
    pub dims: Vec<usize>,
    /// The entries in row-major order, as many as the product of `dims`.
    pub bytes: Vec<u8>,
}

impl core::fmt::Debug for Idx {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Idx of {:?} bytes", self.dims)
    }
}

impl Idx {
    /// Reads a file of unsigned bytes, plain or compressed by gzip, which is recognised by its content and not by its name.
    ///
    /// ```no_run
    /// use tintype::data::Idx;
    /// let images = Idx::read("data/mnist10k/t10k-images-idx3-ubyte.gz")?;
    /// assert_eq!(images.dims, [2000, 28, 28]);
    /// # Ok::<(), tintype::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Io`] if the file cannot be read or unpacked; [`Error::File`] if it is not in this format, holds entries of
    /// another type, or has more or fewer bytes than its sizes say.
    pub fn read(path: impl AsRef<Path>) -> Result<Idx> {
        let path = path.as_ref();
        let io = |source| Error::Io {
            path: path.to_owned(),
            source,
        };
        let mut file = BufReader::new(File::open(path).map_err(io)?);
        let read = if file.fill_buf().map_err(io)?.starts_with(&[0x1f, 0x8b]) {
            parse(&mut MultiGzDecoder::new(file))
        } else {
            parse(&mut file)
        };
        read.map_err(|failure| match failure {
            Failure::Io(source) => io(source),
            Failure::Format(problem) => Error::File {
                path: path.to_owned(),
                problem,
            },
        })
    }
}

enum Failure {
    Io(std::io::Error),
    Format(String),
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Failure::Io(error)
    }
}

/// Up to `count` bytes. The buffer grows with what is there, not with what a header promises.
fn up_to(reader: &mut impl Read, count: u64) -> Result<Vec<u8>, std::io::Error> {
    let mut bytes = Vec::new();
    reader.take(count).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn parse(reader: &mut impl Read) -> Result<Idx, Failure> {
    let magic = up_to(reader, 4)?;
    let &[0, 0, kind, rank] = magic.as_slice() else {
        return Err(Failure::Format(format!(
            "not an IDX file: it begins with {magic:02x?} and not with two zeros, a type and a number of axes"
        )));
    };
    if kind != 0x08 {
        let name = match kind {
            0x09 => "signed bytes",
            0x0b => "16-bit integers",
            0x0c => "32-bit integers",
            0x0d => "32-bit floats",
            0x0e => "64-bit floats",
            _ => "an unknown type",
        };
        return Err(Failure::Format(format!(
            "this IDX file holds {name} (type 0x{kind:02x}), and only unsigned bytes (type 0x08) can be read"
        )));
    }
    let sizes = up_to(reader, 4 * u64::from(rank))?;
    if sizes.len() < 4 * usize::from(rank) {
        return Err(Failure::Format(format!(
            "the file ends in its header: the sizes of {rank} axes take {} bytes, and there are {}",
            4 * usize::from(rank),
            sizes.len()
        )));
    }
    let dims: Vec<u32> = sizes
        .chunks_exact(4)
        .map(|size| u32::from_be_bytes([size[0], size[1], size[2], size[3]]))
        .collect();
    let product = dims
        .iter()
        .try_fold(1_u64, |product, &size| product.checked_mul(size.into()));
    let Some(expected) = product.filter(|&product| usize::try_from(product).is_ok()) else {
        return Err(Failure::Format(format!(
            "its sizes {dims:?} have more entries than this machine can count"
        )));
    };
    let bytes = up_to(reader, expected)?;
    let found = bytes.len() as u64;
    if found < expected {
        return Err(Failure::Format(format!(
            "its sizes {dims:?} make {expected} bytes, and the file ends after {found}"
        )));
    }
    if !up_to(reader, 1)?.is_empty() {
        return Err(Failure::Format(format!(
            "its sizes {dims:?} make {expected} bytes, and the file goes on after them"
        )));
    }
    let dims = dims.iter().map(|&size| size as usize).collect();
    Ok(Idx { dims, bytes })
}
