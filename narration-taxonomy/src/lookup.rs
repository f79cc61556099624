//! Finding things in a vocabulary by their names.
//!
//! In: a name. Out: what was declared under it.

use crate::model::{Action, Actor, Field, Taxonomy};

impl Taxonomy {
    /// The actor of that name.
    #[must_use]
    pub fn actor(&self, name: &str) -> Option<&Actor> {
        self.actors.iter().find(|actor| actor.name == name)
    }

    /// The declared field of that name; built-in ones are not looked at.
    #[must_use]
    pub fn declared_field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The field of that name: as declared, else as built in.
    #[cfg(feature = "parse")]
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.declared_field(name).or_else(|| crate::builtin::builtin_field(name))
    }
}

impl Actor {
    /// The action of that name.
    #[must_use]
    pub fn action(&self, name: &str) -> Option<&Action> {
        self.actions.iter().find(|action| action.name == name)
    }
}

impl Action {
    /// Whether the field is in the whitelist. With the feature `parse` the
    /// built-in fields are, in every action.
    #[must_use]
    pub fn allows(&self, field: &str) -> bool {
        #[cfg(feature = "parse")]
        if crate::builtin::builtin_rank(field).is_some() {
            return true;
        }
        self.fields.iter().any(|listed| listed.name == field)
    }
}

#[cfg(all(test, feature = "parse"))]
mod tests {
    use crate::model::Type;

    #[test]
    fn a_declared_field_comes_before_the_built_in_one() {
        let (taxonomy, problems) = crate::parse(
            "[narration]\nversion = 1\n\
             [fields]\nduration_ms = { type = \"u64\", unit = \"ms\", doc = \"ours\" }\n\
             [actors.a.actions.b]\nfields = [\"duration_ms\"]\n",
        );
        assert_eq!(problems, []);
        assert_eq!(taxonomy.field("duration_ms").unwrap().doc.as_deref(), Some("ours"));
        assert_eq!(taxonomy.field("error").unwrap().ty, Type::String);
        assert!(taxonomy.declared_field("error").is_none());
        assert!(taxonomy.field("nothing").is_none());
        let action = taxonomy.actor("a").unwrap().action("b").unwrap();
        assert!(action.allows("duration_ms") && action.allows("error"));
        assert!(!action.allows("pool_id"));
    }
}
