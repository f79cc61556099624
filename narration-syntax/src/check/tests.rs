//! Every rule, with the exact words it underlines.

mod calls;
mod fns;
mod messages;
mod resolved;
