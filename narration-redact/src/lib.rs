//! The detector: finds secrets in free text and takes them out.
