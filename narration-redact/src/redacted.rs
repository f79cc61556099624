//! A value that can only be shown redacted: any `Display` or `Debug` goes in, masked text comes out.

use std::fmt;

/// Wraps a value so that `Display` and `Debug` show it only after the default rules.
///
/// ```
/// use narration_redact::Redacted;
///
/// let line = "login with password=hunter2-again";
/// assert_eq!(Redacted(line).to_string(), "login with password=[redacted:password]");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Redacted<T>(
    /// The value as it is; reading it takes the responsibility for what becomes of it.
    pub T,
);

impl<T: fmt::Display> fmt::Display for Redacted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&crate::redact(&self.0.to_string()))
    }
}

impl<T: fmt::Debug> fmt::Debug for Redacted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = if f.alternate() { format!("{:#?}", self.0) } else { format!("{:?}", self.0) };
        f.write_str(&crate::redact(&text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    #[allow(dead_code, reason = "read through Debug")]
    struct Login {
        user: &'static str,
        password: Option<&'static str>,
    }

    #[test]
    fn debug_shows_the_structure_without_the_secret() {
        let login = Redacted(Login { user: "joe", password: Some("tr0ub4dor and three") });
        assert_eq!(
            format!("{login:?}"),
            r#"Login { user: "joe", password: Some("[redacted:password]") }"#
        );
        assert!(!format!("{login:#?}").contains("tr0ub4dor"));
    }

    #[test]
    fn display_keeps_width_and_alignment() {
        assert_eq!(format!("{:>6}|", Redacted("ok")), "    ok|");
    }
}
