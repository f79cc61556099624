//! A streamed answer, line by line.
//!
//! In: a response. Out: its lines as they come. A line has its bound: nobody
//! can make a service hold more.

use bytes::{Bytes, BytesMut};
use reqwest::Response;

/// The longest line, in bytes; what is longer is cut into several.
const LONGEST: usize = 64 * 1024;

/// The lines of a response.
pub struct Lines {
    response: Response,
    pending: BytesMut,
}

impl Lines {
    /// The lines of this response.
    #[must_use]
    pub fn new(response: Response) -> Self {
        Self { response, pending: BytesMut::new() }
    }

    /// The next line, without its end; nothing when there are no more.
    ///
    /// # Errors
    ///
    /// The connection broke.
    pub async fn next(&mut self) -> Result<Option<Bytes>, reqwest::Error> {
        loop {
            if let Some(end) = self.pending.iter().position(|byte| *byte == b'\n') {
                let mut line = self.pending.split_to(end + 1);
                line.truncate(end);
                return Ok(Some(line.freeze()));
            }
            if self.pending.len() > LONGEST {
                return Ok(Some(self.pending.split().freeze()));
            }
            match self.response.chunk().await? {
                Some(chunk) => self.pending.extend_from_slice(&chunk),
                None if self.pending.is_empty() => return Ok(None),
                None => return Ok(Some(self.pending.split().freeze())),
            }
        }
    }
}
