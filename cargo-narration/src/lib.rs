//! Reads a vocabulary, the sources that use it and the logs they write.
