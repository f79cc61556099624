//! Services narrate what they do: checked, redacted, structured.
