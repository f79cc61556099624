//! The one place that prints.
//!
//! In: a report or a fault. Out: bytes on the standard streams, and how the
//! program ends. Whether colours are shown is `anstream`'s to say: it knows
//! terminals, `NO_COLOR`, `CLICOLOR_FORCE` and what the user chose.

use std::io::{self, BufWriter, ErrorKind, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Effects, Style};

use crate::exit::Exit;
use crate::fault::Fault;
use crate::report::{Body, Report};

const ERROR: Style = AnsiColor::Red.on_default().effects(Effects::BOLD);
const HELP: Style = AnsiColor::Cyan.on_default().effects(Effects::BOLD);

/// Follows the user's own choice from here on.
pub(crate) fn choose_colour(choice: ColorChoice) {
    choice.write_global();
}

/// Prints a report; answers how the command ends.
pub(crate) fn report(report: Report) -> Exit {
    let Report { body, mut notes } = report;
    let mut out = BufWriter::new(AutoStream::auto(io::stdout()).lock());
    let (written, end) = match body {
        Body::Text(text, end) => (out.write_all(text.as_bytes()), end),
        Body::Stream(write) => match write(&mut out, &mut notes) {
            Ok(end) => (Ok(()), end),
            Err(error) => (Err(error), Exit::Fine),
        },
    };
    let written = written.and_then(|()| out.flush());
    let mut err = AutoStream::auto(io::stderr()).lock();
    for note in notes {
        // A standard error that is closed leaves nowhere to say so.
        let _ = writeln!(err, "{note}");
    }
    match written {
        Ok(()) => end,
        // Who reads has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => end,
        Err(error) => {
            let message = format!("the result cannot be written: {error}");
            fault(&Fault::new(Exit::Unwritable, message))
        }
    }
}

/// Prints why a command could not do its work.
pub(crate) fn fault(fault: &Fault) -> Exit {
    let mut err = AutoStream::auto(io::stderr()).lock();
    let _ = writeln!(err, "{ERROR}error{ERROR:#}: {}", fault.message);
    if let Some(help) = &fault.help {
        let _ = writeln!(err, "  {HELP}help{HELP:#}: {help}");
    }
    fault.exit
}

/// Prints what the command line was refused for; or what it asked for, when
/// that was help.
pub(crate) fn refusal(refusal: &clap::Error) -> Exit {
    let text = refusal.render();
    if refusal.use_stderr() {
        let _ = write!(AutoStream::auto(io::stderr()), "{}", text.ansi());
        return Exit::Usage;
    }
    report(Report::text(text.ansi().to_string()))
}
