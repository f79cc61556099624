//! Clean text costs no allocation: every one that the detector makes is counted here.

use std::borrow::Cow;

use narration_redact::{Redactor, looks_secret, redact};

fn allocations(work: impl FnOnce()) -> u64 {
    allocation_counter::measure(work).count_total
}

const CLEAN: [&str; 10] = [
    "Building llama-server with 8 parallel jobs",
    "Accepted request 5689c00a-ec72-49ab-9f8c-639949e0fe1e; queued at position 3 (ETA 420 ms) on pool 'default'",
    "last token: 42 eos_token=2 tokens_in=120 password reset link sent, the token is missing",
    "Bearer token missing from request; basic authentication enabled; Basic auth disabled",
    "Authorization: Bearer [redacted:bearer] api_key=*** token=${TOKEN} password={{ secret }}",
    "https://example.com/a/b?page=2 ssh://git@github.com/org/repo.git Cache miss for key=user_123",
    "{\"level\":\"info\",\"idempotency_key\":\"0199a4cb-457d-7ec5-9256-1862edaa9abe\",\"token\":\"\"}",
    "sha512-WkfMKVEEZ90dxCepKwMgT2SDirkjgvqWdCuSmZ6y4F3RyyAkNbNIw5+hoTJzuzwhs3u9Vjc4fXaBB9c2xdf1sw==",
    "password = os.environ[\"DB_PASSWORD\"] cookie: disabled api key required",
    "",
];

#[test]
fn clean_text_is_borrowed_and_costs_no_allocation() {
    let redactor = Redactor::new();
    for text in CLEAN {
        let mut buffer = String::from(text);
        let count = allocations(|| {
            assert!(matches!(redactor.redact(text), Cow::Borrowed(_)), "{text}");
            assert!(!redactor.redact_in_place(&mut buffer, 0));
            assert!(looks_secret(text).is_none());
        });
        assert_eq!(count, 0, "{text}");
    }
}

#[test]
fn one_secret_costs_one_allocation() {
    let text = "GET /v1/models with api_key=4f9d27c1b8e35a60aa17 from 10.0.0.7";
    let count = allocations(|| assert!(matches!(redact(text), Cow::Owned(_))));
    assert_eq!(count, 1);
}
