//! How long programs take: in go commands, out comes the best time of each and its memory.

use std::fs::{self, File};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use crate::failure::{Failure, Telling};

/// What was measured of a program.
pub(super) struct Best {
    pub(super) name: String,
    /// The shortest time.
    pub(super) seconds: f64,
    /// The most memory it held, in bytes, where the system tells.
    pub(super) memory: Option<u64>,
}

/// Runs all commands in turn, `rounds` times and once before to warm up.
pub(super) fn best(commands: &mut [(&str, Command)], rounds: usize) -> Result<Vec<Best>, Failure> {
    let mut times: Vec<Best> = commands
        .iter()
        .map(|(name, _)| Best { name: (*name).to_owned(), seconds: f64::INFINITY, memory: None })
        .collect();
    for round in 0..=rounds {
        for ((name, command), best) in commands.iter_mut().zip(&mut times) {
            let (seconds, memory) = once(name, command)?;
            if round > 0 {
                best.seconds = best.seconds.min(seconds);
            }
            best.memory = best.memory.max(memory);
        }
    }
    Ok(times)
}

/// Runs a command; gives its time in seconds and its memory in bytes.
pub(super) fn once(name: &str, command: &mut Command) -> Result<(f64, Option<u64>), Failure> {
    // A file and not `/dev/null`: searchers stop at the first hit when nobody can see it.
    let out = std::env::temp_dir().join(format!("bench-story-{}", std::process::id()));
    let file = File::create(&out).told(|| format!("cannot write {}", out.display()))?;
    command.stdin(Stdio::null()).stdout(file).stderr(Stdio::null());
    let began = Instant::now();
    let mut child = command.spawn().told(|| format!("cannot start {name}"))?;
    let watcher = memory(&child);
    let status = child.wait().told(|| format!("cannot wait for {name}"))?;
    let seconds = began.elapsed().as_secs_f64();
    let found = out.metadata().map_or(0, |one| one.len());
    let _ = fs::remove_file(&out);
    if !status.success() || found == 0 {
        return Err(Failure::new(format!("{name} ended with {status} and wrote {found} bytes")));
    }
    Ok((seconds, watcher.join().unwrap_or(None)))
}

/// Reads from beside how much memory a program held at most, until it is gone.
fn memory(child: &Child) -> std::thread::JoinHandle<Option<u64>> {
    let status = format!("/proc/{}/status", child.id());
    std::thread::spawn(move || {
        let mut most = None;
        while let Some(now) = peak(&fs::read_to_string(&status).unwrap_or_default()) {
            most = most.max(Some(now));
            std::thread::park_timeout(std::time::Duration::from_millis(5));
        }
        most
    })
}

fn peak(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kilobytes << 10)
}
