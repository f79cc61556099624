//! Logs to search: in goes a size, out come three files whose lines look like those of services
//! under load, with one request among them whose lines are known.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// The request that is looked for.
pub(crate) const WANTED: &str = "req-7f3a9c51d2e84b06";

/// How many lines it has, unless there shall be more.
pub(crate) const STEPS: u64 = 21;

const SERVICES: [&str; 3] = ["orchestratord", "pool-managerd", "engine-provisioner"];

/// One line's job, of a request with a few lines in each log.
pub(super) const ONCE: &str = "job-1234";

/// Writes the logs, a third of the bytes and of the lines each.
pub(crate) fn write(folder: &Path, bytes: u64, lines: u64) -> io::Result<Vec<PathBuf>> {
    fs::create_dir_all(folder)?;
    let mut files = Vec::new();
    for service in SERVICES {
        let path = folder.join(format!("{service}.log"));
        log(&path, service, bytes / 3, lines / 3)?;
        files.push(path);
    }
    Ok(files)
}

fn log(path: &Path, service: &str, bytes: u64, lines: u64) -> io::Result<()> {
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let (mut written, mut line, mut number) = (0, Vec::with_capacity(512), 0_u64);
    let mut told = 0;
    let wanted_every = bytes / lines.max(1);
    let mut next_wanted = wanted_every / 2;
    while written < bytes {
        let wanted = written >= next_wanted;
        if wanted {
            next_wanted += wanted_every;
        }
        line.clear();
        // Of many lines each second tells the outcome of the one before.
        let end = wanted && lines > STEPS && told % 2 == 1;
        told += u64::from(wanted);
        one(&mut line, service, number, wanted, end)?;
        file.write_all(&line)?;
        written += line.len() as u64;
        number += 1;
    }
    file.flush()
}

fn one(line: &mut Vec<u8>, service: &str, number: u64, wanted: bool, end: bool) -> io::Result<()> {
    let (second, micros) = (number / 1000 % 86_400, number % 1000 * 1000);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    // Any odd factor spreads the numbers over all ids.
    let random = (number / 20).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    write!(
        line,
        r#"{{"timestamp":"2026-11-21T{hour:02}:{minute:02}:{second:02}.{micros:06}Z","level":"info","actor":"{service}","action":"progress","target":"replica-{}","human":"Loading layer {} of 48 of model 'llama-3-70b-instruct-q4' for pool 'default' on GPU{}","correlation_id":"#,
        number % 97,
        number % 48,
        number % 8,
    )?;
    if wanted {
        write!(line, "\"{WANTED}\"")?;
    } else {
        write!(line, "\"req-{random:016x}\"")?;
    }
    writeln!(
        line,
        r#","session_id":"session-{:08x}","job_id":"job-{number}","pool_id":"default","queue_position":{},"done":{},"total":4096{}}}"#,
        random >> 40,
        number % 13,
        number % 4096,
        if end { r#","outcome":"ok","duration_ms":1"# } else { "" },
    )
}
