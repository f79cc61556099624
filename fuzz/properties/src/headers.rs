//! What comes in with a message: whatever was sent, the context is sound.
//!
//! In: lines of `key: value`. Out: a context that can be sent on and read again
//! without a loss, and refusals that repeat nothing of what was sent.

use narration_runtime::{
    Carrier, CorrelationId, Extracted, TraceParent, TraceState, Trust, extract,
};

pub(crate) const WORDS: &[&str] = &[
    "x-correlation-id: ",
    "x-request-id: ",
    "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    "tracestate: ",
    "narration-fields: ",
    "foo=1",
    "t@v=x",
    "session_id=",
    "pieces:u=3",
    "weight:f=2.5",
    "%C3%A9",
    ",",
    "-00",
    "ff-",
    "\n",
];

/// Headers as they came.
#[derive(Debug, Default)]
struct Headers(Vec<(String, Vec<u8>)>);

impl Carrier for Headers {
    fn values(&self, key: &str) -> Vec<&[u8]> {
        let of_key = self.0.iter().filter(|(name, _)| name.eq_ignore_ascii_case(key));
        of_key.map(|(_, value)| value.as_slice()).collect()
    }

    fn set(&mut self, key: &str, value: &str) {
        assert!(value.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{key}: {value:?}");
        self.0.push((key.to_owned(), value.as_bytes().to_vec()));
    }

    fn takes_fields(&self) -> bool {
        true
    }
}

pub(crate) fn check(data: &[u8]) {
    let mut headers = Headers::default();
    for line in data.split(|byte| *byte == b'\n') {
        let at = line.iter().position(|byte| *byte == b':').unwrap_or(0);
        let (key, value) = line.split_at(at);
        let value = value.strip_prefix(b":").unwrap_or(value).trim_ascii();
        headers.0.push((String::from_utf8_lossy(key).into_owned(), value.to_vec()));
        alone(value);
    }
    for trust in [Trust::Adopt, Trust::Mint] {
        sent_on(&headers, &extract(&headers, trust), trust);
    }
}

/// What goes on is what came in.
fn sent_on(headers: &Headers, came: &Extracted, trust: Trust) {
    let context = &came.correlation;
    for refused in &came.refused {
        assert!(refused.len <= headers.0.iter().map(|(_, value)| value.len()).sum());
    }
    assert_eq!(
        CorrelationId::from_bytes(context.id().as_str().as_bytes()).as_ref(),
        Ok(context.id())
    );
    assert!(trust == Trust::Mint || context.client_id().is_none());
    let mut sent = Headers::default();
    context.inject(&mut sent);
    let again = extract(&sent, Trust::Adopt);
    assert!(again.refused.is_empty(), "{:?} of {sent:?}", again.refused);
    assert_eq!(again.correlation.id(), context.id());
    assert_eq!(again.correlation.trace_id(), context.trace_id());
    assert_eq!(again.correlation.trace_state(), context.trace_state());
    let mut third = Headers::default();
    again.correlation.inject(&mut third);
    assert_eq!(third.values("narration-fields"), sent.values("narration-fields"));
}

/// Each value as each kind of header.
fn alone(value: &[u8]) {
    if let Ok(parent) = TraceParent::from_bytes(value) {
        assert_eq!(parent.to_string().parse(), Ok(parent));
    }
    if let Ok(state) = TraceState::from_bytes(value) {
        assert_eq!(state.as_str().parse().as_ref(), Ok(&state));
        assert!(state.as_str().is_ascii());
    }
    match CorrelationId::from_bytes(value) {
        Ok(id) => {
            assert_eq!(id.as_str().as_bytes(), value);
            assert!((1..=128).contains(&value.len()) && value[0].is_ascii_alphanumeric());
        }
        Err(invalid) => assert!(!invalid.reason().is_empty()),
    }
}
