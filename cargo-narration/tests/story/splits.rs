//! However a log is split over files, and whatever stands between its lines, the story is the same.

use std::fs;
use std::io::Write as _;

use cargo_narration::logs::Sources;
use cargo_narration::story::{Story, Surroundings, select};
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;

fn line(at: usize) -> String {
    let actor = ["orchestratord", "pool-managerd", "engine-provisioner"][at % 3];
    let id = if at % 4 == 3 { "req-other" } else { "req-xyz" };
    let more = if at % 5 == 4 { r#","outcome":"ok","duration_ms":3"# } else { "" };
    format!(
        r#"{{"timestamp":"2026-11-21T18:34:05.{:06}Z","level":"info","actor":"{actor}","action":"a{}","human":"step {at}","correlation_id":"{id}"{more}}}"#,
        at * 1000,
        at % 2
    )
}

fn pack(bytes: Vec<u8>, how: usize) -> Vec<u8> {
    match how {
        0 => bytes,
        1 => {
            let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
            packed.write_all(&bytes).unwrap();
            packed.finish().unwrap()
        }
        _ => zstd::encode_all(bytes.as_slice(), 1).unwrap(),
    }
}

fn tell(files: &[Vec<Vec<u8>>], how: &[usize]) -> Vec<(i64, i64, String)> {
    let folder = tempfile::tempdir().unwrap();
    for (at, (lines, how)) in files.iter().zip(how).enumerate() {
        let bytes = pack(lines.join(&b'\n'), *how);
        fs::write(folder.path().join(format!("{at}.log")), bytes).unwrap();
    }
    let selection = select(&Sources::find(&[folder.path().to_owned()]), "req-xyz");
    let story = Story::tell(selection.entries, &Surroundings::default());
    story.steps.iter().map(|step| (step.time, step.gap, step.entry.human().to_owned())).collect()
}

fn junk() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>().prop_filter("one line", |byte| *byte != b'\n'), 0..80),
        "[{}\":a-z=]{0,60}".prop_map(String::into_bytes),
        Just(b"a plain line about req-xyz".to_vec()),
        Just(br#"{"correlation_id":"req-xyz","human":"cut o"#.to_vec()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_split_with_any_junk_is_the_same_story(
        files in prop::collection::vec(0..4_usize, 1..40),
        copies in prop::collection::vec(0..4_usize, 0..6),
        packed in prop::collection::vec(0..3_usize, 4),
        junk in prop::collection::vec((0..4_usize, junk()), 0..12),
    ) {
        let mut split: Vec<Vec<Vec<u8>>> = vec![Vec::new(); 4];
        for (at, file) in files.iter().enumerate() {
            split[*file].push(line(at).into_bytes());
        }
        for (at, file) in copies.iter().enumerate().filter(|(at, _)| *at < files.len()) {
            split[*file].push(line(at).into_bytes());
        }
        for (file, junk) in junk {
            let place = split[file].len() / 2;
            split[file].insert(place, junk);
        }
        let whole = vec![(0..files.len()).map(|at| line(at).into_bytes()).collect()];
        prop_assert_eq!(tell(&split, &[0; 4]), tell(&whole, &[0]));
        prop_assert_eq!(tell(&split, &packed), tell(&whole, &packed[..1]));
    }

    #[test]
    fn wherever_a_block_ends_the_story_is_the_same(
        back in 0..600_usize,
        blocks in 1..3_usize,
        long in any::<bool>(),
        how in 0..3_usize,
    ) {
        let lines: Vec<Vec<u8>> = (0..8).map(|at| line(at).into_bytes()).collect();
        // What is read at once ends somewhere in these lines.
        let filler = blocks * (1 << 20) - back;
        let other = if long { vec![b'x'; filler] } else { b"other line\n".repeat(filler / 11) };
        let shifted = [vec![other], lines.clone()].concat();
        prop_assert_eq!(tell(&[shifted], &[how]), tell(&[lines], &[0]));
    }
}
