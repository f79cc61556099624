//! What hearing costs the service.
//!
//! In: the memo's admission, told to a capture, to the runtime's own layer, and
//! to nobody. Out: the time of one narration each. What a capture adds is the
//! first less the second.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use narration_runtime::{narrate, scope};
use tracing_subscriber::prelude::*;

fn admit(position: u64) {
    narrate!(
        actor = "orchestratord",
        action = "admission",
        target = "session-abc123",
        human = "Accepted request; queued at position {queue_position} on pool '{pool_id}'",
        pool_id = "default",
        queue_position = position,
    );
}

fn narration(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("narration");
    let sink = narration_runtime::layer().with_writer(std::io::sink);
    tracing::subscriber::with_default(tracing_subscriber::registry().with(sink), || {
        scope!(correlation_id = "req-xyz").in_scope(|| {
            group.bench_function("to a sink", |bench| bench.iter(|| admit(black_box(3))));
        });
    });
    group.bench_function("captured", |bench| {
        bench.iter_custom(|times| {
            // A capture a sample: a test's story is not endless.
            let story = narration_testing::capture();
            let began = std::time::Instant::now();
            scope!(correlation_id = story.correlation_id()).in_scope(|| {
                (0..times).for_each(|_| admit(black_box(3)));
            });
            began.elapsed()
        });
    });
    group.finish();
}

criterion_group!(benches, narration);
criterion_main!(benches);
