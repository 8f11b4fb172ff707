//! Datasets, batches, and the files of MNIST: good ones, and all sorts of bad ones.

use tintype::data::from_fn;
use tintype::prelude::*;

#[test]
fn every_item_comes_exactly_once_whatever_the_count() {
    fn check<const B: usize>(count: usize) {
        let data = from_fn(count, |i| 10 * i);
        let mut rng = StdRng::seed_from_u64(count as u64);
        for shuffled in [false, true] {
            let batches = data.batches::<B>();
            let batches = if shuffled { batches.shuffle(&mut rng) } else { batches };
            assert_eq!(batches.len(), count.div_ceil(B));
            let mut seen = vec![0; count];
            let mut mask = 0.0;
            for (n, batch) in batches.enumerate() {
                assert_eq!(batch.len(), B.min(count - n * B), "only the last batch may hold fewer");
                assert_eq!(batch.indices().len(), batch.len());
                let stacked: Tensor1<B, i64> = batch.stack(|&item| Tensor0::scalar(item as i64 + 1));
                for (i, (&index, &item)) in batch.indices().iter().zip(&batch).enumerate() {
                    assert_eq!(item, 10 * index);
                    assert_eq!(stacked[[i]], item as i64 + 1);
                    seen[index] += 1;
                }
                assert!(stacked.iter().skip(batch.len()).all(|&entry| entry == 0));
                mask += batch.mask::<f32>().sum().item();
            }
            assert!(seen.iter().all(|&times| times == 1), "{count} in batches of {B}");
            assert_eq!(mask, count as f32);
        }
        let mut full = data.batches::<B>().shuffle(&mut rng).drop_last();
        assert_eq!(full.len(), count / B);
        assert!(full.all(|batch| batch.len() == B));
    }
    for count in (0..70).chain([127, 128, 129, 1000]) {
        check::<1>(count);
        check::<2>(count);
        check::<7>(count);
        check::<64>(count);
        check::<100>(count);
    }
}

#[test]
fn a_seed_gives_one_order() {
    let order = |seed| -> Vec<usize> {
        let mut rng = StdRng::seed_from_u64(seed);
        let data = from_fn(1000, |i| i);
        let epochs = (0..2).flat_map(|_| data.batches::<32>().shuffle(&mut rng).flatten().collect::<Vec<_>>());
        epochs.collect()
    };
    assert_eq!(order(1), order(1));
    assert_ne!(order(1), order(2));
    let two = order(1);
    assert_ne!(two[..1000], two[1000..], "each epoch has an order of its own");
}

#[test]
fn slices_vectors_arrays_and_references_are_datasets() {
    fn total(data: impl Dataset<Item = i32>) -> i32 {
        data.batches::<2>().flatten().sum()
    }
    let (array, vector) = ([1, 2, 3], vec![1, 2, 3]);
    assert_eq!(total(array), 6);
    assert_eq!(total(vector.clone()), 6);
    assert_eq!(total(&array[1..]), 5);
    assert_eq!(array[..2].batches::<2>().flatten().sum::<i32>(), 3);
    // The prelude's trait hides no method of theirs.
    assert_eq!(([1, 2, 3].get(1), array.len()), (Some(&2), 3));
}

#[cfg(feature = "io")]
mod files {
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::fs;
    use std::io::Write;
    use std::path::Path;
    use tempfile::TempDir;
    use tintype::Error;
    use tintype::data::{Idx, Mnist};
    use tintype::prelude::*;

    fn idx(kind: u8, dims: &[u32], bytes: &[u8]) -> Vec<u8> {
        let mut file = vec![0, 0, kind, dims.len() as u8];
        file.extend(dims.iter().flat_map(|size| size.to_be_bytes()));
        file.extend(bytes);
        file
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn read(bytes: &[u8]) -> Result<Idx, Error> {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, bytes).unwrap();
        Idx::read(path)
    }

    #[track_caller]
    fn assert_refused(bytes: &[u8], why: &str) {
        let error = read(bytes).unwrap_err().to_string();
        assert!(error.contains(why), "{error:?} does not say {why:?}");
    }

    #[test]
    fn plain_and_gzipped_files_read_the_same() {
        let file = idx(8, &[2, 3], &[1, 2, 3, 4, 5, 6]);
        let expected = Idx {
            dims: vec![2, 3],
            bytes: vec![1, 2, 3, 4, 5, 6],
        };
        assert_eq!(read(&file).unwrap(), expected);
        assert_eq!(read(&gzip(&file)).unwrap(), expected);
        assert_eq!(read(&idx(8, &[0, 3], &[])).unwrap().dims, [0, 3]);
        assert_eq!(read(&idx(8, &[], &[7])).unwrap().bytes, [7]);
    }

