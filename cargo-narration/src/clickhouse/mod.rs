//! Narrations that went over OTLP into ClickHouse: in go an address and what is asked, out come
//! the same logs, requests and stories that files give.
//!
//! `address` reads what was typed, `client` asks over HTTP, `answer` reads rows line by line,
//! `refusal` says why there are none. `query` binds values, `columns` knows what the Collector's
//! tables of every age have, `table` what a story needs of one, `story` and `requests` ask the
//! questions, by way of what an id leads to (`related`); `rows` keeps what a story needs, `coming`
//! asks for what was added to it.

mod address;
mod answer;
mod client;
mod columns;
mod coming;
mod query;
mod refusal;
mod related;
mod requests;
mod rows;
mod story;
mod table;

pub(crate) use address::{Address, Credentials};
pub(crate) use coming::Coming;
pub(crate) use refusal::Refusal;
pub(crate) use requests::{Kind, requests};
pub(crate) use story::{Question, around, of_ids, of_story, recent};
pub(crate) use table::Table;
