//! From pairs to a record: in go the keys and values of a line, whatever its format; out comes
//! the record, or what is missing, doubled or of the wrong kind.

use std::collections::HashSet;

use jiff::Timestamp;

use super::{ReadError, Record, Value};

pub(super) fn record(pairs: Vec<(String, Value)>) -> Result<Record, ReadError> {
    refuse_duplicates(&pairs)?;
    let mut head = Head::default();
    let mut fields = Vec::with_capacity(pairs.len());
    for (key, value) in pairs {
        match head.slot(&key) {
            Some((key, slot)) => *slot = Some(string(key, value)?),
            None => fields.push((key, value)),
        }
    }
    head.finish(fields)
}

fn refuse_duplicates(pairs: &[(String, Value)]) -> Result<(), ReadError> {
    let mut seen = HashSet::with_capacity(pairs.len());
    match pairs.iter().find(|(key, _)| !seen.insert(key)) {
        Some((key, _)) => Err(ReadError::DuplicateKey { key: key.clone() }),
        None => Ok(()),
    }
}

fn string(key: &'static str, value: Value) -> Result<String, ReadError> {
    match value {
        Value::Str(text) => Ok(text),
        other => Err(ReadError::NotAString { key, found: other.kind() }),
    }
}

/// The keys that open a record, as far as the line has them.
#[derive(Default)]
struct Head {
    timestamp: Option<String>,
    level: Option<String>,
    actor: Option<String>,
    action: Option<String>,
    target: Option<String>,
    human: Option<String>,
}

impl Head {
    fn slot(&mut self, key: &str) -> Option<(&'static str, &mut Option<String>)> {
        match key {
            "timestamp" => Some(("timestamp", &mut self.timestamp)),
            "level" => Some(("level", &mut self.level)),
            "actor" => Some(("actor", &mut self.actor)),
            "action" => Some(("action", &mut self.action)),
            "target" => Some(("target", &mut self.target)),
            "human" => Some(("human", &mut self.human)),
            _ => None,
        }
    }

    /// Takes the record together; everything that is missing is named at once.
    fn finish(self, fields: Vec<(String, Value)>) -> Result<Record, ReadError> {
        match self {
            Self {
                timestamp: Some(timestamp),
                level: Some(level),
                actor: Some(actor),
                action: Some(action),
                target,
                human: Some(human),
            } => {
                let timestamp = timestamp.parse::<Timestamp>().map_err(|error| {
                    ReadError::Timestamp { reason: format!("{timestamp:?} ({error})") }
                })?;
                let level = level.parse().map_err(ReadError::Level)?;
                Ok(Record { timestamp, level, actor, action, target, human, fields })
            }
            missing => Err(ReadError::MissingKeys { keys: missing.absent() }),
        }
    }

    fn absent(&self) -> Vec<&'static str> {
        [
            ("timestamp", &self.timestamp),
            ("level", &self.level),
            ("actor", &self.actor),
            ("action", &self.action),
            ("human", &self.human),
        ]
        .into_iter()
        .filter(|(_, value)| value.is_none())
        .map(|(key, _)| key)
        .collect()
    }
}
