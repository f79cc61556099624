//! The page in a real browser: ten thousand steps, most of which try to be more than text.
//!
//! `NARRATION_TEST_BROWSER` names a Chromium that can be driven; `cargo xtask test` sets it. The
//! test adds a script to the page that does what a user would, and puts what it saw into the
//! page's title, where the browser's own interface shows it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::place::Place;

const USER: &str = r##"
const seen = {};
const $ = (id) => document.getElementById(id);
const key = (key) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
const chosen = () => document.querySelector("[aria-selected=true] .h").textContent;
const type = (text) => { $("search").value = text; $("search").dispatchEvent(new Event("input")); };
seen.title = document.title;
seen.rows = document.querySelectorAll(".row").length;
seen.scripts = document.querySelectorAll("script").length;
seen.images = document.querySelectorAll("img").length;
key("j"); key("j"); key("k");
seen.first = chosen();
key("n");
seen.failure = chosen();
key("Enter");
seen.detail = [...document.querySelectorAll("#detail dd")].map((node) => node.textContent);
key("Escape");
seen.closed = $("detail").hidden;
key("End");
seen.last = chosen();
seen.scrolled = $("list").scrollTop > 200000;
seen.still = document.querySelectorAll(".row").length;
type("step 4321");
seen.found = $("count").textContent;
type("");
document.querySelector("#services button").click();
seen.without = $("count").textContent;
$("failures").click();
seen.failures = $("count").textContent;
const before = getComputedStyle(document.body).backgroundColor;
key("t");
seen.turned = getComputedStyle(document.body).backgroundColor !== before;
document.title = "seen " + btoa(unescape(encodeURIComponent(JSON.stringify(seen))));
"##;

/// A browser that goes when the test does.
struct Browser {
    child: Child,
    port: u16,
}

impl Browser {
    fn open(program: &str, profile: &Path, page: &Path) -> Self {
        let mut child = Command::new(program)
            .arg(format!("--user-data-dir={}", profile.display()))
            .args(["--remote-debugging-port=0", "--window-size=1280,800"])
            .arg(format!("file://{}", page.display()))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut lines = lines.map(|line| line.unwrap());
        let line = lines.find(|line| line.contains("DevTools listening on")).unwrap();
        let port = line.split("127.0.0.1:").nth(1).unwrap().split('/').next().unwrap();
        let port = port.parse().unwrap();
        // What else it says must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, port }
    }

    /// The pages it shows, as it lists them.
    fn pages(&self) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.write_all(b"GET /json/list HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").unwrap();
        let mut answer = BufReader::new(stream);
        let (mut line, mut length) = (String::new(), 0);
        while answer.read_line(&mut line).unwrap() > 2 {
            if let Some(bytes) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = bytes.trim().parse().unwrap();
            }
            line.clear();
        }
        let mut pages = vec![0; length];
        answer.read_exact(&mut pages).unwrap();
        String::from_utf8(pages).unwrap()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn ten_thousand_steps_are_read_by_keys_and_nothing_of_them_runs() {
    let Ok(program) = std::env::var("NARRATION_TEST_BROWSER") else {
        println!("skipped: NARRATION_TEST_BROWSER names no browser; `cargo xtask test` gets one");
        return;
    };
    let place = Place::new();
    let evil = "</script><script>document.title='run'</script><img src=x onerror=\\\"document.title='run'\\\">";
    let lines: Vec<String> = (0..10_000)
        .map(|at| {
            let actor = ["orchestratord", "pool-managerd"][at % 2];
            let failed = if at % 1000 == 7 { r#","outcome":"failed""# } else { "" };
            format!(
                r#"{{"timestamp":"2026-11-21T18:34:{:02}.{:06}Z","level":"info","actor":"{actor}","action":"step","human":"Step {at} {evil}","correlation_id":"req-xyz","note":"{evil}"{failed}}}"#,
                at / 1000,
                at % 1000
            )
        })
        .collect();
    place.log("long.log", &lines.iter().map(String::as_str).collect::<Vec<_>>());
    let page = place.run(&["story", "req-xyz", "long.log", "--format", "html"]).out;
    let page = page.replacen("script-src ", "script-src 'nonce-user' ", 1);
    let user = format!("<script nonce=\"user\">{USER}</script></body>");
    let page = place.bytes("page.html", page.replace("</body>", &user).as_bytes());
    let browser = Browser::open(&program, &place.path().join("profile"), &page);
    let seen = loop {
        let pages = browser.pages();
        if let Some(seen) = pages.split("\"seen ").nth(1) {
            break seen.split('"').next().unwrap().to_owned();
        }
        std::thread::yield_now();
    };
    let seen: serde_json::Value = serde_json::from_slice(&from_base64(&seen)).unwrap();
    let evil = evil.replace('\\', "");
    assert_eq!(seen["title"], "req-xyz · story");
    assert_eq!((&seen["scripts"], &seen["images"]), (&3.into(), &0.into()));
    assert!(seen["rows"].as_u64().unwrap() < 100 && seen["still"].as_u64().unwrap() < 100);
    assert_eq!(seen["first"], format!("Step 0 {evil}"));
    assert_eq!(seen["failure"], format!("Step 7 {evil}"));
    assert!(seen["detail"].as_array().unwrap().contains(&evil.clone().into()));
    assert_eq!(seen["closed"], true);
    assert_eq!(seen["last"], format!("Step 9999 {evil}"));
    assert_eq!(seen["scrolled"], true);
    assert_eq!(seen["found"], "1 of 10000 steps");
    assert_eq!(seen["without"], "5000 of 10000 steps");
    assert_eq!(seen["failures"], "10 of 10000 steps");
    assert_eq!(seen["turned"], true);
}

/// What the browser wrote without a character that JSON or HTML would escape.
fn from_base64(text: &str) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0_u32, 0);
    for digit in text.bytes().filter_map(|byte| DIGITS.iter().position(|known| *known == byte)) {
        bits = bits << 6 | digit as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    bytes
}
