//! `[fields]`: every field that may ever be logged.
//!
//! In: the section. Out: the fields in order of declaration.

use std::collections::HashMap;

use crate::findings::quoted;
use crate::model::{Class, Deprecated, Field, Place, Placed, Type, Unit};
use crate::names::NameKind;
use crate::problem::Problem;
use crate::reader::{Reader, Value, entries};
use crate::rules;

const KEYS: &[&str] =
    &["type", "class", "unit", "values", "doc", "example", "expose", "deprecated"];

/// A field as it was written: every key, none held against another yet.
#[derive(Default)]
struct Written {
    ty: Option<Placed<Type>>,
    class: Option<Placed<Class>>,
    unit: Option<Placed<Unit>>,
    values: Option<(Place, Vec<String>)>,
    doc: Option<String>,
    example: Option<Placed<String>>,
    expose: Option<Placed<String>>,
    deprecated: Option<Deprecated>,
    /// Whether there is a `type`, be it a bad one.
    names_type: bool,
}

impl Reader<'_> {
    pub(super) fn fields(&mut self, value: &Value<'_>) -> Vec<Field> {
        let Some(table) = self.table(value, "fields") else {
            return Vec::new();
        };
        let mut fields = Vec::new();
        for (key, value) in entries(table) {
            let name = self.name(key, NameKind::Field);
            let written = self.written(value, &name);
            fields.push(self.field(name, written));
        }
        fields
    }

    fn written(&mut self, value: &Value<'_>, name: &Placed<String>) -> Written {
        let mut written = Written::default();
        // One fault is enough: without a table there is no missing `type` either.
        let Some(table) = self.table(value, &name.value) else {
            written.names_type = true;
            return written;
        };
        for (key, value) in entries(table) {
            match key.get_ref().as_ref() {
                "type" => {
                    written.names_type = true;
                    written.ty = self.word(value, "type");
                }
                "class" => written.class = self.word(value, "class"),
                "unit" => written.unit = self.word(value, "unit"),
                "values" => written.values = Some(self.values(value)),
                "doc" => written.doc = self.text(value, "doc"),
                "example" => written.example = self.scalar(value, "example"),
                "expose" => written.expose = self.expose(value),
                "deprecated" => written.deprecated = self.deprecated(value),
                _ => self.unknown_key(key, "a field", KEYS),
            }
        }
        written
    }

    fn values(&mut self, value: &Value<'_>) -> (Place, Vec<String>) {
        let (mut values, mut seen) = (Vec::new(), HashMap::new());
        for item in self.strings(value, "values") {
            if let Some(first) = seen.get(&item.value) {
                let message = format!("{} is listed twice", quoted(&item.value));
                let problem = Problem::new(&rules::VALUE_TWICE, item.place, message);
                self.findings.push(problem.with_related(*first, "first listed here"));
            } else {
                seen.insert(item.value.clone(), item.place);
                values.push(item.value);
            }
        }
        (self.place(value.span()), values)
    }

    fn field(&mut self, name: Placed<String>, mut written: Written) -> Field {
        let ty = self.settled_type(&name, &mut written);
        if written.ty.is_some() {
            self.check_unit(&ty, &mut written);
            self.check_class(&ty, &mut written);
        }
        let class = written.class.as_ref().map(|class| class.value);
        Field {
            name: name.value,
            place: name.place,
            class: class.unwrap_or_else(|| ty.default_class()),
            class_declared: class.is_some(),
            ty,
            unit: written.unit.map(|unit| unit.value),
            doc: written.doc,
            example: written.example,
            expose: written.expose,
            deprecated: written.deprecated,
        }
    }

    /// The type with an enum's values; a string where none was given.
    fn settled_type(&mut self, name: &Placed<String>, written: &mut Written) -> Type {
        if !written.names_type {
            let message = format!("field {} has no type", quoted(&name.value));
            self.findings.add(&rules::TYPE_MISSING, name.place, message);
        }
        let Some(ty) = &written.ty else {
            return Type::String;
        };
        match (&ty.value, written.values.take()) {
            (Type::Enum(_), Some((place, values))) => {
                if values.is_empty() {
                    let message = format!("enum {} has no values", quoted(&name.value));
                    self.findings.add(&rules::ENUM_WITHOUT_VALUES, place, message);
                }
                Type::Enum(values)
            }
            (Type::Enum(_), None) => {
                let message = format!("enum {} has no values", quoted(&name.value));
                self.findings.add(&rules::ENUM_WITHOUT_VALUES, ty.place, message);
                Type::Enum(Vec::new())
            }
            (other, Some((place, _))) => {
                let message = format!("a field of type {other} has no list of values");
                self.findings.add(&rules::VALUES_WITHOUT_ENUM, place, message);
                other.clone()
            }
            (other, None) => other.clone(),
        }
    }

    fn check_unit(&mut self, ty: &Type, written: &mut Written) {
        if let Some(unit) = written.unit.take_if(|_| !ty.is_number()) {
            let message = format!("a field of type {ty} has no unit");
            self.findings.add(&rules::UNIT_MISFIT, unit.place, message);
        }
    }

    fn check_class(&mut self, ty: &Type, written: &mut Written) {
        let misfit = |class: &mut Placed<Class>| class.value.needs_string() && *ty != Type::String;
        if let Some(class) = written.class.take_if(misfit) {
            let message = format!("a field of type {ty} cannot be of class {}", class.value);
            self.findings.add(&rules::CLASS_MISFIT, class.place, message);
        }
    }
}
