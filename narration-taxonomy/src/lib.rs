//! The vocabulary of a service: model, parser, lint, discovery.
