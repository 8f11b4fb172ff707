//! A model chosen when the program runs: a boxed module. Its input and output are fixed, what is between them is not.

use tintype::prelude::*;

type Image = Tensor4<1, 1, 28, 28>;
type Logits = Tensor2<1, 10>;

fn model(kind: &str, rng: &mut StdRng) -> Option<Box<dyn Module<Image, Output = Logits>>> {
    match kind {
        "linear" => Some(Box::new((Flatten, Linear::<784, 10>::new(rng).freeze()))),
        "convolutional" => Some(Box::new(
            (
                Conv2d::<1, 8, 5>::new(rng),
                ReLU,
                MaxPool2d::<4>::new(),
                Flatten,
                Linear::<288, 10>::new(rng),
            )
                .freeze(),
        )),
        _ => None,
    }
}

pub fn show(rng: &mut StdRng) {
    let image = Image::rand(rng);
    for kind in ["linear", "convolutional"] {
        let model = model(kind, rng).expect("one of the two");
        println!("boxed: the {kind} model says {}", model.forward(&image).argmax().item());
    }
    assert!(model("recurrent", rng).is_none());
}
