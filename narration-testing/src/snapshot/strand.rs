//! Which narrations follow each other in one strand of work, and which strand
//! began which.
//!
//! In: events in the order of time. Out: [`Strand`]s. A strand is a span's
//! narrations until it is closed, and what is told in the span afterwards is
//! another one. Where lines have no ids of spans, a capture knows the spans, and
//! the tasks and threads that are strands outside of them; of a log it is what one
//! actor tells of one request. Of tasks and threads that carry a span along a capture
//! knows in any case: each is a strand in that of the span. A strand lies in that of
//! its parent span. Where the parent is told by nobody (the client side of a call,
//! say), it was handed over: it lies in the innermost strand of the same request that
//! was open when it began.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;

use super::seat::{self, Seat};
use crate::event::Event;

/// One strand of work.
#[derive(Clone, Debug)]
pub(crate) struct Strand {
    /// Its narrations, by their places in the story.
    pub(crate) events: Vec<usize>,
    /// The strand it lies in.
    pub(crate) parent: Option<usize>,
    /// Whether a span says what it belongs to.
    pub(crate) has_span: bool,
    /// Whether the lines say which span that is.
    is_traced: bool,
    /// Whether the test says that it runs beside everything else.
    pub(crate) is_beside: bool,
    /// Whether it is a task or thread of its own, which nothing connects with others in time.
    pub(crate) is_apart: bool,
    /// Whether it told how it ended.
    is_closed: bool,
    /// The request, where there is one.
    pub(crate) request: Option<String>,
    /// The first and the last moment; what lies in it counts.
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
    /// The span it is of, and the span above.
    span: Option<String>,
    parent_span: Option<String>,
}

/// The strands of a story, and those no other one lies around.
pub(crate) fn strands(events: &[Event], beside: &BTreeSet<(String, String)>) -> Vec<Strand> {
    let mut strands: Vec<Strand> = Vec::new();
    let mut open: HashMap<(Option<&str>, String), usize> = HashMap::new();
    let seats = seat::seats(events);
    for (index, (event, seat)) in events.iter().zip(&seats).enumerate() {
        let is_beside = beside.contains(&(event.actor.clone(), event.action.clone()));
        if is_beside {
            strands.push(Strand::of(index, event, seat, true));
            continue;
        }
        let span = seat.span.as_ref();
        let key = match span {
            Some(span) => format!("span {span}"),
            None => format!("actor {}", event.actor),
        };
        let key = (event.correlation_id(), key);
        match open.get(&key).and_then(|strand| strands.get_mut(*strand)) {
            Some(strand) => {
                strand.events.push(index);
                strand.to = event.timestamp;
                strand.is_closed |= closes(event);
            }
            None => {
                open.insert(key.clone(), strands.len());
                strands.push(Strand::of(index, event, seat, false));
            }
        }
        if span.is_some() && closes(event) {
            open.remove(&key);
        }
    }
    find_parents(&mut strands);
    widen(&mut strands);
    strands
}

impl Strand {
    fn of(index: usize, event: &Event, seat: &Seat, is_beside: bool) -> Self {
        Self {
            events: vec![index],
            parent: None,
            is_closed: closes(event),
            has_span: seat.span.is_some(),
            is_traced: seat.is_traced,
            is_beside,
            is_apart: seat.is_apart,
            request: event.correlation_id().map(str::to_owned),
            from: event.timestamp,
            to: event.timestamp,
            span: seat.span.clone(),
            parent_span: seat.above.clone(),
        }
    }
}

fn find_parents(strands: &mut [Strand]) {
    for index in 0..strands.len() {
        let parent = parent(strands, index);
        // Spans that name each other as parents lie nowhere.
        if parent.is_some_and(|parent| !lies_in(strands, parent, index))
            && let Some(strand) = strands.get_mut(index)
        {
            strand.parent = parent;
        }
    }
}

fn parent(strands: &[Strand], index: usize) -> Option<usize> {
    let strand = strands.get(index)?;
    let others = || strands.iter().enumerate().filter(|(other, _)| *other != index);
    let of_request =
        || others().filter(|(_, other)| other.request == strand.request && other.has_span);
    if strand.is_beside {
        let own = |other: &Strand| other.span == strand.span && !other.is_beside;
        return of_request().find(|(_, other)| own(other)).map(|(other, _)| other);
    }
    // What a span tells after its end stands beside it.
    let same_span = of_request().take_while(|(other, _)| *other < index);
    let mut before = same_span.filter(|(_, other)| other.span == strand.span && !other.is_beside);
    if let Some((_, first)) = before.next() {
        return first.parent;
    }
    let parent_span = strand.parent_span.as_ref()?;
    let named = || of_request().filter(|(_, other)| other.span.as_ref() == Some(parent_span));
    // Of a span that went on after its end, the part that was under way.
    let under_way = named().rfind(|(_, other)| other.from <= strand.from);
    if let Some((other, _)) = under_way.or_else(|| named().next()) {
        return Some(other);
    }
    // A capture knows all of its spans: there nothing was handed over by somebody unknown.
    if !strand.is_traced {
        return None;
    }
    let earlier = || of_request().filter(|(_, other)| other.from < strand.from && !other.is_beside);
    let open = earlier().filter(|(_, other)| other.to >= strand.from);
    let endless = || earlier().filter(|(_, other)| !other.is_closed);
    let innermost = open.max_by_key(|(_, other)| other.from);
    innermost.or_else(|| endless().max_by_key(|(_, other)| other.from)).map(|(other, _)| other)
}

/// Whether a strand is the other one or lies in it.
fn lies_in(strands: &[Strand], mut index: usize, other: usize) -> bool {
    loop {
        if index == other {
            return true;
        }
        match strands.get(index).and_then(|strand| strand.parent) {
            Some(parent) => index = parent,
            None => return false,
        }
    }
}

/// Makes each strand last as long as what lies in it.
fn widen(strands: &mut [Strand]) {
    for index in 0..strands.len() {
        let Some(to) = strands.get(index).map(|strand| strand.to) else { continue };
        let mut above = strands.get(index).and_then(|strand| strand.parent);
        while let Some(strand) = above.and_then(|above| strands.get_mut(above)) {
            strand.to = strand.to.max(to);
            above = strand.parent;
        }
    }
}

/// Whether an event tells how its operation ended.
fn closes(event: &Event) -> bool {
    event.outcome().is_some() && event.field("duration_ms").is_some()
}
