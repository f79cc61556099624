//! One narration as one line: the writers of four formats and the reader.
