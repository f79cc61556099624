//! The demo's features: every scenario runs the five services and reads their story.
//!
//! In: features under `tests/scenarios/features`; words behind `--` choose scenarios by name.
//! Out: cucumber's report, and failure where a scenario failed. Cucumber is the harness here:
//! several scenarios run at a time, each with a story of its own.

#![cfg_attr(
    unix,
    allow(
        clippy::print_stderr,
        clippy::print_stdout,
        clippy::unwrap_used,
        reason = "a test may stop at the first surprise"
    )
)]

#[cfg(unix)]
mod steps;
#[cfg(unix)]
mod world;

#[cfg(unix)]
use cucumber::World as _;
#[cfg(unix)]
use narration_testing::cucumber::Narrated as _;

/// What this program is called where tests are listed.
#[cfg(unix)]
const NAME: &str = "scenarios";

/// Scenarios with this tag need git and a C compiler.
#[cfg(unix)]
const BUILDS: &str = "builds";

#[cfg(not(unix))]
fn main() {}

#[cfg(unix)]
#[tokio::main]
async fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| words.iter().any(|word| word == flag);
    // A runner that starts each test by itself, such as nextest, asks first what there is.
    if has("--list") {
        if !has("--ignored") {
            println!("{NAME}: test");
        }
        return;
    }
    let chosen: Vec<String> =
        words.into_iter().filter(|word| !word.starts_with('-') && word != NAME).collect();
    let builds = world::can_build();
    if !builds {
        eprintln!("scenarios tagged @{BUILDS} are left out: git or cc is not on the PATH");
    }
    world::World::cucumber()
        .narrated()
        .fail_on_skipped()
        .max_concurrent_scenarios(3)
        .with_default_cli()
        .filter_run_and_exit("tests/scenarios/features", move |_, _, scenario| {
            let is_chosen = |word: &String| scenario.name.contains(word.as_str());
            (builds || !scenario.tags.iter().any(|tag| tag == BUILDS))
                && (chosen.is_empty() || chosen.iter().any(is_chosen))
        })
        .await;
}
