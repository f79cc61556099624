//! HTTP headers as a carrier of the context.
//!
//! In: a map of headers. Out: what `inject` and `extract` read and write.

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::Carrier;

impl Carrier for HeaderMap {
    fn values(&self, key: &str) -> Vec<&[u8]> {
        self.get_all(key).iter().map(HeaderValue::as_bytes).collect()
    }

    fn set(&mut self, key: &str, value: &str) {
        // What `inject` sets is legal; anything else is nothing a header could carry.
        if let (Ok(name), Ok(value)) =
            (HeaderName::from_bytes(key.as_bytes()), HeaderValue::from_str(value))
        {
            self.insert(name, value);
        }
    }
}
