//! Logs that go on in other logs: in go the logs that were found, out comes which of them begins
//! with the rest of a line that another one ends in.
//!
//! A container's runtime may begin a new log between two pieces of a line. What goes on lies in
//! the same folder under the same name, and begins where the other ends.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::chunks::time;
use super::container::{BEGIN, Container, lines_before, resumed};
use super::{Nanos, Source, blocks};

/// The pieces of one line are written within this time.
const SOON: Nanos = 60_000_000_000;

/// Tells every container's log which one goes on with what it left open.
pub(super) fn link(sources: &mut [Source]) {
    let mut logs: HashMap<(PathBuf, String), Vec<usize>> = HashMap::new();
    for (at, source) in sources.iter().enumerate().filter(|(_, one)| one.container.is_some()) {
        let folder = source.path.parent().map(Path::to_owned).unwrap_or_default();
        logs.entry((folder, source.service().to_owned())).or_default().push(at);
    }
    for same in logs.into_values().filter(|same| same.len() > 1) {
        for at in &same {
            let Some((open, end)) = sources.get(*at).and_then(left_open) else { continue };
            let soon = |begin: &Nanos| (0..SOON).contains(&begin.saturating_sub(end));
            let others = same.iter().filter(|other| *other != at);
            let begins = |other: &usize| begin(sources.get(*other)?).filter(soon);
            let next = others.filter_map(|other| Some((begins(other)?, *other))).min();
            let Some((_, next)) = next else { continue };
            let file = sources.get(next).and_then(|next| next.open().ok());
            if let Some(container) = container_of(sources, *at) {
                container.after = file;
            }
            if let Some(container) = container_of(sources, next) {
                container.before = open;
            }
        }
    }
}

fn container_of(sources: &mut [Source], at: usize) -> Option<&mut Container> {
    sources.get_mut(at)?.container.as_mut()
}

/// Which streams a log leaves open, and when its last line was written.
fn left_open(source: &Source) -> Option<([bool; 2], Nanos)> {
    let runtime = source.container.as_ref()?.runtime;
    let file = source.open().ok()?;
    let open = resumed(&file, source.length, runtime).ok()?.open();
    if open == [false, false] {
        return None;
    }
    let (_, lines) = lines_before(&file, source.length).ok()?;
    let last = lines.rsplit(|byte| *byte == b'\n').nth(1)?;
    Some((open, time(last)?))
}

/// When the first line of a log was written.
fn begin(source: &Source) -> Option<Nanos> {
    let mut begin = vec![0; BEGIN];
    let length = blocks::read_full(&*source.open().ok()?, &mut begin, 0).ok()?;
    begin.get(..length)?.split(|byte| *byte == b'\n').next().and_then(time)
}
