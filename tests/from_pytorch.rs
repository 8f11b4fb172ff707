//! PyTorch's names and tintype's, side by side: `docs/from_pytorch.md`.
//!
//! Every right side is an expression of this program, which is compiled and run. `TINTYPE_BLESS=1 cargo test --test from_pytorch`
//! writes the page, and the test fails where it is not what stands here.

#![cfg(feature = "io")]

use std::fmt::Write;
use std::path::Path;
use tintype::io::{load, save};
use tintype::prelude::*;

const HEADING: &str = "# From PyTorch

What is written in a first week. `a`, `b` and `x` are matrices of 3 rows and 4 columns, `images` is a batch of 8 with 3 channels of
32×32, `mask` is a tensor of `bool`, `net` a network, and `rng` is `StdRng::seed_from_u64(0)`, in place of `torch.manual_seed(0)`.

- Sizes, and the numbers of axes, stand in the type: `x.sum(dim=1)` is `x.sum_axis::<1>()`. Where the program says a type,
  `let y: Tensor2<4, 3> = x.reshape();`, that is enough.
- Operations borrow tensors and give new ones, so there are no methods whose names end in `_`.
- Nothing is broadcast, and no type converted, unless it is said.
- `backward` returns the gradients, new ones each time: there is no `optimizer.zero_grad()`.

[`errors.md`](errors.md) has what `cargo check` says of mistakes, some of these names among them. The search of `cargo doc --open` finds
methods by PyTorch's names too. This page is made of a program that runs: `TINTYPE_BLESS=1 cargo test --test from_pytorch` writes it.
";

/// Runs the right sides, and writes both.
macro_rules! table {
    ($page:ident, $topic:literal: $($theirs:literal => $ours:expr;)*) => {
        write!($page, "\n## {}\n\n| PyTorch | tintype |\n| --- | --- |\n", $topic).unwrap();
        $(
            let _ = $ours;
            let theirs = $theirs.split(" or ").map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let ours = stringify!($ours).replace('|', "\\|");
            writeln!($page, "| {theirs} | `{ours}` |").unwrap();
        )*
    };
}

