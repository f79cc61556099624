//! What an error says, and of what kind it is.
//!
//! In: whatever a fn returned. Out: nothing, or a [`Failure`]. Which trait an
//! error offers is found by method lookup: the macro calls `describe` through
//! eight references, and the first level whose bound holds takes it.

use std::any::{Any, type_name};
use std::convert::Infallible;
use std::error::Error;
use std::fmt::{self, Debug, Display, Write};
use std::io;
use std::ops::Deref;

/// What went wrong, in words.
#[derive(Debug)]
pub struct Failure {
    /// The error and its sources, joined by `: `.
    pub error: String,
    /// A short stable word.
    pub kind: String,
}

impl Failure {
    /// What a panic said.
    pub(crate) fn of_panic(panic: &(dyn Any + Send)) -> Self {
        let text = panic.downcast_ref::<&str>().copied();
        let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
        Self {
            error: text.unwrap_or("a panic without a message").to_owned(),
            kind: "panic".to_owned(),
        }
    }

    /// The same failure, its kind named by the caller: one word, whatever was given.
    #[must_use]
    pub fn of_kind(mut self, kind: impl Display) -> Self {
        self.kind = spoken(&kind).split_whitespace().collect::<Vec<_>>().join("-");
        self
    }
}

/// What a fn returned.
pub struct Returned<'r, R: ?Sized>(pub &'r R);

impl<'r, T, E> Returned<'r, Result<T, E>> {
    /// The error, if it is one.
    pub fn failure(&self) -> Option<&'r E> {
        self.0.as_ref().err()
    }
}

/// A return value that can be no failure.
pub trait Outcome {
    /// Always nothing.
    fn failure(&self) -> Option<&'static Infallible>;
}

impl<R: ?Sized> Outcome for Returned<'_, R> {
    fn failure(&self) -> Option<&'static Infallible> {
        None
    }
}

/// An error to be described.
pub struct Cause<'e, E: ?Sized>(pub &'e E);

/// The error of the system, which knows its own kind.
pub trait BySystem {
    /// What went wrong.
    fn describe(&self) -> Failure;
}

/// Errors of any other type.
pub trait ByError {
    /// What went wrong.
    fn describe(&self) -> Failure;
}

/// Boxes around any error, and types such as `anyhow::Error`.
pub trait ByDyn {
    /// What went wrong.
    fn describe(&self) -> Failure;
}

/// Boxes around errors that may cross threads.
pub trait ByDynSync {
    /// What went wrong.
    fn describe(&self) -> Failure;
}

/// Other pointers to errors.
pub trait ByDeref {
    /// What went wrong.
    fn describe(&self) -> Failure;
}

/// Strings and other words.
pub trait ByDisplay {
    /// What went wrong.
    fn describe(&self) -> Failure;
}

/// What has no words of its own.
pub trait ByDebug {
    /// What went wrong.
    fn describe(&self) -> Failure;
}

/// What cannot be shown at all.
pub trait ByName {
    /// What went wrong.
    fn describe(&self) -> Failure;
}

// For this one type, not for all that are `'static`: method lookup looks at no
// lifetimes, and would choose that for errors that borrow, too.
impl BySystem for &&&&&&&Cause<'_, io::Error> {
    fn describe(&self) -> Failure {
        of_dyn(self.0)
    }
}

impl<E: Error> ByError for &&&&&&Cause<'_, E> {
    fn describe(&self) -> Failure {
        Failure { error: chain(self.0), kind: variant_of(self.0) }
    }
}

impl<E: AsRef<dyn Error + 'static>> ByDyn for &&&&&Cause<'_, E> {
    fn describe(&self) -> Failure {
        of_dyn(self.0.as_ref())
    }
}

impl<E: AsRef<dyn Error + Send + Sync + 'static>> ByDynSync for &&&&Cause<'_, E> {
    fn describe(&self) -> Failure {
        of_dyn(self.0.as_ref())
    }
}

