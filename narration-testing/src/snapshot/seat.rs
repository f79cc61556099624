//! Where each narration of a story was told.
//!
//! In: events in the order of time. Out: for each the span it belongs to and the one above: as its
//! line says, else as the capture knows. Where other tasks or threads carry a span along, each of
//! them is a strand of its own, whether a trace puts the span's id into the lines or not: what they
//! tell has no order among themselves.

use std::collections::HashMap;

use narration_record::Value;

use crate::event::Event;
use crate::strand::Strand;

/// Where a narration was told.
#[derive(Clone, Debug)]
pub(crate) struct Seat {
    /// The span it belongs to.
    pub(crate) span: Option<String>,
    /// The span above.
    pub(crate) above: Option<String>,
    /// Whether the line says which span that is.
    pub(crate) is_traced: bool,
    /// Whether it is told by a task or thread other than that of its span, or outside of all.
    pub(crate) is_apart: bool,
}

/// Finds the seats of a story's events.
pub(crate) fn seats(events: &[Event]) -> Vec<Seat> {
    // Who was first to tell something in a span is at home there.
    let mut homes: HashMap<&str, Strand> = HashMap::new();
    let mut seats = Vec::with_capacity(events.len());
    for event in events {
        let own = event.strands().map(|strands| strands.own);
        seats.push(match (text(event, "span_id"), own) {
            (Some(span), Some(own)) => {
                let home = *homes.entry(span).or_insert(own);
                traced(event, span, (own != home).then_some(own))
            }
            (Some(span), None) => traced(event, span, None),
            (None, _) => untraced(event),
        });
    }
    seats
}

/// A seat in a span that the line names; `guest` is who else is there.
fn traced(event: &Event, span: &str, guest: Option<Strand>) -> Seat {
    let is_traced = true;
    match guest {
        Some(guest) => Seat {
            span: Some(format!("{span} {guest:?}")),
            above: Some(span.to_owned()),
            is_traced,
            is_apart: true,
        },
        None => Seat {
            span: Some(span.to_owned()),
            above: text(event, "parent_span_id").map(str::to_owned),
            is_traced,
            is_apart: false,
        },
    }
}

/// A seat that the capture alone knows, if anybody does.
fn untraced(event: &Event) -> Seat {
    let strands = event.strands();
    let around = strands.and_then(|strands| strands.around);
    Seat {
        span: strands.map(|strands| format!("{:?}", strands.own)),
        above: around.map(|around| format!("{around:?}")),
        is_traced: false,
        is_apart: strands
            .is_some_and(|strands| matches!(strands.own, Strand::Inside(..) | Strand::Place(_))),
    }
}

fn text<'e>(event: &'e Event, name: &str) -> Option<&'e str> {
    event.field(name).and_then(Value::as_str)
}