fn page() -> String {
    let mut rng = StdRng::seed_from_u64(0);
    let (a, b) = (Tensor2::<3, 4>::randn(&mut rng), Tensor2::<3, 4>::randn(&mut rng));
    let (mask, numbers) = (a.gt(&b), vec![1.0, 2.0, 3.0]);
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("net.safetensors");
    let mut page = HEADING.to_owned();

    table! { page, "Making tensors":
        "torch.tensor([[1., 2.], [3., 4.]])" => tensor([[1.0, 2.0], [3.0, 4.0]]);
        "torch.tensor([1, 2, 3])" => Tensor1::<3, i64>::from([1, 2, 3]);
        "torch.tensor(numbers)" => Tensor1::<3>::try_from(numbers);
        "torch.zeros(3, 4)" => Tensor2::<3, 4>::zeros();
        "torch.ones(3, 4, dtype=torch.float64)" => Tensor2::<3, 4, f64>::ones();
        "torch.full((3, 4), 7.)" => Tensor2::<3, 4>::full(7.0);
        "torch.arange(10.)" => Tensor1::<10>::arange();
        "torch.eye(3)" => Tensor2::<3, 3>::eye();
        "torch.rand(3, 4)" => Tensor2::<3, 4>::rand(&mut rng);
        "torch.randn(3, 4)" => Tensor2::<3, 4>::randn(&mut rng);
    }
    let (x, images) = (a.clone(), Tensor4::<8, 3, 32, 32>::rand(&mut rng));
    table! { page, "Reading":
        "x.shape or x.size()" => x.shape();
        "x.size(0)" => x.shape()[0];
        "x.dim()" => x.shape().len();
        "x.numel()" => x.as_slice().len();
        "x.numpy() or x.tolist()" => x.array();
        "x.flatten().tolist()" => x.as_slice();
        "x[0, 1].item()" => x[[0, 1]];
        "x.mean().item()" => x.mean().item();
        "x.double() or x.to(torch.float64)" => x.to::<f64>();
    }
    table! { page, "Shapes":
        "x.view(4, 3) or x.reshape(4, 3)" => x.reshape::<Rank2<4, 3>>();
        "x.flatten()" => x.reshape::<Rank1<12>>();
        "images.flatten(1)" => images.flatten_from::<1>();
        "x.t() or x.T" => x.t();
        "images.transpose(2, 3)" => images.transpose::<2, 3>();
        "images.permute(0, 2, 3, 1)" => images.permute::<Axes4<0, 2, 3, 1>>();
        "x.unsqueeze(0)" => x.unsqueeze::<0>();
        "x.unsqueeze(0).squeeze(0)" => x.unsqueeze::<0>().squeeze::<0>();
        "x.unsqueeze(1).expand(3, 5, 4)" => x.unsqueeze::<1>().expand::<1, 5>();
        "x.expand(8, 3, 4)" => x.broadcast::<Rank3<8, 3, 4>>();
        "torch.cat([a, b], dim=1)" => a.concat::<1>(&b);
        "torch.cat([a, b, x])" => [&a, &b, &x].concat::<0>();
        "torch.stack([a, b])" => [&a, &b].stack::<0>();
        "x.narrow(1, 0, 2) or x[:, 0:2]" => x.slice::<1, 0, 2>();
        "x.select(0, 2) or x[2]" => x.at::<0>(2);
        "x.chunk(2, dim=1)" => x.chunk::<1, 2>();
        "F.pad(x, (1, 2))" => x.pad::<1, 1, 2>(0.0);
    }
    table! { page, "Arithmetic":
        "a + b" => &a + &b;
        "2 * x" => 2.0 * &x;
        "x ** 2" => x.square();
        "x.pow(1.5)" => x.powf(1.5);
        "a @ b.T or a.mm(b.T)" => a.matmul(&b.t());
        "torch.maximum(a, b)" => a.maximum(&b);
        "x.clamp(0, 1)" => x.clamp(0.0, 1.0);
        "x.abs().log()" => x.abs().ln();
        "F.relu(x)" => x.relu();
        "F.gelu(x)" => x.gelu();
        "F.softmax(x, dim=1)" => x.softmax::<1>();
        "a > b" => a.gt(&b);
        "a == b" => a.eq_mask(&b);
        "torch.where(mask, a, b)" => mask.select(&a, &b);
        "x.masked_fill(mask, 0)" => x.masked_fill(&mask, 0.0);
    }
    table! { page, "Along an axis, and over all":
        "x.sum()" => x.sum();
        "x.sum(dim=1)" => x.sum_axis::<1>();
        "x.mean(dim=1, keepdim=True)" => x.mean_axis::<1>().unsqueeze::<1>();
        "x.max(dim=1).values" => x.max_axis::<1>();
        "x.argmax(dim=1)" => x.argmax_axis::<1>();
        "x.std()" => x.std();
        "x.norm()" => x.norm();
        "x.cumsum(dim=1)" => x.cumsum::<1>();
    }
    let x = x.requires_grad();
    let loss = x.square().mean();
    let gradients = loss.clone().backward();
    table! { page, "Gradients":
        "torch.zeros(3, 4, requires_grad=True)" => Tensor2::<3, 4>::zeros().requires_grad();
        "loss.backward()" => loss.backward();
        "x.grad" => &gradients[&x];
        "x.detach()" => x.detach();
        "with torch.no_grad(): y = f(x)" => no_grad(&x).exp();
        "y.grad_fn" => x.exp().grad_fn();
        "torch.autograd.gradcheck(f, x)" => gradcheck(|x| x.exp(), x.detach().to::<f64>());
    }
    table! { page, "Layers":
        "nn.Linear(4, 2)" => Linear::<4, 2>::new(&mut rng);
        "nn.Linear(4, 2, bias=False)" => Linear::<4, 2>::without_bias(&mut rng);
        "nn.Conv2d(3, 8, 3)" => Conv2d::<3, 8, 3>::new(&mut rng);
        "nn.Conv2d(3, 8, 3, stride=2, padding=1)" => Conv2d::<3, 8, 3, 3, Stride<2>, Padding<1>>::new(&mut rng);
        "nn.MaxPool2d(2)" => MaxPool2d::<2>::new();
        "nn.BatchNorm2d(8)" => BatchNorm2d::<8>::new();
        "nn.LayerNorm(4)" => LayerNorm::<4>::new();
        "nn.Dropout(0.5)" => Dropout::new(0.5);
        "nn.Embedding(100, 8)" => Embedding::<100, 8>::new(&mut rng);
        "nn.MultiheadAttention(64, 8)" => MultiheadAttention::<64, 8>::new(&mut rng);
        "nn.Sequential(…)" => (Linear::<4, 8>::new(&mut rng), ReLU, Linear::<8, 2>::new(&mut rng));
        "nn.ModuleList(… for _ in range(3))" => [(); 3].map(|()| Linear::<4, 4>::new(&mut rng));
    }
    let mut net = Linear::<4, 2>::new(&mut rng);
    let (kept, frozen) = (net.clone(), net.clone().freeze());
    table! { page, "A model":
        "net(x)" => net.forward(&x);
        "copy.deepcopy(net)" => net.clone();
        "sum(p.numel() for p in net.parameters())" => Linear::<4, 2>::PARAMETERS;
        "torchinfo.summary(net, (3, 4))" => net.summary::<Tensor2<3, 4>>();
        "torch.save(net.state_dict(), path)" => save(&net, &path);
        "net.load_state_dict(torch.load(path))" => load(&mut net, &path);
        "net.eval()" => net.freeze();
        "net.train()" => frozen.unfreeze();
    }
    let mut net = kept;
    let labels = Labels::<3, 2>::try_from([0, 1, 0]).unwrap();
    let logits = net.forward(&x);
    let mut optimizer = Sgd::new(0.1);
    let mut gradients = logits.cross_entropy(&labels).backward();
    table! { page, "Training":
        "labels = torch.tensor([0, 1, 0])" => Labels::<3, 2>::try_from([0, 1, 0]);
        "F.cross_entropy(logits, labels)" => logits.cross_entropy(&labels);
        "F.mse_loss(a, b)" => a.mse_loss(&b);
        "(logits.argmax(1) == labels).sum()" => labels.correct(&logits);
        "optim.SGD(net.parameters(), lr=0.1, momentum=0.9)" => Sgd::new(0.1).momentum(0.9);
        "optim.AdamW(net.parameters(), lr=1e-3)" => AdamW::new(1e-3);
        "nn.utils.clip_grad_norm_(net.parameters(), 1.0)" => gradients.clip_norm(&net, 1.0);
        "optimizer.step()" => optimizer.step(&mut net, &gradients);
    }
    page
}

#[test]
fn the_page_is_what_runs() {
    let page = page();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/from_pytorch.md");
    if std::env::var_os("TINTYPE_BLESS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "docs/from_pytorch.md is not what tests/from_pytorch.rs says: TINTYPE_BLESS=1 cargo test --test from_pytorch writes it"
    );
}
