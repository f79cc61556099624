//! One case, so and so often: what an instruction counter runs.
//!
//! In: `narration-bench <case> <times>`. Out: nothing but the work; without
//! arguments, or with a name no case has, the names.

use std::env::args;
use std::io::{self, Write as _};
use std::process::ExitCode;

use narration_bench::{ALL, Case};

fn main() -> ExitCode {
    let (name, times) = (args().nth(1), args().nth(2));
    let case = name.as_deref().and_then(Case::named);
    let times = times.and_then(|times| times.parse().ok());
    let (Some(case), Some(times)) = (case, times) else {
        for case in ALL {
            let _ = writeln!(io::stdout(), "{}", case.name);
        }
        return ExitCode::from(2);
    };
    case.repeat(times);
    ExitCode::SUCCESS
}
