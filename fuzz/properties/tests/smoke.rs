//! Every property, held against its seeds and thousands of their neighbours.
//!
//! In: `fuzz/seeds`, and words that mean something. Out: the smallest input for
//! which a property does not hold. The same neighbours come each time, so that
//! what passes here passes everywhere; to look further there is `cargo xtask fuzz`.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod neighbours;

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use fuzz_properties::TARGETS;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// Neighbours that are tried of each target.
const CASES: u32 = 1000;

/// The seeds of a target, by their names.
fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds").join(target);
    let mut seeds: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).unwrap())
        })
        .collect();
    seeds.sort();
    assert!(!seeds.is_empty(), "{target} has no seeds");
    seeds
}

/// Seeds first, since one of them is what once went wrong.
fn hold(name: &str) {
    let target = TARGETS.iter().find(|target| target.name == name).unwrap();
    let seeds = seeds(name);
    for (seed, data) in &seeds {
        let held = catch_unwind(|| (target.check)(data));
        assert!(held.is_ok(), "{name} does not hold for its seed {seed}");
    }
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let seeds = seeds.into_iter().map(|(_, data)| data).collect();
    let neighbours = neighbours::of(seeds, target.words);
    let held = TestRunner::new_with_rng(config, random).run(&neighbours, |data| {
        (target.check)(&data.0);
        Ok(())
    });
    assert!(held.is_ok(), "{}", held.unwrap_err());
}

macro_rules! targets {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            hold(stringify!($name));
        })*

        #[test]
        fn every_target_is_run_here_and_has_a_fuzz_target() {
            let named: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
            assert_eq!(named, [$(stringify!($name)),*]);
            let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml");
            let manifest = fs::read_to_string(manifest).unwrap();
            for name in named {
                assert!(manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")), "{name}");
            }
        }
    };
}

targets! { call detector function headers logs record source story template vocabulary }
