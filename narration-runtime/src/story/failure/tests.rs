use std::fmt;

use super::*;

#[derive(Debug)]
enum Fetch {
    Refused(io::Error),
    Late { seconds: u64 },
}

impl Display for Fetch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(_) => f.write_str("the mirror refused"),
            Self::Late { seconds } => write!(f, "no answer in {seconds} s"),
        }
    }
}

impl Error for Fetch {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Refused(source) => Some(source),
            Self::Late { .. } => None,
        }
    }
}

/// The call a macro makes.
macro_rules! described {
    ($error:expr) => {{
        let Failure { error, kind } = (&&&&&&&&Cause(&$error)).describe();
        (error, kind)
    }};
}

fn told(error: &str, kind: &str) -> (String, String) {
    (error.to_owned(), kind.to_owned())
}

#[test]
fn an_enum_tells_its_variant_and_its_sources() {
    let refused = Fetch::Refused(io::Error::other("certificate expired"));
    assert_eq!(
        described!(refused),
        told("the mirror refused: certificate expired", "Fetch::Refused")
    );
    assert_eq!(described!(Fetch::Late { seconds: 3 }), told("no answer in 3 s", "Fetch::Late"));
}

#[test]
fn an_error_of_the_system_tells_its_kind_through_any_box() {
    let missing = || io::Error::new(io::ErrorKind::NotFound, "no such model");
    let expected = told("no such model", "io::NotFound");
    assert_eq!(described!(missing()), expected);
    let boxed: Box<dyn Error> = Box::new(missing());
    assert_eq!(described!(boxed), expected);
    let shared: Box<dyn Error + Send + Sync> = Box::new(missing());
    assert_eq!(described!(shared), expected);
}

#[test]
fn a_box_without_a_type_to_name_is_an_error() {
    let boxed: Box<dyn Error + Send + Sync> = "no route to host".into();
    assert_eq!(described!(boxed), told("no route to host", "Error"));
    let boxed: Box<dyn Error> = Box::new(Fetch::Late { seconds: 3 });
    assert_eq!(described!(boxed), told("no answer in 3 s", "Late"));
}

#[test]
fn words_and_what_has_none() {
    assert_eq!(described!(String::from("broken")), told("broken", "String"));
    assert_eq!(described!("broken"), told("broken", "str"));
    #[derive(Debug)]
    struct Code(u8);
    let code = Code(7);
    assert_eq!(described!(code), told(&format!("Code({})", code.0), "Code"));
    struct Mute;
    assert_eq!(described!(Mute), told("Mute", "Mute"));
}

#[test]
fn a_generic_error_is_described_by_its_bound() {
    fn of<E: Display>(error: &E) -> (String, String) {
        described!(*error)
    }
    assert_eq!(of(&7), told("7", "i32"));
}

#[test]
fn a_source_that_is_in_the_text_already_is_not_said_twice() {
    #[derive(Debug)]
    struct Outer(Fetch);
    impl Display for Outer {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "giving up: {}", self.0)
        }
    }
    impl Error for Outer {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(&self.0)
        }
    }
    let outer = Outer(Fetch::Late { seconds: 3 });
    assert_eq!(described!(outer), told("giving up: no answer in 3 s", "Outer"));
}

#[test]
fn a_kind_is_one_word() {
    let failure = Failure { error: String::new(), kind: String::new() };
    assert_eq!(failure.of_kind(io::ErrorKind::NotFound).kind, "entity-not-found");
}

#[test]
fn only_an_err_is_a_failure() {
    assert!(Returned(&Err::<(), _>("x")).failure().is_some());
    assert!(Returned(&Ok::<_, &str>(1)).failure().is_none());
    assert!(Returned(&Some(1)).failure().is_none());
}
