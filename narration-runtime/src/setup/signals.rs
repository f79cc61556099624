//! Signals of a system that ends or rotates.
//!
//! In: `SIGTERM`, `SIGINT`, `SIGHUP`. Out: a process that ends as it would have,
//! with everything written; a file that is opened anew.

use std::io;
use std::thread;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::guard::Guard;

impl Guard {
    /// Writes everything before `SIGTERM` and `SIGINT` end the process, as they do
    /// without this; opens the file anew at `SIGHUP`, for those who rotate by it.
    ///
    /// For services that do nothing about these signals themselves: one that shuts
    /// down in its own time drops its guard then, and needs nothing else.
    ///
    /// # Errors
    ///
    /// Why the system refused to hand the signals over.
    pub fn handle_signals(&self) -> io::Result<()> {
        let mut signals = Signals::new([SIGHUP, SIGINT, SIGTERM])?;
        let sink = self.sink().clone();
        let thread = thread::Builder::new().name("narration-signals".to_owned());
        let handle = move || {
            for signal in signals.forever() {
                if signal == SIGHUP {
                    sink.reopen();
                } else {
                    let _ = sink.close();
                    let _ = emulate_default_handler(signal);
                }
            }
        };
        thread.spawn(handle).map(drop)
    }
}
