//! What the compiler tells of refused narrations.
//!
//! In: one fault a file under `fail`. Out: exactly what stands in the
//! `.stderr` file beside it: code, place, words, and nothing of rustc's own
//! behind it. `TRYBUILD=overwrite` writes those files anew.

use std::path::Path;

/// The package's folder.
fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn refused_narrations() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("fail/*.rs");
}
