//! Which windows are looked up together: a window goes in, its group comes out.
//!
//! Any grouping finds every anchor. How often a group is looked through in vain depends on what is
//! in it, so that windows are put together which seldom give an alarm in ordinary text. That takes
//! long: it is done by the test below, which says when `groups.txt` has to be written anew. What
//! stands there was weighed with lines of the sixteen systems of Loghub, with this project's pages and
//! examples, and with everyday sentences.

#[cfg(test)]
mod search;

/// How many groups there are: one for each bit of a table's entry.
pub(super) const GROUPS: usize = 64;

/// One sign a window, from `0` on; behind them stands which windows these are.
static SIGNS: &[u8] = include_bytes!("groups.txt");
/// How many signs stand in a line.
const LINE: usize = 64;

/// The group of a window.
pub(super) const fn group_of(window: usize) -> usize {
    let index = window / LINE * (LINE + 1) + window % LINE;
    if index < SIGNS.len() {
        (SIGNS[index] as usize).wrapping_sub(b'0' as usize) % GROUPS
    } else {
        window % GROUPS
    }
}

#[cfg(test)]
mod tests {
    use std::{env, ffi::OsStr, fs};

    use super::*;
    use crate::{
        gate::alarms,
        tables::{STEP, windows},
    };

    /// How many bytes are looked at of the texts that `WRITE_GROUPS` names, about.
    const BYTES: usize = 500_000;
    /// Text that is made to be hostile repeats such pieces, which must not give an alarm each time.
    const HOSTILE: [&str; 7] = ["://", "=:=>", "====", "@@@@", "%3D", "\\u001b[", "{\"a\":"];
    const OFTEN: usize = 3_000;

    fn crate_file(path: &str) -> String {
        fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
    }

    /// Groups for some lines of the texts at these paths, and for what is hostile.
    fn write(paths: &OsStr) {
        let read = |path| String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
        let text: String = env::split_paths(paths).map(read).collect();
        let some = text.lines().step_by(text.len().div_ceil(BYTES));
        let hostile = HOSTILE.map(|piece| piece.repeat(OFTEN));
        let lines: Vec<_> = some.chain(hostile.iter().map(String::as_str)).collect();
        let groups = search::best(lines.join("\n").as_bytes()) + &windows::fingerprint() + "\n";
        fs::write(format!("{}/src/tables/groups.txt", env!("CARGO_MANIFEST_DIR")), groups).unwrap();
    }

    #[test]
    fn windows_that_are_alike_are_together() {
        if let Some(paths) = env::var_os("WRITE_GROUPS") {
            write(&paths);
        }
        let same = crate_file("src/tables/groups.txt").ends_with(&(windows::fingerprint() + "\n"));
        assert!(
            same,
            "the anchors changed: run this test with --release and WRITE_GROUPS=one.log:other.log, \
             some hundred kilobytes of ordinary logs, then build again"
        );
    }

    #[test]
    fn ordinary_text_seldom_gives_an_alarm() {
        let file = |round| crate_file(&format!("tests/cases/round{round}-clean.txt"));
        let text: String = (1..=6).map(file).collect();
        let alarms: usize = text.lines().map(|line| alarms(line.as_bytes())).sum();
        assert!(alarms * 128 < text.len() * 5 / 4, "{alarms} in {} bytes", text.len());
    }

    #[test]
    fn each_anchor_has_a_window_for_each_way_it_may_lie() {
        for ways in windows::all().chunks(STEP) {
            let mut lies: Vec<_> =
                ways.iter().map(|way| way.offset.rem_euclid(STEP as i8)).collect();
            lies.sort_unstable();
            assert_eq!(lies, [0, 1, 2, 3]);
            assert!(ways.iter().all(|way| way.offset > -(STEP as i8)));
        }
    }
}
