//! What the detector costs, with copying the text, six regular expressions in a row and one
//! alternation beside it in the same run: `cargo bench -p narration-redact --bench detector`.

#![allow(clippy::unwrap_used, reason = "a bench may stop at the first surprise")]

use std::{borrow::Cow, hint::black_box};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use narration_redact::redact;
use regex::{Regex, RegexBuilder};

const CLEAN_45: &str = "Building llama-server with 8 parallel jobs ok";
const CLEAN_128: &str = "Accepted request 5689c00a-ec72-49ab-9f8c-639949e0fe1e; queued at position 3 (ETA 420 ms) on pool 'default' for session-b4c752!!";
const CLEAN_PAIRS: &str = "2025-09-30T12:34:56.789Z INFO pool=default replica=r3 device=GPU0 queue_position=3 eta_ms=420 status=200 path=/v1/tasks/81bf39";
const ONE_SECRET: &str = "GET /v1/models 200 in 12ms for pool default with api_key=4f9d27c1b8e35a60aa17 from 10.0.0.7 correlation r-77";

const PATTERNS: [&str; 6] = [
    r"(?i)bearer\s+[A-Za-z0-9._~+/=-]+",
    r"(?i)(api[_-]?key|token|secret)\s*[=:]\s*\S+",
    r"(?i)password\s*[=:]\s*\S+",
    r"eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*",
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----",
    r"://[^:/\s]+:[^@\s]+@",
];

/// About a megabyte of lines as services write them.
fn log_text() -> String {
    let lines = [
        CLEAN_128,
        CLEAN_PAIRS,
        CLEAN_45,
        "DEBUG tower_http: request{method=POST uri=/v1/tasks version=HTTP/1.1} headers={\"host\": \"127.0.0.1:8080\", \"content-length\": \"5580\"}",
        "Digest verified: sha256:e3d3740b526b191d8de296c4f4d36db7439e2e652f5995e86e23e0372d9391cd for /models/unfx3d.gguf (66750399376 bytes)",
        "081109 203615 148 INFO dfs.DataNode$PacketResponder: PacketResponder 1 for block blk_38865049064139660 terminating",
    ];
    let mut text = String::new();
    while text.len() < 60 * 1024 {
        lines.iter().for_each(|line| {
            text.push_str(line);
            text.push('\n');
        });
    }
    text
}

fn sequential<'t>(patterns: &[Regex], text: &'t str) -> Cow<'t, str> {
    let mut text = Cow::Borrowed(text);
    for pattern in patterns {
        if let Cow::Owned(masked) = pattern.replace_all(&text, "[REDACTED]") {
            text = Cow::Owned(masked);
        }
    }
    text
}

fn short_texts(criterion: &mut Criterion) {
    let six: Vec<Regex> = PATTERNS.iter().map(|pattern| Regex::new(pattern).unwrap()).collect();
    let one = RegexBuilder::new(&PATTERNS.map(|pattern| format!("(?:{pattern})")).join("|"))
        .build()
        .unwrap();
    for (name, text) in [
        ("clean 45 B", CLEAN_45),
        ("clean 128 B", CLEAN_128),
        ("clean pairs", CLEAN_PAIRS),
        ("one secret", ONE_SECRET),
    ] {
        let mut group = criterion.benchmark_group(name);
        let mut copy = vec![0_u8; text.len()];
        group.bench_function("memcpy", |bench| {
            bench.iter(|| black_box(&mut copy).copy_from_slice(black_box(text).as_bytes()));
        });
        group.bench_function("redact", |bench| bench.iter(|| black_box(redact(black_box(text)))));
        group.bench_function("six expressions", |bench| {
            bench.iter(|| black_box(sequential(&six, black_box(text))))
        });
        group.bench_function("one alternation", |bench| {
            bench.iter(|| black_box(one.replace_all(black_box(text), "[REDACTED]")));
        });
        group.finish();
    }
}

fn long_texts(criterion: &mut Criterion) {
    let redactor = narration_redact::Redactor::builder().max_len(usize::MAX).build().unwrap();
    let fill = |piece: &str| piece.repeat((1 << 20) / piece.len());
    let texts = [
        ("log lines", log_text()),
        ("password repeated", fill("password")),
        ("password in words", fill("password ")),
        ("slashes repeated", fill("://")),
        ("eyJ repeated", fill("eyJ")),
        ("operators", fill("=:=>")),
        ("named endlessly", fill("token=")),
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
