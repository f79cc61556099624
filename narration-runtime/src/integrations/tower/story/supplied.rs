//! What a request knows of itself, under the names vocabularies have for it.
//!
//! In: an action's whitelist. Out: which of its fields the layer fills, and the
//! value of each.

use std::borrow::Cow;

use crate::FieldValue;
use crate::taxonomy::{Action, Field, Table, Type};

use super::grpc;

/// One thing that is known of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fact {
    /// The method, one of the standard's or `_OTHER`.
    Method,
    /// The template of the route, never the path itself.
    Route,
    /// The status of the response.
    Status,
    /// The status of a gRPC call.
    GrpcStatus,
}

/// The names a fact goes by: short ones, and those of OpenTelemetry's conventions.
const NAMES: &[(&str, Fact)] = &[
    ("method", Fact::Method),
    ("http_method", Fact::Method),
    ("http_request_method", Fact::Method),
    ("route", Fact::Route),
    ("http_route", Fact::Route),
    ("status", Fact::Status),
    ("status_code", Fact::Status),
    ("http_status", Fact::Status),
    ("http_status_code", Fact::Status),
    ("http_response_status_code", Fact::Status),
    ("grpc_status", Fact::GrpcStatus),
    ("rpc_grpc_status_code", Fact::GrpcStatus),
];

/// What is known of one request at one time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts<'r> {
    pub(super) method: &'static str,
    pub(super) route: &'r str,
    pub(super) status: Option<u16>,
    pub(super) grpc_status: Option<u32>,
}

/// A field that the layer fills.
pub(super) struct Supplied {
    pub(super) field: &'static Field,
    fact: Fact,
}

/// The fields of an action that the layer fills.
pub(super) fn supplied(table: &'static Table, action: &'static Action) -> Vec<Supplied> {
    let known = |name: &str| NAMES.iter().find(|(known, _)| *known == name).map(|(_, fact)| *fact);
    let listed = action.fields.iter().filter_map(|listed| {
        let fact = known(listed.name)?;
        Some(Supplied { field: table.field(listed.name)?, fact })
    });
    listed.collect()
}

impl Supplied {
    /// The value for this request; nothing where it is not known. A field that
    /// is text gets a status as text, and a gRPC status by its name.
    pub(super) fn value<'r>(&self, facts: &Facts<'r>) -> Option<FieldValue<'r>> {
        let text = matches!(self.field.ty, Type::String | Type::Enum(_));
        let value = match self.fact {
            Fact::Method => FieldValue::from(facts.method),
            Fact::Route => FieldValue::from(facts.route),
            Fact::Status if text => FieldValue::from(facts.status?.to_string()),
            Fact::Status => FieldValue::from(facts.status?),
            Fact::GrpcStatus if text => {
                FieldValue::Str(Cow::Borrowed(grpc::name(facts.grpc_status?)))
            }
            Fact::GrpcStatus => FieldValue::from(facts.grpc_status?),
        };
        Some(value)
    }
}
