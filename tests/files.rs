//! Parameters in files: what is saved comes back, PyTorch's files load, and nothing that does not fit changes anything.
#![cfg(feature = "io")]

use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tintype::Error;
use tintype::io::{load, save};
use tintype::prelude::*;

#[derive(Module, Clone)]
#[module(sequence)]
struct Net<E: Float = f32, T: Track = Tracked> {
    hidden: Linear<3, 2, E, T>,
    tanh: Tanh,
    output: WithoutBias<Linear<2, 2, E, T>>,
}

fn net<E: Float>(seed: u64) -> Net<E> {
    let mut rng = StdRng::seed_from_u64(seed);
    Net {
        hidden: Linear::new(&mut rng),
        tanh: Tanh,
        output: Linear::without_bias(&mut rng),
    }
}

/// The bits of all parameters, one after the other.
fn bits(model: &impl Parameters) -> Vec<u64> {
    struct Bits(Vec<u64>);
    impl tintype::nn::Visitor for Bits {
        fn visit<S: Shape, E: Float, T: Track>(&mut self, _: &str, parameter: &Tensor<S, E, T>) {
            self.0
                .extend(parameter.iter().map(|entry| entry.to_f64().unwrap().to_bits()));
        }
    }
    let mut bits = Bits(Vec::new());
    model.visit(&mut tintype::nn::Name::default(), &mut bits);
    bits.0
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Folder(TempDir::new().unwrap())
    }
    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
    fn names(&self) -> Vec<String> {
        let names = fs::read_dir(self.0.path()).unwrap();
        names
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }
}

/// Loads a file, which must be refused for these reasons, each once, with the model left as it was.
#[track_caller]
fn assert_refused(mut model: impl Parameters, path: &Path, reasons: &[&str]) {
    let before = bits(&model);
    match load(&mut model, path).unwrap_err() {
        Error::Parameters { problems, .. } => assert_eq!(problems, reasons),
        other => panic!("{other}"),
    }
    assert_eq!(bits(&model), before);
}

#[test]
fn what_is_saved_comes_back() {
    fn check<E: Float>() {
        let folder = Folder::new();
        let path = folder.file("net.safetensors");
        let (saved, mut loaded) = (net::<E>(1), net::<E>(2));
        save(&saved, &path).unwrap();
        assert_ne!(bits(&loaded), bits(&saved));
        load(&mut loaded, &path).unwrap();
        assert_eq!(bits(&loaded), bits(&saved));
        assert_eq!(folder.names(), ["net.safetensors"]);
        // A frozen model loads what one in training has saved.
        let mut frozen = net::<E>(3).freeze();
        load(&mut frozen, &path).unwrap();
        assert_eq!(bits(&frozen), bits(&saved));
    }
    check::<f32>();
    check::<f64>();
}

#[test]
fn loaded_parameters_stay_the_leaves_that_they_were() {
    let folder = Folder::new();
    let path = folder.file("net.safetensors");
    save(&net::<f32>(1), &path).unwrap();
    let mut model = net::<f32>(2);
    let weight = model.hidden.weight.clone();
    load(&mut model, &path).unwrap();
    let gradients = model.forward(&Tensor1::<3>::ones()).sum().backward();
    assert!(gradients.get(&model.hidden.weight).is_some());
    assert_eq!(gradients[&weight], gradients[&model.hidden.weight]);
}

#[test]
fn tensors_tuples_and_odd_shapes() {
    let folder = Folder::new();
    let path = folder.file("odd.safetensors");
    let odd = (
        Tensor0::scalar(3.5),
        Tensor2::<0, 3>::zeros(),
        Tensor1::<2, f64>::from([0.1, -0.2]),
    );
    save(&odd, &path).unwrap();
    let mut back = (
        Tensor0::scalar(0.0),
        Tensor2::<0, 3>::zeros(),
        Tensor1::<2, f64>::zeros(),
    );
    load(&mut back, &path).unwrap();
    assert_eq!((back.0.item(), back.2.array()), (3.5, &[0.1, -0.2]));
    // A model without parameters is an empty file.
    save(&ReLU, &path).unwrap();
    load(&mut ReLU, &path).unwrap();
}