    #[test]
    fn bad_files_are_refused_with_words() {
        assert_refused(b"", "not an IDX file: it begins with []");
        assert_refused(b"PNG!", "not an IDX file");
        assert_refused(&[0, 0, 8], "not an IDX file");
        assert_refused(&idx(0x0d, &[1], &[0; 4]), "holds 32-bit floats (type 0x0d)");
        assert_refused(&idx(0x77, &[1], &[0]), "an unknown type");
        assert_refused(
            &[0, 0, 8, 3, 0, 0, 0, 1, 0],
            "the sizes of 3 axes take 12 bytes, and there are 5",
        );
        assert_refused(
            &idx(8, &[2, 3], &[0; 5]),
            "[2, 3] make 6 bytes, and the file ends after 5",
        );
        assert_refused(&idx(8, &[2, 3], &[0; 7]), "[2, 3] make 6 bytes, and the file goes on");
        assert_refused(&gzip(&idx(8, &[2, 3], &[0; 7])), "the file goes on");
        // Sizes that would overflow, and sizes that would fill the memory if they were believed.
        assert_refused(
            &idx(8, &[u32::MAX; 3], &[0; 7]),
            "more entries than this machine can count",
        );
        assert_refused(&idx(8, &[u32::MAX, 1 << 20], &[0; 7]), "the file ends after 7");
    }

    #[test]
    fn damaged_gzip_is_an_error_and_never_a_panic() {
        let packed = gzip(&idx(8, &[10, 10], &(0..100).collect::<Vec<u8>>()));
        for length in 0..packed.len() {
            assert!(read(&packed[..length]).is_err(), "cut to {length} bytes");
        }
        let whole = read(&packed).unwrap();
        for place in 0..packed.len() {
            for bit in 0..8 {
                let mut damaged = packed.clone();
                damaged[place] ^= 1 << bit;
                // Some bits of a header mean nothing. Everything else is under the checksum.
                if let Ok(idx) = read(&damaged) {
                    assert_eq!(idx, whole, "bit {bit} of byte {place}");
                }
            }
        }
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = Idx::read("no/such/file").unwrap_err();
        assert!(matches!(error, Error::Io { .. }));
        assert!(error.to_string().starts_with("no/such/file: "), "{error}");
    }

    /// A folder with five digits to train on and three to test on.
    fn mnist() -> TempDir {
        let folder = TempDir::new().unwrap();
        for (set, count) in [("train", 5), ("t10k", 3)] {
            let pixels: Vec<u8> = (0..count * 784).map(|i| (i / 784) as u8).collect();
            let labels: Vec<u8> = (0..count as u8).collect();
            write(
                folder.path(),
                &format!("{set}-images-idx3-ubyte"),
                &idx(8, &[count, 28, 28], &pixels),
            );
            write(
                folder.path(),
                &format!("{set}-labels-idx1-ubyte.gz"),
                &gzip(&idx(8, &[count], &labels)),
            );
        }
        folder
    }

    fn write(folder: &Path, name: &str, bytes: &[u8]) {
        fs::write(folder.join(name), bytes).unwrap();
    }

    #[test]
    fn mnist_is_read_from_its_standard_files() {
        let folder = mnist();
        let mnist = Mnist::load(folder.path()).unwrap();
        assert_eq!((mnist.train.len(), mnist.test.len()), (5, 3));
        let digit = mnist.train.item(4);
        assert_eq!(digit.label, 4);
        assert_eq!(digit.image, Tensor3::full(4.0 / 255.0));
        assert_eq!(mnist.test.pixels(2), [2; 784]);
    }

    #[test]
    fn the_digits_in_the_repository_are_what_their_page_says() {
        let mnist = Mnist::load(concat!(env!("CARGO_MANIFEST_DIR"), "/data/mnist10k")).unwrap();
        assert_eq!((mnist.train.len(), mnist.test.len()), (8000, 2000));
        let mut counts = [0; 10];
        for set in [&mnist.train, &mnist.test] {
            (0..set.len()).for_each(|i| counts[set.label(i)] += 1);
        }
        assert_eq!(counts, [1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978]);
    }

    #[test]
    fn an_incomplete_or_inconsistent_set_is_refused() {
        let refused = |name: &str, bytes: Option<&[u8]>, why: &str| {
            let folder = mnist();
            match bytes {
                Some(bytes) => write(folder.path(), name, bytes),
                None => fs::remove_file(folder.path().join(name)).unwrap(),
            }
            let error = Mnist::load(folder.path()).unwrap_err().to_string();
            assert!(error.contains(why), "{error:?} does not say {why:?}");
            assert!(
                error.contains(name.trim_end_matches(".gz")),
                "{error:?} does not name {name}"
            );
        };
        refused("t10k-images-idx3-ubyte", None, "no such file, nor one with .gz");
        refused("train-labels-idx1-ubyte.gz", None, "no such file, nor one with .gz");
        refused(
            "train-images-idx3-ubyte",
            Some(&idx(8, &[1, 2, 2], &[0; 4])),
            "images of 28×28 have the sizes [count, 28, 28], and these are [1, 2, 2]",
        );
        refused(
            "t10k-labels-idx1-ubyte.gz",
            Some(&idx(8, &[4], &[0; 4])),
            "there are 3 images, so the labels must have the sizes [3], and they have [4]",
        );
        refused(
            "t10k-labels-idx1-ubyte.gz",
            Some(&idx(8, &[3], &[0, 10, 0])),
            "label 10 at position 1 is no digit",
        );
    }
}
