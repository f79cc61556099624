//! What went wrong, in words and in one stable word, for every kind of error.

use std::error::Error;
use std::fmt::{self, Debug, Display};
use std::io;

use narration_record::Record;
use narration_runtime::narrated;
use narration_tests::harmless::assert_harmless;
use narration_tests::told;

/// An error as services write them.
#[derive(Debug)]
enum DepotError {
    Timeout,
    NoBelt { parcel: u32 },
    Io(io::Error),
}

impl Display for DepotError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Timeout => f.write_str("timed out"),
            Self::NoBelt { parcel } => write!(f, "no belt for {parcel}"),
            Self::Io(_) => f.write_str("the label cannot be read"),
        }
    }
}

impl Error for DepotError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            _ => None,
        }
    }
}

impl DepotError {
    fn kind(&self) -> &'static str {
        "depot fault"
    }
}

#[narrated(actor = "sorter", action = "weigh")]
fn fail<E>(error: E) -> Result<(), E> {
    Err(error)
}

/// The narration of a failure.
fn failure(fail: impl FnOnce()) -> Record {
    let told = told(fail);
    assert_eq!(told.plot(), ["weigh", "weigh failed"]);
    assert_harmless(&told, 2);
    told.records().remove(1)
}

/// Makes a narrated fn that fails with this type and answers `error` and `error_kind`.
macro_rules! told_of {
    ($ty:ty, $error:expr) => {{
        #[narrated(actor = "sorter", action = "weigh")]
        fn fails() -> Result<(), $ty> {
            Err($error)
        }
        words(&failure(|| _ = fails()))
    }};
}

fn words(record: &Record) -> (String, String) {
    let word =
        |name| record.field(name).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
    (word("error"), word("error_kind"))
}

fn both(error: &str, kind: &str) -> (String, String) {
    (error.to_owned(), kind.to_owned())
}

#[test]
fn an_enum_is_told_by_type_and_variant() {
    assert_eq!(told_of!(DepotError, DepotError::Timeout), both("timed out", "DepotError::Timeout"));
    assert_eq!(
        told_of!(DepotError, DepotError::NoBelt { parcel: 7 }),
        both("no belt for 7", "DepotError::NoBelt")
    );
}

#[test]
fn a_struct_is_told_by_its_type() {
    let (error, kind) = told_of!(std::num::ParseIntError, "x".parse::<u8>().unwrap_err());
    assert_eq!((error.as_str(), kind.as_str()), ("invalid digit found in string", "ParseIntError"));
    assert_eq!(told_of!(fmt::Error, fmt::Error).1, "Error");
}

#[test]
fn sources_are_told_behind_the_error_and_once() {
    let missing = || io::Error::new(io::ErrorKind::NotFound, "no such label");
    assert_eq!(
        told_of!(
            DepotError,
            DepotError::Io(io::Error::new(io::ErrorKind::NotFound, "no such label"))
        ),
        both("the label cannot be read: no such label", "DepotError::Io")
    );
    // Some errors repeat their source in their own text.
    #[derive(Debug)]
    struct Wordy(io::Error);
    impl Display for Wordy {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "reading failed: {}", self.0)
        }
    }
    impl Error for Wordy {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(&self.0)
        }
    }
    let record = failure(|| drop(fail_wordy(Wordy(missing()))));
    #[narrated(actor = "sorter", action = "weigh")]
    fn fail_wordy(error: Wordy) -> Result<(), Wordy> {
        Err(error)
    }
    assert_eq!(words(&record), both("reading failed: no such label", "Wordy"));
}

#[test]
fn errors_of_the_system_are_told_by_their_kind() {
    let (error, kind) = told_of!(io::Error, std::fs::read("/does/not/exist").unwrap_err());
    assert!(error.contains("No such file"), "{error}");
    assert_eq!(kind, "io::NotFound");
    assert_eq!(
        told_of!(io::Error, io::ErrorKind::PermissionDenied.into()).1,
        "io::PermissionDenied"
    );
}

#[test]
fn boxed_errors_are_told_by_what_is_in_the_box() {
    assert_eq!(
        told_of!(Box<DepotError>, Box::new(DepotError::Timeout)),
        both("timed out", "DepotError::Timeout")
    );
    assert_eq!(
        told_of!(std::sync::Arc<DepotError>, std::sync::Arc::new(DepotError::Timeout)).1,
        "DepotError::Timeout"
    );
    assert_eq!(
        told_of!(Box<dyn Error>, Box::new(DepotError::Timeout)),
        both("timed out", "Timeout")
    );
    assert_eq!(
        told_of!(Box<dyn Error + Send + Sync>, DepotError::Timeout.into()),
        both("timed out", "Timeout")
    );
    assert_eq!(told_of!(Box<dyn Error>, "no route".into()), both("no route", "Error"));
    assert_eq!(
        told_of!(Box<dyn Error>, std::fs::read("/does/not/exist").unwrap_err().into()).1,
        "io::NotFound"
    );
    let erased: Box<dyn Error + Send + Sync> = std::fs::read("/does/not/exist").unwrap_err().into();
    #[narrated(actor = "sorter", action = "weigh")]
    fn fails(error: Box<dyn Error + Send + Sync>) -> Result<(), Box<dyn Error + Send + Sync>> {
        Err(error)
    }
    assert_eq!(words(&failure(|| drop(fails(erased)))).1, "io::NotFound");
}