#[test]
fn a_file_from_python_loads_exactly() {
    let mut model = net::<f32>(1);
    load(&mut model, fixture("net_f32.safetensors")).unwrap();
    assert_eq!(model.hidden.weight.array(), &[[0.1, -0.2, 0.3], [1e-38, 3.4e38, -0.0]]);
    assert!(model.hidden.weight[[1, 2]].is_sign_negative());
    assert_eq!(model.hidden.bias.unwrap().array(), &[1.0, -1.0]);
    assert_eq!(model.output.weight.array(), &[[0.0, 1.0 / 3.0], [2.0 / 3.0, 1.0]]);

    let mut wide = net::<f64>(1);
    load(&mut wide, fixture("net_f64.safetensors")).unwrap();
    assert_eq!(wide.hidden.bias.unwrap().array(), &[1.0 / 7.0, -1.0 / 7.0]);
}

#[test]
fn narrower_elements_load_into_wider_ones() {
    let mut wide = net::<f64>(1);
    load(&mut wide, fixture("net_f32.safetensors")).unwrap();
    assert_eq!(wide.hidden.weight[[0, 0]], f64::from(0.1_f32));

    let mut model = net::<f32>(1);
    load(&mut model, fixture("net_mixed.safetensors")).unwrap();
    assert_eq!(
        model.hidden.weight.array(),
        &[[0.5, -2.0, 65504.0], [2.0_f32.powi(-24), 0.0, 1.0]]
    );
    assert_eq!(model.hidden.bias.unwrap().array(), &[1.0, -3.140625]);
}

#[test]
fn wider_elements_do_not_load_into_narrower_ones() {
    assert_refused(
        net::<f32>(1),
        &fixture("net_f64.safetensors"),
        &[
            "`hidden.weight` is of F64 in the file, which f32 in the model does not hold exactly",
            "`hidden.bias` is of F64 in the file, which f32 in the model does not hold exactly",
            "`output.weight` is of F64 in the file, which f32 in the model does not hold exactly",
        ],
    );
}

#[test]
fn everything_that_does_not_fit_is_listed() {
    #[derive(Module)]
    struct Other {
        hidden: Linear<3, 4>,
        extra: WithoutBias<Linear<2, 2>>,
    }
    let mut rng = StdRng::seed_from_u64(0);
    let other = Other {
        hidden: Linear::new(&mut rng),
        extra: Linear::without_bias(&mut rng),
    };
    assert_refused(
        other,
        &fixture("net_f32.safetensors"),
        &[
            "`hidden.weight` is [2, 3] in the file and [4, 3] in the model",
            "`hidden.bias` is [2] in the file and [4] in the model",
            "the file has no `extra.weight`",
            "the file has `output.weight`, which the model has not",
        ],
    );
}

#[test]
fn one_wrong_parameter_keeps_all_others_unchanged() {
    let folder = Folder::new();
    let path = folder.file("net.safetensors");
    let mut rng = StdRng::seed_from_u64(0);
    save(&(Linear::<3, 2>::new(&mut rng), Linear::<2, 3>::new(&mut rng)), &path).unwrap();
    // The last that is visited is the one that does not fit.
    let model = (Linear::<3, 2>::new(&mut rng), Linear::<2, 3>::without_bias(&mut rng));
    assert_refused(model, &path, &["the file has `1.bias`, which the model has not"]);
}

#[test]
fn a_computed_tensor_is_no_parameter() {
    let folder = Folder::new();
    let path = folder.file("pair.safetensors");
    let w = tensor([1.0, 2.0]).requires_grad();
    let pair = (w.clone(), &w * 2.0);
    save(&pair, &path).unwrap();
    assert_refused(pair, &path, &["`1` is computed from other tensors, and cannot be set"]);
}

#[test]
fn names_that_come_twice_are_refused() {
    struct Twice(Tensor1<1>, Tensor1<1>);
    impl Parameters for Twice {
        const PARAMETERS: usize = 2;
        fn visit(&self, name: &mut tintype::nn::Name, visitor: &mut impl tintype::nn::Visitor) {
            name.field("w", |name| self.0.visit(name, visitor));
            name.field("w", |name| self.1.visit(name, visitor));
        }
        fn visit_mut(&mut self, name: &mut tintype::nn::Name, visitor: &mut impl tintype::nn::VisitorMut) {
            name.field("w", |name| self.0.visit_mut(name, visitor));
            name.field("w", |name| self.1.visit_mut(name, visitor));
        }
    }
    let folder = Folder::new();
    let path = folder.file("twice.safetensors");
    let error = save(&Twice(tensor([1.0]), tensor([2.0])), &path).unwrap_err();
    assert!(error.to_string().ends_with("two parameters are named `w`"), "{error}");
    assert!(folder.names().is_empty());
}

