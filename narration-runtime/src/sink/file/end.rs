//! The end of a file, where the beginning of a line may be left.
//!
//! In: an open file. Out: whether a line is torn there, and the file without
//! it where that does nobody harm: whoever has the file open holds a shared
//! lock on it, and who gets the exclusive one knows that nobody else writes.
//! Where others are at work the torn line stays, and a line break is to end it.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::thread;
use std::time::Duration;

use super::lock;

/// What is found at a file's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// A whole line, or nothing at all.
    Whole,
    /// The beginning of a line, which was taken away.
    Mended,
    /// The beginning of a line, which is still there.
    Torn,
}

/// What a record begins with; only such a beginning is taken away.
const RECORDS: [&[u8]; 2] = [br#"{"timestamp":""#, b"timestamp="];

/// How far back a line may begin, in bytes.
const FARTHEST: u64 = 16 * 1024 * 1024;

/// Looks at the end of a file that was just opened, and shares it from then on.
pub(super) fn inspect(file: &File) -> io::Result<End> {
    let mended = lock::alone(file, || {
        let Some((whole, line)) = torn_line(file)? else { return Ok(Some(End::Whole)) };
        if !RECORDS.iter().any(|begin| line.starts_with(begin) || begin.starts_with(&line)) {
            return Ok(Some(End::Torn));
        }
        file.set_len(whole)?;
        io::Result::Ok(Some(End::Mended))
    });
    lock::share(file);
    match mended {
        Some(Ok(Some(end))) => Ok(end),
        // A file that cannot be read is written to all the same.
        Some(Err(_)) => Ok(End::Whole),
        _ => Ok(if stays_torn(file) { End::Torn } else { End::Whole }),
    }
}

/// Takes away the beginning of a line we wrote ourselves. Says whether the end is whole now.
pub(super) fn take_back(file: &File) -> io::Result<bool> {
    let taken = lock::alone(file, || match torn_line(file)? {
        Some((whole, _)) => file.set_len(whole).map(|()| true),
        None => Ok(true),
    });
    lock::share(file);
    taken.unwrap_or(Ok(false))
}

/// Whether the end is torn, and not only for the moment in which somebody writes.
fn stays_torn(file: &File) -> bool {
    (0..5).all(|_| {
        let torn = matches!(torn_line(file), Ok(Some(_)));
        if torn {
            thread::sleep(Duration::from_millis(1));
        }
        torn
    })
}

/// Where the last whole line ends and what stands behind it; nothing where nothing does.
fn torn_line(mut file: &File) -> io::Result<Option<(u64, Vec<u8>)>> {
    let length = file.seek(SeekFrom::End(0))?;
    let (mut begin, mut tail) = (length, Vec::new());
    while begin > 0 && length - begin < FARTHEST {
        let size = begin.min(4096);
        begin -= size;
        let mut chunk = vec![0; usize::try_from(size).unwrap_or_default()];
        file.seek(SeekFrom::Start(begin))?;
        file.read_exact(&mut chunk)?;
        if let Some(at) = memchr::memrchr(b'\n', &chunk) {
            let line = chunk.split_off(at + 1);
            let whole = begin + chunk.len() as u64;
            return Ok((whole < length).then(|| (whole, [line, tail].concat())));
        }
        chunk.append(&mut tail);
        tail = chunk;
    }
    // The first line of a file; one that begins too far back is not ours.
    Ok((length > 0 && begin == 0).then_some((0, tail)))
}
