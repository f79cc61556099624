//! A service that somebody looks at on a terminal.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::os::fd::AsFd as _;
use std::process::{Command, Stdio};

use llama_orch::api::{Model, Provide};
use llama_orch::peer::Peer;
use llama_orch::system::Hub;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use tempfile::TempDir;

#[tokio::test(flavor = "multi_thread")]
async fn a_download_has_a_bar_and_lines_go_above_it_whole() {
    let (folder, hub) = (TempDir::new().unwrap(), Hub::start().await.unwrap());
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(terminal.as_fd()).unwrap();
    unlockpt(terminal.as_fd()).unwrap();
    let name = ptsname(terminal.as_fd(), Vec::new()).unwrap().into_string().unwrap();
    let stderr = File::options().read(true).write(true).open(name).unwrap();
    let mut service = Command::new(env!("CARGO_BIN_EXE_model-provisioner"));
    service.args(["--with-parent", "--hub", hub.address(), "--folder"]).arg(folder.path());
    for variable in ["NARRATION_FILE", "NARRATION_FORMAT", "NO_COLOR", "RUST_LOG"] {
        service.env_remove(variable);
    }
    service.env("TERM", "xterm").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(stderr);
    let mut running = service.spawn().unwrap();
    // The other side of the terminal is the service's alone: it ends with it.
    drop(service);
    let screen = std::thread::spawn(move || {
        let (mut terminal, mut screen, mut part) = (File::from(terminal), Vec::new(), [0; 4096]);
        while let Ok(read @ 1..) = terminal.read(&mut part) {
            screen.extend_from_slice(&part[..read]);
        }
        String::from_utf8_lossy(&screen).into_owned()
    });
    let mut address = String::new();
    BufReader::new(running.stdout.take().unwrap()).read_line(&mut address).unwrap();
    let provide = Provide { model_ref: "hf:org/tiny".to_owned(), digest: Some(Hub::digest()) };
    let service = Peer::new("model-provisioner", address.trim()).unwrap();
    let _: Model = service.ask("/v1/models", &provide).await.unwrap();
    drop(running.stdin.take());
    assert!(running.wait().unwrap().success());
    let screen = screen.join().unwrap();
    assert!(screen.contains('█'), "no bar in {screen:?}");
    let lines: Vec<_> =
        screen.split("\r\n").filter(|line| line.contains("downloader progress")).collect();
    assert!(!lines.is_empty(), "{screen:?}");
    for line in lines {
        // What stands before the line was wiped away: the last thing before it is an empty row.
        let told = line.rsplit("\u{1b}[2K").next().unwrap();
        assert!(!told.contains('█') && told.contains("524288 bytes"), "{line:?}");
    }
}