#[test]
fn damaged_files_are_errors_and_change_nothing() {
    let folder = Folder::new();
    let path = folder.file("damaged.safetensors");
    let whole = fs::read(fixture("net_f32.safetensors")).unwrap();
    let mut model = net::<f32>(1);
    let before = bits(&model);
    let data = 8 + u64::from_le_bytes(whole[..8].try_into().unwrap()) as usize;

    for length in 0..whole.len() {
        fs::write(&path, &whole[..length]).unwrap();
        let error = load(&mut model, &path).unwrap_err();
        assert!(matches!(error, Error::File { .. }), "cut to {length}: {error}");
    }
    let mut longer = whole.clone();
    longer.push(0);
    fs::write(&path, &longer).unwrap();
    assert!(load(&mut model, &path).is_err());
    assert_eq!(bits(&model), before);

    // One flipped bit in the header: an error, or it says the same of the tensors (a space, a word of the metadata).
    let mut expected = net::<f32>(2);
    load(&mut expected, fixture("net_f32.safetensors")).unwrap();
    let mut refused = 0;
    for place in 0..data {
        for bit in [0, 2, 5, 7] {
            let mut damaged = whole.clone();
            damaged[place] ^= 1 << bit;
            fs::write(&path, &damaged).unwrap();
            let mut model = net::<f32>(1);
            match load(&mut model, &path) {
                Ok(()) => assert_eq!(model.parameter_names(), expected.parameter_names()),
                Err(_) => {
                    assert_eq!(bits(&model), before, "bit {bit} of byte {place}");
                    refused += 1;
                }
            }
        }
    }
    assert!(refused > 2 * data, "only {refused} of {} were refused", 4 * data);

    for nonsense in [&b"hello"[..], &[0xff; 64], &[0; 8], b"\x02\0\0\0\0\0\0\0{}"] {
        fs::write(&path, nonsense).unwrap();
        assert!(load(&mut model, &path).is_err());
    }
    assert_eq!(bits(&model), before);
}

#[test]
fn what_cannot_be_written_or_read_is_named() {
    let mut model = net::<f32>(1);
    let error = load(&mut model, "no/such/file").unwrap_err();
    assert!(
        matches!(error, Error::Io { .. }) && error.to_string().starts_with("no/such/file: "),
        "{error}"
    );
    let error = save(&model, "no/such/folder/file").unwrap_err();
    assert!(
        matches!(error, Error::Io { .. }) && error.to_string().starts_with("no/such/folder/file: "),
        "{error}"
    );

    // A folder cannot be replaced by a file, and nothing is left in it or beside it.
    let folder = Folder::new();
    fs::create_dir(folder.file("taken")).unwrap();
    assert!(matches!(
        save(&model, folder.file("taken")).unwrap_err(),
        Error::Io { .. }
    ));
    assert_eq!(folder.names(), ["taken"]);
    assert!(save(&model, folder.0.path().join("..")).is_err());
}

#[test]
fn a_file_that_is_there_is_replaced() {
    let folder = Folder::new();
    let path = folder.file("net.safetensors");
    fs::write(&path, [7; 100_000]).unwrap();
    let model = net::<f32>(1);
    save(&model, &path).unwrap();
    load(&mut net::<f32>(2), &path).unwrap();
    assert_eq!(folder.names(), ["net.safetensors"]);
}

