fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let mut net = Network::new(&mut rng);
    let images = Images::rand(&mut rng);
    let labels = Labels::<16, CLASSES>::try_from([0; 16]).expect("such classes");
    let loss = net.forward(&images).cross_entropy(&labels);
    println!("loss {:.3}", loss.item());
    Adam::new(0.01).step(&mut net, &loss.backward());
    let logits: Tensor2<16, CLASSES> = net.freeze().forward(&images);
    println!("{} of 16 right", labels.correct(&logits));
}