#[test]
fn anyhow_errors_are_told_with_their_context() {
    assert_eq!(told_of!(anyhow::Error, anyhow::anyhow!("no route")), both("no route", "Error"));
    assert_eq!(told_of!(anyhow::Error, DepotError::Timeout.into()), both("timed out", "Timeout"));
    let (error, kind) = told_of!(
        anyhow::Error,
        anyhow::Error::from(io::Error::from(io::ErrorKind::NotFound)).context("reading the label")
    );
    assert_eq!((error.as_str(), kind.as_str()), ("reading the label: entity not found", "Error"));
    assert_eq!(
        told_of!(anyhow::Error, io::Error::from(io::ErrorKind::NotFound).into()).1,
        "io::NotFound"
    );
}

#[test]
fn words_are_told_as_they_are() {
    assert_eq!(told_of!(String, "no route".to_owned()), both("no route", "String"));
    assert_eq!(told_of!(&'static str, "no route"), both("no route", "str"));
    assert_eq!(told_of!(u8, 7), both("7", "u8"));
}

#[test]
fn what_has_only_a_debug_or_nothing_is_told_by_that() {
    #[derive(Debug)]
    enum Silent {
        #[allow(dead_code, reason = "shown by its `Debug`")]
        Jam(u8),
    }
    assert_eq!(told_of!(Silent, Silent::Jam(4)), both("Jam(4)", "Silent::Jam"));
    struct Mute;
    assert_eq!(told_of!(Mute, Mute), both("Mute", "Mute"));
    assert_eq!(told_of!((), ()), both("()", "()"));
}

#[test]
fn a_fn_that_is_generic_over_its_error_compiles_and_tells() {
    let record = failure(|| drop(fail(DepotError::Timeout)));
    let (error, kind) = words(&record);
    assert!(!error.is_empty() && kind.contains("DepotError"), "{record:?}");
    #[narrated(actor = "sorter", action = "weigh")]
    fn bound<E: Error + 'static>(error: E) -> Result<(), E> {
        Err(error)
    }
    assert_eq!(
        words(&failure(|| drop(bound(DepotError::Timeout)))),
        both("timed out", "DepotError::Timeout")
    );
    #[narrated(actor = "sorter", action = "weigh")]
    fn shown<E: Display>(error: E) -> Result<(), E> {
        Err(error)
    }
    assert_eq!(words(&failure(|| drop(shown(DepotError::Timeout)))).0, "timed out");
}

#[test]
fn an_error_that_borrows_is_told() {
    #[derive(Debug)]
    struct Unknown<'n>(&'n str);
    impl Display for Unknown<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "unknown parcel {}", self.0)
        }
    }
    impl Error for Unknown<'_> {}
    #[narrated(actor = "sorter", action = "weigh")]
    fn find(name: &str) -> Result<(), Unknown<'_>> {
        Err(Unknown(name))
    }
    let name = String::from("p-9");
    assert_eq!(words(&failure(|| drop(find(&name)))), both("unknown parcel p-9", "Unknown"));
}

#[test]
fn the_attribute_may_name_the_kind_itself() {
    #[narrated(actor = "sorter", action = "weigh", error_kind = err.kind())]
    fn weigh() -> Result<(), DepotError> {
        Err(DepotError::Timeout)
    }
    assert_eq!(words(&failure(|| drop(weigh()))), both("timed out", "depot-fault"));
    #[narrated(actor = "sorter", action = "weigh", error_kind = "scale")]
    fn constant() -> Result<(), DepotError> {
        Err(DepotError::Timeout)
    }
    assert_eq!(words(&failure(|| drop(constant()))).1, "scale");
}

#[test]
fn an_error_whose_display_fails_is_told_as_far_as_it_came() {
    struct Torn;
    impl Display for Torn {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("half a")?;
            Err(fmt::Error)
        }
    }
    impl Debug for Torn {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            Err(fmt::Error)
        }
    }
    impl Error for Torn {}
    assert_eq!(told_of!(Torn, Torn), both("half a", "Torn"));
    struct Worse(Torn);
    impl Debug for Worse {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            Debug::fmt(&self.0, f)
        }
    }
    assert_eq!(told_of!(Worse, Worse(Torn)).1, "Worse");
    struct Spoken;
    impl Display for Spoken {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            Display::fmt(&Torn, f)
        }
    }
    assert_eq!(told_of!(Spoken, Spoken), both("half a", "Spoken"));
    #[narrated(actor = "sorter", action = "weigh", error_kind = Torn)]
    fn kind_is_torn() -> Result<(), String> {
        Err("off".to_owned())
    }
    assert_eq!(words(&failure(|| drop(kind_is_torn()))), both("off", "half-a"));
}

#[test]
fn an_error_of_several_lines_stays_one_line() {
    let record = failure(|| drop(fail_with("first\nsecond \u{1b}[31m")));
    #[narrated(actor = "sorter", action = "weigh")]
    fn fail_with(text: &str) -> Result<(), String> {
        Err(text.to_owned())
    }
    assert_eq!(words(&record).0, "first\nsecond \u{1b}[31m");
}
