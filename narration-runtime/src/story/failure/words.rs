//! The words for an error: in goes a value, out come its text and its kind as far as its type, its
//! `Display` and its `Debug` tell them.

use std::any::type_name;
use std::error::Error;
use std::fmt::{self, Debug, Display, Write};
use std::io;

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
pub(super) fn spoken(value: &dyn Display) -> String {
    let mut text = String::new();
    let _ = write!(text, "{value}");
    text
}

/// The kind of an error of the operating system or of input and output.
pub(super) fn io_kind(error: &(dyn Error + 'static)) -> Option<String> {
    error.downcast_ref::<io::Error>().map(|error| format!("io::{:?}", error.kind()))
}

/// The kind of an error whose type is hidden: the first word of its `Debug`,
/// unless that is the text itself and names no type.
pub(super) fn kind_of_some(error: &dyn Debug, text: &str) -> String {
    let word = leading_word(error);
    if word.is_empty() || text.starts_with(&word) { "Error".to_owned() } else { word }
}

/// `Type::Variant` for an enum, `Type` for a struct.
pub(super) fn variant_of<E: Debug>(error: &E) -> String {
    let (name, word) = (short_name::<E>(), leading_word(error));
    if word.is_empty() || word == name { name } else { format!("{name}::{word}") }
}

/// What only holds an error says nothing about its kind.
const HOLDERS: [&str; 4] = ["&", "alloc::boxed::Box<", "alloc::rc::Rc<", "alloc::sync::Arc<"];

/// The last segment of a type's path, without its generic arguments.
pub(super) fn short_name<E: ?Sized>() -> String {
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