#[cfg(unix)]
#[test]
fn links_are_followed() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new();
    fs::create_dir(folder.file("weights")).unwrap();
    symlink("weights/newest", folder.file("first")).unwrap();
    symlink("net.safetensors", folder.file("weights/newest")).unwrap();
    // At first there is nothing behind them, and then a file.
    for seed in [1, 2] {
        let model = net::<f32>(seed);
        save(&model, folder.file("first")).unwrap();
        let mut loaded = net::<f32>(3);
        load(&mut loaded, folder.file("weights/net.safetensors")).unwrap();
        assert_eq!(bits(&loaded), bits(&model));
    }
    for link in ["first", "weights/newest"] {
        assert!(fs::symlink_metadata(folder.file(link)).unwrap().is_symlink());
    }
    assert_eq!(fs::read_dir(folder.file("weights")).unwrap().count(), 2);

    symlink("circle", folder.file("circle")).unwrap();
    let error = save(&net::<f32>(1), folder.file("circle")).unwrap_err();
    assert!(error.to_string().ends_with("or they lead in a circle"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_file_that_is_replaced_hands_on_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let path = folder.file("net.safetensors");
    fs::write(&path, "").unwrap();
    for mode in [0o600, 0o664] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        save(&net::<f32>(1), &path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, mode);
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_replaced() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new();
    let socket = folder.file("socket");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    symlink("/dev/null", folder.file("device")).unwrap();
    symlink(".", folder.file("folder")).unwrap();
    for (name, why) in [
        ("socket", "this is no regular file, and is not replaced by one"),
        ("device", "this is no regular file, and is not replaced by one"),
        ("folder", "this is a folder"),
    ] {
        let error = save(&net::<f32>(1), folder.file(name)).unwrap_err();
        assert!(matches!(error, Error::Io { .. }), "{name}: {error}");
        assert_eq!(error.to_string(), format!("{}: {why}", folder.file(name).display()));
    }
    assert_eq!(folder.names().len(), 3);
}

#[test]
fn what_a_normalisation_remembers_is_saved_and_loaded() {
    let folder = Folder::new();
    let path = folder.file("norm.safetensors");
    let mut rng = StdRng::seed_from_u64(0);
    let net = (Linear::<3, 4>::new(&mut rng), BatchNorm1d::<4>::new());
    let _ = net.forward(&Tensor2::<8, 3>::randn(&mut rng));
    assert_ne!(net.1.running_mean(), Tensor::zeros());
    save(&net, &path).unwrap();

    let mut loaded = (Linear::<3, 4>::new(&mut rng), BatchNorm1d::<4>::new()).freeze();
    load(&mut loaded, &path).unwrap();
    assert_eq!(loaded.1.running_mean(), net.1.running_mean());
    assert_eq!(loaded.1.running_variance(), net.1.running_variance());
    let x = Tensor2::<5, 3>::randn(&mut rng);
    assert_eq!(loaded.forward(&x), net.freeze().forward(&x));

    // A file without them is not one of this model.
    save(&(Linear::<3, 4>::new(&mut rng), LayerNorm::<4>::new()), &path).unwrap();
    assert_refused(
        loaded,
        &path,
        &["the file has no `1.running_mean`", "the file has no `1.running_var`"],
    );
}

#[test]
fn pytorch_s_count_of_batches_is_not_read() {
    use safetensors::{Dtype, tensor::TensorView};
    let folder = Folder::new();
    let path = folder.file("pytorch.safetensors");
    let (ones, three) = ([1.0_f32; 2].map(f32::to_le_bytes), 3_i64.to_le_bytes());
    let view = || TensorView::new(Dtype::F32, vec![2], ones.as_flattened()).unwrap();
    let count = || TensorView::new(Dtype::I64, vec![], &three).unwrap();
    let write = |names: [(&str, TensorView<'_>); 5]| {
        fs::write(&path, safetensors::serialize(names, None).unwrap()).unwrap();
    };
    write([
        ("weight", view()),
        ("bias", view()),
        ("running_mean", view()),
        ("running_var", view()),
        ("num_batches_tracked", count()),
    ]);
    let mut layer = BatchNorm2d::<2>::new();
    load(&mut layer, &path).unwrap();
    assert_eq!(layer.running_mean().array(), &[1.0, 1.0]);
    write([
        ("weight", view()),
        ("bias", view()),
        ("running_mean", view()),
        ("running_var", view()),
        ("other.num_batches_tracked", count()),
    ]);
    assert_refused(
        layer,
        &path,
        &["the file has `other.num_batches_tracked`, which the model has not"],
    );
}
