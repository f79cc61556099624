//! What a request says of itself that may be told.
//!
//! In: a request's head. Out: its method and the template of its route. Both
//! come from short lists: what a client may invent never gets into a record.

use std::borrow::Cow;

use http::header::CONTENT_TYPE;
use http::{Extensions, Method, Request, StatusCode};

/// Says the template of a request's route, from what routers leave with it.
pub(super) type RouteOf = dyn Fn(&Extensions) -> Option<String> + Send + Sync;

/// What is told of a request.
pub(super) struct Asked {
    pub(super) method: &'static str,
    pub(super) route: Cow<'static, str>,
    /// Whether it is a gRPC call, whose status stands in the trailers.
    pub(super) grpc: bool,
}

/// The route of a request that no router knew.
const UNMATCHED: &str = "unmatched";

/// A method that no standard knows, as OpenTelemetry's conventions name it.
pub(super) const OTHER: &str = "_OTHER";

/// The most bytes of a gRPC path.
const MOST: usize = 200;

impl Asked {
    pub(super) fn of<B>(request: &Request<B>, route_of: Option<&RouteOf>) -> Self {
        let content = request.headers().get(CONTENT_TYPE).map(|value| value.as_bytes());
        let grpc = content.and_then(|content| content.strip_prefix(b"application/grpc"));
        let grpc = grpc.is_some_and(|rest| matches!(rest.first(), None | Some(b'+' | b';')));
        let extensions = request.extensions();
        let route = route_of
            .and_then(|route_of| route_of(extensions))
            .or_else(|| matched(extensions))
            .or_else(|| call(request.uri().path()).filter(|_| grpc))
            .map_or(Cow::Borrowed(UNMATCHED), Cow::Owned);
        Self { method: standard(request.method()), route, grpc }
    }

    /// Whether a response of this status has no body, whatever its headers
    /// say: a server drops the body then without asking it for anything.
    pub(super) fn has_no_body(&self, status: StatusCode) -> bool {
        self.method == "HEAD"
            || (self.method == "CONNECT" && status.is_success())
            || status.is_informational()
            || matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED)
    }
}

/// The template that axum's router found.
#[cfg(feature = "axum")]
fn matched(extensions: &Extensions) -> Option<String> {
    extensions.get::<axum::extract::MatchedPath>().map(|path| path.as_str().to_owned())
}

#[cfg(not(feature = "axum"))]
fn matched(_: &Extensions) -> Option<String> {
    None
}

/// The path of a gRPC call is its template: `/package.Service/Method`.
fn call(path: &str) -> Option<String> {
    let word = |word: &str, and: &str| {
        !word.is_empty()
            && word.chars().all(|letter| letter.is_ascii_alphanumeric() || and.contains(letter))
    };
    let (service, method) = path.strip_prefix('/')?.split_once('/')?;
    (path.len() <= MOST && word(service, "._") && word(method, "_")).then(|| path.to_owned())
}

/// The method, if a standard knows it.
fn standard(method: &Method) -> &'static str {
    const KNOWN: [&str; 10] =
        ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY"];
    KNOWN.into_iter().find(|known| *known == method.as_str()).unwrap_or(OTHER)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(method: &str, uri: &str, content: &str) -> Asked {
        let request = Request::builder().method(method).uri(uri).header(CONTENT_TYPE, content);
        Asked::of(&request.body(()).expect("a request"), None)
    }

    #[test]
    fn what_a_client_may_invent_is_not_told() {
        let asked = asked("SNOOP", "/users/ada?token=x", "text/plain");
        assert_eq!((asked.method, &*asked.route, asked.grpc), ("_OTHER", "unmatched", false));
    }

    #[test]
    fn the_path_of_a_grpc_call_is_its_template_and_nothing_longer() {
        let route = |uri: &str| asked("POST", uri, "application/grpc+proto").route;
        assert_eq!(route("/parcel.v1.Depot/Find"), "/parcel.v1.Depot/Find");
        assert_eq!(route("/parcel.v1.Depot/Find/ada"), "unmatched");
        assert_eq!(route("/parcel.v1.Depot/"), "unmatched");
        assert_eq!(route(&format!("/depot/{}", "x".repeat(300))), "unmatched");
        assert_eq!(asked("POST", "/a/b", "application/grpc-web").route, "unmatched");
    }

    #[test]
    fn a_router_of_another_kind_can_say_its_template() {
        #[derive(Clone)]
        struct Template(&'static str);
        let request = Request::builder().extension(Template("/users/{id}")).body(()).expect("one");
        let route_of = |extensions: &Extensions| Some(extensions.get::<Template>()?.0.to_owned());
        assert_eq!(Asked::of(&request, Some(&route_of)).route, "/users/{id}");
    }
}
