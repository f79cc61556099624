//! The confirmers: a clue and its place go in, a secret comes out if it really is one.
//!
//! One file for each way in which a secret gives itself away; this one only sends a clue to the
//! right one.

mod change;
mod client;
mod code;
mod columns;
mod command;
mod cookie;
mod dsn;
mod foreign;
mod joint;
mod jwk;
mod keyed;
mod named;
mod opened;
mod operator;
mod pair;
mod pem;
mod piped;
mod placeholder;
mod plain;
mod prose;
pub(crate) mod scheme;
pub(crate) mod shapes;
mod short_flag;
pub(crate) mod site;
pub(crate) mod token;
pub(crate) mod url;
mod value;
mod vendor;
mod verdict;
mod windows;

use crate::{
    anchors::Clue,
    bytes::{self, Set},
    scan::Found,
};

/// What one pass remembers, so that nothing is looked at twice.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    /// Everything before this place is settled.
    pub(crate) done: usize,
    /// The end of the last run of name bytes; anchors in it share its verdict.
    pub(crate) name_end: usize,
    /// The end of the last run of token bytes that was no token.
    pub(crate) token_end: usize,
    /// The end of the last object that was looked through for a private key.
    object_end: usize,
    /// A secret that stands behind the one that was found last, under the same name.
    pub(crate) next: Option<Found>,
    /// Whether the secret that was found last was changed to something.
    pub(crate) changed: bool,
    /// The last `@` that was looked for: the place it was looked for from, and where it is.
    pub(crate) next_at: Option<(usize, usize)>,
    /// The last long run that was walked: of which bytes, from where, and to where.
    run: (Set, usize, usize),
}

impl Memory {
    /// The end of the longest run of a set's bytes that starts at a place, walked once for all the
    /// places in it.
    fn run_end(&mut self, text: &[u8], start: usize, set: Set) -> usize {
        let (known, from, end) = self.run;
        if known == set && (from..=end).contains(&start) {
            return end;
        }
        let end = bytes::run_end(text, start, set);
        self.run = (set, start, end);
        end
    }
}

/// The secret that a clue gives away, if there is one.
#[inline]
pub(crate) fn confirm(text: &[u8], clue: Clue, start: usize, memory: &mut Memory) -> Option<Found> {
    match clue {
        Clue::Provider(row) => token::provider(text, start, row, memory),
        Clue::Jwt => token::jwt(text, start, memory),
        Clue::Shaped(shape) => token::shaped(text, start, shape, memory),
        Clue::Name => keyed::name(text, start, memory),
        Clue::Bearer => {
            scheme::bearer(text, start, memory).or_else(|| keyed::name(text, start, memory))
        }
        Clue::Basic => scheme::basic(text, start, memory),
        Clue::UserFlag => command::user_flag(text, start, memory),
        Clue::ShortFlag => short_flag::password(text, start, memory),
        Clue::Foreign => foreign::password(text, start, memory),
        Clue::Sudo => piped::to_flag(text, start, memory.done),
        Clue::NetUse => windows::net_password(text, start, memory.done),
        Clue::Dsn => dsn::password(text, start, memory),
        Clue::Client => client::password(text, start, memory),
        Clue::Url => url::password(text, start, memory),
        Clue::Query => url::parameter(text, start),
        Clue::Pem => pem::private_key(text, start),
        Clue::Jwk => jwk::private_numbers(text, start, memory),
        Clue::Putty => pem::putty_lines(text, start),
    }
}
