//! A package as cargo packs it, unpacked somewhere else: the snapshot it carries governs it there.

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::Command;

use crate::support::{Crate, VOCABULARY, manifest};

const SOURCE: &str = "pub fn f(pool_id: &str) { narration_runtime::narrate!(actor = \"pool-managerd\", action = \"drain\", pool_id); }\n";

/// Packs the package with cargo. Nothing is built, and no registry is asked: a lock file would have
/// to know where dependencies come from.
fn pack(here: &Crate) -> Vec<u8> {
    let mut cargo = Command::new(option_env!("CARGO").unwrap_or("cargo"));
    cargo.args([
        "package",
        "--offline",
        "--allow-dirty",
        "--no-verify",
        "--quiet",
        "--exclude-lockfile",
    ]);
    cargo.current_dir(here.path("app")).env("CARGO_TARGET_DIR", here.path("target"));
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    fs::read(here.path("target/package/app-0.1.0.crate")).unwrap()
}

/// Unpacks the plain files of a packed tar archive.
fn unpack(packed: &[u8], folder: &Path) {
    let mut archive = Vec::new();
    flate2::read::GzDecoder::new(packed).read_to_end(&mut archive).unwrap();
    let text = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        text.trim_matches(['\0', ' ']).to_owned()
    };
    let mut rest = archive.as_slice();
    while let Some((header, behind)) = rest.split_at_checked(512).filter(|(head, _)| head[0] != 0) {
        let size = usize::from_str_radix(&text(&header[124..136]), 8).unwrap();
        if matches!(header[156], b'0' | 0) {
            let path = folder.join(text(&header[..100]));
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, &behind[..size]).unwrap();
        }
        rest = &behind[size.next_multiple_of(512)..];
    }
}

#[test]
fn a_packed_package_is_governed_by_its_snapshot_wherever_it_is_unpacked() {
    let here = Crate::empty();
    here.write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"app\"]\n");
    here.write("narration.toml", VOCABULARY);
    here.write("app/Cargo.toml", &manifest("app"));
    here.write("app/src/lib.rs", SOURCE);

    let elsewhere = Crate::empty();
    elsewhere.write("narration.toml", "[narration]\nversion = 1\n[actors.strangers.actions.a]\n");
    unpack(&pack(&here), elsewhere.root());
    let run = elsewhere.run_in("app-0.1.0", &["check", "--format", "json"]);
    assert_ne!(run.findings(), [""; 0], "without its snapshot it has no vocabulary");

    assert_eq!(here.run(&["vendor", "--workspace"]).code, 0);
    unpack(&pack(&here), elsewhere.root());
    let run = elsewhere.run_in("app-0.1.0", &["check", "--format", "json"]);
    assert_eq!((run.code, run.findings()), (0, Vec::new()), "{run:?}");

    elsewhere.write("app-0.1.0/src/lib.rs", &SOURCE.replace("\"drain\"", "\"spawn\""));
    let run = elsewhere.run_in("app-0.1.0", &["check"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.out.contains("narration.snapshot.toml:"), "{run:?}");
}
