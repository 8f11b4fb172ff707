    let images = Tensor4::<16, 8, 16, 16>::rand(&mut rng);
    let loss = net.forward(&images).mean();
    println!("loss {:.3}", loss.item());
    Adam::new(0.01).step(&mut net, &loss.backward());
    let y: Tensor4<16, 8, 16, 16> = net.freeze().forward(&images);
    println!("mean {:.3}", y.mean().item());
}
