//! How something ended: in goes the word of whoever tells it, out comes one of four.

/// How something ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Well.
    Ok,
    /// Badly.
    Failed,
    /// Somebody gave it up.
    Cancelled,
    /// By a panic.
    Panicked,
}

impl Outcome {
    /// What another program's word for an outcome means. What is none of these ends nothing:
    /// `started`, for instance.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        const WORDS: [(Outcome, &[&str]); 4] = [
            (Outcome::Ok, &["ok", "success", "succeeded", "successful", "done", "completed"]),
            (Outcome::Failed, &["failed", "failure", "error", "err", "fail", "timeout"]),
            (Outcome::Cancelled, &["cancelled", "canceled", "aborted"]),
            (Outcome::Panicked, &["panicked", "panic"]),
        ];
        let is = |known: &&str| known.eq_ignore_ascii_case(word);
        WORDS.iter().find(|(_, words)| words.iter().any(is)).map(|(usual, _)| *usual)
    }

    /// Our own word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Panicked => "panicked",
        }
    }
}
