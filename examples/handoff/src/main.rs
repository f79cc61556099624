//! A request goes on through a channel and a child process, under one id.
//!
//! In: nothing, or `carry` for the process that carries one parcel. Out: the
//! story of three orders, each with an id of its own on every line:
//! `cargo run -p narration-handoff`.

use std::io;
use std::process::{Command, ExitCode};
use std::sync::mpsc;
use std::thread;

use narration_runtime::{Correlation, InContext as _, Narrated, narrate, narrated, scope};

fn main() -> ExitCode {
    let _narration = narration_runtime::init!();
    if std::env::args().nth(1).as_deref() == Some("carry") {
        // Nobody told this process whose parcel it is: `init!()` found it in the environment.
        narrate!(actor = "courier", action = "carry");
        return ExitCode::SUCCESS;
    }
    let (orders, incoming) = mpsc::channel();
    // The packer was there before any order, and has no context of its own.
    let packer = thread::spawn(move || pack_all(incoming));
    for (order_id, item) in [("order-1", "lamp"), ("order-2", "chair"), ("order-3", "clock")] {
        Correlation::new().span().in_scope(|| {
            let _order = scope!(order_id).entered();
            narrate!("accept", order_id, item);
            // The packer works until all orders are in, so it is there to take this one.
            let _ = orders.send(Narrated::new(item));
        });
    }
    drop(orders);
    if packer.join().is_ok_and(|all_out| all_out) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Packs what comes in, each order in its own context, until no more can come.
fn pack_all(incoming: mpsc::Receiver<Narrated<&'static str>>) -> bool {
    incoming.into_iter().map(|order| order.open(pack)).filter(io::Result::is_err).count() == 0
}

#[narrated(actor = "packer", action = "pack")]
fn pack(item: &str) -> io::Result<()> {
    let courier = Command::new(std::env::current_exe()?).arg("carry").in_context().status()?;
    if courier.success() { Ok(()) } else { Err(io::Error::other(courier.to_string())) }
}