impl<E: Deref<Target: Error>> ByDeref for &&&Cause<'_, E> {
    fn describe(&self) -> Failure {
        let error: &E::Target = self.0;
        Failure { error: chain(error), kind: kind_of_some(&error, &chain(error)) }
    }
}

impl<E: Display> ByDisplay for &&Cause<'_, E> {
    fn describe(&self) -> Failure {
        Failure { error: spoken(self.0), kind: short_name::<E>() }
    }
}

impl<E: Debug> ByDebug for &Cause<'_, E> {
    fn describe(&self) -> Failure {
        Failure { error: spoken(&format_args!("{:?}", self.0)), kind: variant_of(self.0) }
    }
}

impl<E> ByName for Cause<'_, E> {
    fn describe(&self) -> Failure {
        Failure { error: short_name::<E>(), kind: short_name::<E>() }
    }
}

/// An error's text and those of its sources, unless a text ends with its source's already.
pub(crate) fn chain<E: Error + ?Sized>(error: &E) -> String {
    let mut text = spoken(&error);
    let mut source = error.source();
    while let Some(error) = source {
        let next = spoken(&error);
        if !text.ends_with(&next) {
            text.push_str(": ");
            text.push_str(&next);
        }
        source = error.source();
    }
    text
}

/// What a value says of itself; where its `Display` fails, as far as it came.
fn spoken(value: &dyn Display) -> String {
    let mut text = String::new();
    let _ = write!(text, "{value}");
    text
}

fn of_dyn(error: &(dyn Error + 'static)) -> Failure {
    let text = chain(error);
    let kind = io_kind(error).unwrap_or_else(|| kind_of_some(&error, &text));
    Failure { error: text, kind }
}

/// The kind of an error of the operating system or of input and output.
fn io_kind(error: &(dyn Error + 'static)) -> Option<String> {
    error.downcast_ref::<io::Error>().map(|error| format!("io::{:?}", error.kind()))
}

/// The kind of an error whose type is hidden: the first word of its `Debug`,
/// unless that is the text itself and names no type.
fn kind_of_some(error: &dyn Debug, text: &str) -> String {
    let word = leading_word(error);
    if word.is_empty() || text.starts_with(&word) { "Error".to_owned() } else { word }
}

/// `Type::Variant` for an enum, `Type` for a struct.
fn variant_of<E: Debug>(error: &E) -> String {
    let (name, word) = (short_name::<E>(), leading_word(error));
    if word.is_empty() || word == name { name } else { format!("{name}::{word}") }
}

/// What only holds an error says nothing about its kind.
const HOLDERS: [&str; 4] = ["&", "alloc::boxed::Box<", "alloc::rc::Rc<", "alloc::sync::Arc<"];

/// The last segment of a type's path, without its generic arguments.
fn short_name<E: ?Sized>() -> String {
    let mut path = type_name::<E>();
    while let Some(held) = HOLDERS.iter().find_map(|holder| path.strip_prefix(holder)) {
        path = held;
    }
    let path = path.split('<').next().unwrap_or(path);
    path.rsplit("::").next().unwrap_or(path).trim_end_matches('>').to_owned()
}

/// The word a `Debug` text starts with: the variant's or the struct's name.
fn leading_word(error: &dyn Debug) -> String {
    let mut word = LeadingWord::default();
    // The writer stops the formatting as soon as it has the word.
    let _ = write!(word, "{error:?}");
    word.0
}

/// Takes letters until something else comes, then refuses the rest.
#[derive(Default)]
struct LeadingWord(String);

impl Write for LeadingWord {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for letter in text.chars() {
            if !letter.is_alphanumeric() && letter != '_' {
                return Err(fmt::Error);
            }
            self.0.push(letter);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
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
        #[allow(dead_code)]
        struct Code(u8);
        assert_eq!(described!(Code(7)), told("Code(7)", "Code"));
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
}
