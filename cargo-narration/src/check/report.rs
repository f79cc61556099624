//! What a check came to.
//!
//! In: surveys and findings. Out: the findings with what was looked at, what is
//! shown on purpose, and what was left alone.

use narration_syntax::Vocabulary;
use narration_taxonomy::Placed;
use serde::Serialize;

use super::Survey;
use crate::findings::Finding;

/// What a check came to.
pub(crate) struct Outcome {
    /// What was found.
    pub(crate) findings: Vec<Finding>,
    /// Sensitive values that texts may show, with the reasons.
    pub(crate) exposed: Vec<Exposed>,
    /// What was looked at.
    pub(crate) scope: Scope,
}

/// How much was looked at.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(crate) struct Scope {
    /// Packages that narrate, or whose vocabulary says they could.
    pub(crate) packages: usize,
    /// Packages with neither.
    pub(crate) silent_packages: usize,
    /// Files.
    pub(crate) files: usize,
    /// Calls and attributes.
    pub(crate) calls: usize,
    /// Leftovers that exceptions leave alone.
    pub(crate) excepted: usize,
}

/// A field or action whose sensitive values may stand in texts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Exposed {
    /// `field hf_token`, `action echo of engine-provisioner`.
    pub(crate) what: String,
    /// Why.
    pub(crate) reason: String,
    /// Where it says so.
    pub(crate) place: String,
}

pub(super) fn outcome<'s>(
    surveys: impl Iterator<Item = &'s Survey>,
    findings: Vec<Finding>,
) -> Outcome {
    let mut scope = Scope::default();
    let mut exposed = Vec::new();
    for survey in surveys {
        let speaks = survey.known.vocabulary.loaded().source.is_some() || survey.calls > 0;
        scope.packages += usize::from(speaks);
        scope.silent_packages += usize::from(!speaks);
        scope.files += survey.files;
        scope.calls += survey.calls;
        scope.excepted += survey.exceptions.used();
        exposed.extend(Exposed::all(&survey.known.vocabulary));
    }
    exposed.sort();
    exposed.dedup();
    Outcome { findings, exposed, scope }
}

impl Exposed {
    /// Everything a vocabulary exposes.
    pub(crate) fn all(vocabulary: &Vocabulary) -> Vec<Self> {
        let told = |what: String, reason: &Option<Placed<String>>| {
            let reason = reason.as_ref()?;
            let place = vocabulary.show(reason.place);
            Some(Self { what, reason: reason.value.clone(), place })
        };
        let taxonomy = vocabulary.taxonomy();
        let fields = taxonomy
            .fields
            .iter()
            .filter_map(|field| told(format!("field {}", field.name), &field.expose));
        let actions = taxonomy.actors.iter().flat_map(|actor| {
            actor.actions.iter().filter_map(move |action| {
                told(format!("action {} of {}", action.name, actor.name), &action.expose)
            })
        });
        fields.chain(actions).collect()
    }
}
