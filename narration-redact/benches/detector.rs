//! What the detector costs, with copying the text, six regular expressions in a row and one
//! alternation beside it in the same run: `cargo bench -p narration-redact --bench detector`.

#![allow(clippy::unwrap_used, reason = "a bench may stop at the first surprise")]

mod texts;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use narration_redact::redact;

use self::texts::{CLEAN_45, CLEAN_128, NEAR_HITS, ONE_SECRET, masked, repeated};

fn short_texts(criterion: &mut Criterion) {
    let (six, one) = (texts::six(), texts::alternation());
    for (name, text) in [
        ("clean 45 B", CLEAN_45),
        ("clean 128 B", CLEAN_128),
        ("near hits", NEAR_HITS),
        ("one secret", ONE_SECRET),
    ] {
        let mut group = criterion.benchmark_group(name);
        let mut copy = vec![0_u8; text.len()];
        group.bench_function("memcpy", |bench| {
            bench.iter(|| black_box(&mut copy).copy_from_slice(black_box(text).as_bytes()));
        });
        group.bench_function("redact", |bench| bench.iter(|| black_box(redact(black_box(text)))));
        group.bench_function("six expressions", |bench| {
            bench.iter(|| black_box(masked(&six, black_box(text))))
        });
        group.bench_function("one alternation", |bench| {
            bench.iter(|| black_box(masked(&one, black_box(text))));
        });
        group.finish();
    }
}

fn long_texts(criterion: &mut Criterion) {
    let redactor = narration_redact::Redactor::builder().max_len(usize::MAX).build().unwrap();
    let hostile = |piece| repeated(piece, 1 << 20);
    let texts = [
        ("log lines", texts::log(60 * 1024)),
        ("password repeated", hostile(texts::NAMES)),
        ("slashes repeated", hostile(texts::SLASHES)),
        ("eyJ repeated", hostile(texts::TOKENS)),
        ("operators", hostile(texts::OPERATORS)),
        ("names to be judged", hostile(texts::JUDGED)),
        ("prefixes to be judged", hostile(texts::PREFIXES)),
    ];
    for (name, text) in texts {
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(20);
        group.bench_function("redact", |bench| {
            bench.iter(|| black_box(redactor.redact(black_box(&text))))
        });
        group.finish();
    }
}

criterion_group!(benches, short_texts, long_texts);
criterion_main!(benches);
