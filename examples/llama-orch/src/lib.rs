//! Five services, one request: the demo system.
