//! The fields of one event or span: in go typed values, each rendered once; out comes text that
//! a line can copy.

use crate::encode::Encoding;
use crate::format::{Format, Style};
use crate::name::FieldName;

/// Where the text of one field lies.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    pub(crate) name: FieldName,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The fields of one event or span, already spelled in one format.
///
/// Names are unique: setting one a second time replaces its value. Both buffers are kept by
/// [`Fields::clear`], so that a reused list allocates nothing. [`Format::Story`] shows no fields,
/// and a list in that style keeps none.
#[derive(Clone, Debug)]
pub struct Fields {
    pub(crate) encoding: Option<Encoding>,
    /// The spelled fields, one behind the other.
    pub(crate) text: String,
    /// One entry a field, in the order of the line: by rank, and by time among equals.
    pub(crate) marks: Vec<Mark>,
    /// The bits of all names, see [`FieldName::bit`].
    pub(crate) bits: u64,
    /// Whether `text` lies in the order of `marks`, so that it can be copied in one piece.
    pub(crate) in_order: bool,
}

impl Fields {
    /// An empty list for lines of this style.
    #[must_use]
    pub fn new(style: Style) -> Self {
        Self {
            encoding: Encoding::of(style.format),
            text: String::new(),
            marks: Vec::new(),
            bits: 0,
            in_order: true,
        }
    }

    /// Removes all fields and keeps the buffers.
    pub fn clear(&mut self) {
        self.text.clear();
        self.marks.clear();
        self.bits = 0;
        self.in_order = true;
    }

    /// Whether there is no field.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// The rank of the first field in the order of the line.
    #[must_use]
    pub fn lowest_rank(&self) -> Option<u8> {
        self.marks.first().map(|mark| mark.name.rank)
    }

    /// Whether these fields can stand in a line of this format.
    #[must_use]
    pub fn fits(&self, format: Format) -> bool {
        self.encoding == Encoding::of(format)
    }

    /// Sets a field to a string.
    pub fn str(&mut self, name: impl Into<FieldName>, value: &str) {
        self.set(name.into(), |encoding, out| encoding.text(out, value));
    }

    /// Sets a field to an unsigned number.
    pub fn u64(&mut self, name: impl Into<FieldName>, value: u64) {
        self.set(name.into(), |_, out| out.push_str(itoa::Buffer::new().format(value)));
    }

    /// Sets a field to a signed number.
    pub fn i64(&mut self, name: impl Into<FieldName>, value: i64) {
        self.set(name.into(), |_, out| out.push_str(itoa::Buffer::new().format(value)));
    }

    /// Sets a field to a float in its shortest spelling that reads back as the same value; `NaN`
    /// and the infinities become strings.
    pub fn f64(&mut self, name: impl Into<FieldName>, value: f64) {
        self.set(name.into(), |encoding, out| encoding.float(out, value));
    }

    /// Sets a field to `true` or `false`.
    pub fn bool(&mut self, name: impl Into<FieldName>, value: bool) {
        self.set(name.into(), |_, out| out.push_str(if value { "true" } else { "false" }));
    }

    /// Sets a field to a wide unsigned number; beyond 64 bits it is a string, because readers of
    /// JSON would round it.
    pub fn u128(&mut self, name: impl Into<FieldName>, value: u128) {
        let name = name.into();
        match u64::try_from(value) {
            Ok(value) => self.u64(name, value),
            Err(_) => self.str(name, itoa::Buffer::new().format(value)),
        }
    }

    /// Sets a field to a wide signed number; beyond 64 bits it is a string, because readers of
    /// JSON would round it.
    pub fn i128(&mut self, name: impl Into<FieldName>, value: i128) {
        let name = name.into();
        match (i64::try_from(value), u64::try_from(value)) {
            (Ok(value), _) => self.i64(name, value),
            (_, Ok(value)) => self.u64(name, value),
            _ => self.str(name, itoa::Buffer::new().format(value)),
        }
    }

    /// Keeps a parent's field of this name out, and says nothing in its place.
    pub fn hide(&mut self, name: impl Into<FieldName>) {
        if self.encoding.is_some() {
            self.keep(name.into(), self.text.len());
        }
    }

    /// Takes over a parent's fields; those set here win. Fields rendered for another format
    /// cannot be spelled here and are left out.
    pub fn inherit(&mut self, parent: &Self) {
        if self.encoding != parent.encoding {
            return;
        }
        if self.is_empty() {
            self.clone_from(parent);
            return;
        }
        // Backwards, each before its equals: the parent's order stays, and its fields come first.
        for mark in parent.marks.iter().rev() {
            if self.contains(mark.name) {
                continue;
            }
            let start = self.text.len();
            self.text.push_str(&parent.text[mark.start..mark.end]);
            let at = self.marks.partition_point(|own| own.name.rank < mark.name.rank);
            self.insert(at, Mark { name: mark.name, start, end: self.text.len() });
        }
    }

    /// A field as it stands in the line, its key included; nothing where there is none of this name.
    #[must_use]
    pub fn spelled(&self, name: &str) -> Option<&str> {
        let mark = self.marks.iter().find(|mark| mark.name.name == name)?;
        self.text.get(mark.start..mark.end)
    }

    pub(crate) fn contains(&self, name: FieldName) -> bool {
        self.position(name).is_some()
    }

    fn position(&self, name: FieldName) -> Option<usize> {
        if self.bits & name.bit() == 0 {
            return None;
        }
        self.marks.iter().position(|mark| mark.name.name == name.name)
    }

    #[inline]
    fn set(&mut self, name: FieldName, value: impl FnOnce(Encoding, &mut String)) {
        let Some(encoding) = self.encoding else { return };
        let start = self.text.len();
        encoding.key(&mut self.text, name);
        value(encoding, &mut self.text);
        self.keep(name, start);
    }

    /// Gives the text from `start` to the end its place.
    #[inline]
    fn keep(&mut self, name: FieldName, start: usize) {
        let bit = name.bit();
        let ascends = self.marks.last().is_none_or(|last| last.name.rank <= name.rank);
        if self.bits & bit == 0 && ascends {
            self.bits |= bit;
            self.marks.push(Mark { name, start, end: self.text.len() });
        } else {
            self.sort_in(name, start);
        }
    }

    /// The same for a name that may be there already, or that belongs between others.
    #[cold]
    fn sort_in(&mut self, name: FieldName, start: usize) {
        match self.position(name) {
            Some(at) => self.replace(at, start),
            None => {
                let at = self.marks.partition_point(|own| own.name.rank <= name.rank);
                self.insert(at, Mark { name, start, end: self.text.len() });
            }
        }
    }

    fn insert(&mut self, at: usize, mark: Mark) {
        self.in_order &= at == self.marks.len();
        self.bits |= mark.name.bit();
        self.marks.insert(at, mark);
    }

    /// Lets the field at `at` be the text from `start` on, and takes its former text out, so that
    /// a value that is set again and again does not grow the list.
    fn replace(&mut self, at: usize, start: usize) {
        let Some(&old) = self.marks.get(at) else { return };
        let gap = old.end - old.start;
        self.text.replace_range(old.start..old.end, "");
        for mark in self.marks.iter_mut().filter(|mark| mark.start > old.start) {
            mark.start -= gap;
            mark.end -= gap;
        }
        self.in_order &= at + 1 == self.marks.len();
        self.marks[at] = Mark { name: old.name, start: start - gap, end: self.text.len() };
    }
}

#[cfg(test)]
mod tests;
