//! Nothing of the system outlives whoever started it, however that ends.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use super::stage::can_build;

/// The demo, once the stuck request and others are under way.
fn under_way(folder: &Path) -> (Child, ChildStderr) {
    let mut demo = Command::new(env!("CARGO_BIN_EXE_llama-orch-demo"))
        .arg("--folder")
        .arg(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let stderr = demo.stderr.take().unwrap();
    let mut lines = BufReader::new(demo.stdout.take().unwrap()).lines();
    // An engine runs by now, and another one is being built without an end.
    assert!(lines.any(|line| line.unwrap().starts_with("req-xyz")));
    (demo, stderr)
}

fn send(child: &Child, signal: Signal) {
    let id = Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    kill_process(id, signal).unwrap();
}

/// Waits until the services, which inherited this stream, and what they started are gone.
fn assert_gone(mut stderr: ChildStderr, folder: &Path) {
    stderr.read_to_end(&mut Vec::new()).unwrap();
    let began = std::time::Instant::now();
    while let Some(left) = started_in(folder) {
        assert!(began.elapsed().as_secs() < 60, "left running: {left}");
        std::thread::yield_now();
    }
}

/// A process whose command line names the folder, where the system tells.
fn started_in(folder: &Path) -> Option<String> {
    let folder = folder.to_str().unwrap();
    let processes = std::fs::read_dir("/proc").ok()?;
    let lines = processes.filter_map(|process| {
        let line = std::fs::read(process.ok()?.path().join("cmdline")).ok()?;
        Some(String::from_utf8_lossy(&line).replace('\0', " "))
    });
    lines.into_iter().find(|line| line.contains(folder) && !line.contains("llama-orch-demo"))
}

#[test]
fn after_ctrl_c_nothing_runs_on() {
    if !can_build("Ctrl-C") {
        return;
    }
    let folder = TempDir::with_prefix("llama-orch-").unwrap();
    let (mut demo, stderr) = under_way(folder.path());
    send(&demo, Signal::INT);
    let _ = demo.wait().unwrap();
    assert_gone(stderr, folder.path());
}

#[test]
fn after_a_kill_nothing_runs_on() {
    if !can_build("a kill") {
        return;
    }
    let folder = TempDir::with_prefix("llama-orch-").unwrap();
    let (mut demo, stderr) = under_way(folder.path());
    send(&demo, Signal::KILL);
    let _ = demo.wait().unwrap();
    assert_gone(stderr, folder.path());
}
