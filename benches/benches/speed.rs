//! The time of every case, peers side by side: in go the cases, out comes a
//! number for each. Instruction counts decide; these tell what they are worth.

use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use narration_bench::{ALL, Memory};

fn cases(criterion: &mut Criterion) {
    for case in ALL {
        let sink = Memory::default();
        let mut group = criterion.benchmark_group(case.group());
        let who = case.name.split_once('/').map_or(case.name, |(_, who)| who);
        case.scoped(&sink, || group.bench_function(who, |bencher| bencher.iter(case.once)));
        group.finish();
    }
}

fn short() -> Criterion {
    Criterion::default()
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_secs(1))
        .sample_size(30)
        .without_plots()
}

criterion_group! { name = speed; config = short(); targets = cases }
criterion_main!(speed);
