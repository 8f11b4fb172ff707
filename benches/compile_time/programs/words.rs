type Network = Gpt2Small;

fn main() {
    let mut rng = StdRng::seed_from_u64(0);
    let mut net = Network::new(&mut rng);
    let words = Indices::<Rank2<2, 64>, 50257>::try_from([[0; 64]; 2]).expect("such words");
    let labels = Labels::<128, 50257>::try_from([0; 128]).expect("such words");
    let loss = net.forward(&words).reshape::<Rank2<128, 50257>>().cross_entropy(&labels);
    println!("loss {:.3}", loss.item());
    Adam::new(0.01).step(&mut net, &loss.backward());
    let logits: Tensor3<2, 64, 50257> = net.freeze().forward(&words);
    println!("{} of 128 right", labels.correct(&logits.reshape::<Rank2<128, 50257>>()));
}
