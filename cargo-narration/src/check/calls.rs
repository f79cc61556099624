//! One call or attribute, held against the vocabulary by the compiler's rules.
//!
//! In: what was found in a file. Out: the actions it tells, the fields it
//! gives, and the compiler's faults at their places.

use std::rc::Rc;

use narration_syntax::pipeline::{self, Narrated};
use narration_syntax::scan::{Found, FoundCall};
use narration_syntax::{
    Arguments, Deprecation, Errors, Extent, Fault, NarrateCall, NarratedFn, Vocabulary, catalog,
};
use proc_macro2::{TokenStream, TokenTree};

use super::{Site, misspelt};
use crate::findings::{Finding, Fix};
use crate::sources::{SourceFile, Spot};

/// What became of a call.
#[derive(Default)]
pub(super) struct Checked {
    pub(super) sites: Vec<Site>,
    /// The fields of a `scope!`.
    pub(super) handed_down: Vec<String>,
    pub(super) findings: Vec<Finding>,
}

/// Checks a call. What stands in a `macro_rules!` with parts left open is known
/// only where the macro is used; its action counts as narrated all the same.
pub(super) fn check(file: &SourceFile, found: &FoundCall, vocabulary: &Vocabulary) -> Checked {
    let at = At { file, found };
    if !vocabulary.fault_free() || is_open(&found.call) {
        return Checked { sites: at.as_written(vocabulary), ..Checked::default() };
    }
    match &found.call {
        Found::Call(tokens) => match pipeline::narrate(tokens.clone(), vocabulary) {
            Ok(told) => {
                let fields = names(&told.narration.fields);
                let site = at.site(&told.narration.site, &fields);
                at.done(vec![site], &told.narration.deprecations, vocabulary)
            }
            Err(refused) => at.refused(&refused.errors, vocabulary),
        },
        Found::Scope(tokens) => match pipeline::scope(tokens.clone(), vocabulary) {
            Ok(carried) => Checked {
                handed_down: names(&carried.fields),
                ..at.done(Vec::new(), &carried.deprecations, vocabulary)
            },
            Err(refused) => at.refused(&refused.errors, vocabulary),
        },
        Found::Attribute { attribute, item } => {
            match pipeline::narrated(attribute.clone(), item.clone(), vocabulary) {
                Ok(narrated) => at.narrated(narrated, vocabulary),
                Err(refused) => at.refused(&refused.errors, vocabulary),
            }
        }
        _ => Checked::default(),
    }
}

/// A call at its place.
#[derive(Clone, Copy)]
struct At<'a> {
    file: &'a SourceFile,
    found: &'a FoundCall,
}

impl At<'_> {
    fn narrated(self, narrated: Narrated, vocabulary: &Vocabulary) -> Checked {
        match narrated {
            Narrated::Scope { deprecations, .. } => {
                self.done(Vec::new(), &deprecations, vocabulary)
            }
            Narrated::Story { story, .. } => {
                let fields = names(&story.fields);
                let tellings = [&story.start, &story.ok, &story.failed, &story.cancelled];
                let mut sites: Vec<Site> =
                    tellings.iter().map(|telling| self.site(&telling.site, &fields)).collect();
                let mut seen = Vec::new();
                sites.retain(|site| {
                    let is_new = !seen.contains(&site.action);
                    seen.push(site.action.clone());
                    is_new
                });
                self.done(sites, &story.deprecations, vocabulary)
            }
        }
    }

    fn site(self, site: &narration_syntax::Site, fields: &[String]) -> Site {
        Site {
            actor: site.actor.clone(),
            action: site.action.clone(),
            fields: fields.to_vec(),
            spot: self.spot(self.found.span.into()),
            aside: self.file.aside || self.found.testing,
        }
    }

    fn done(
        self,
        sites: Vec<Site>,
        deprecations: &[Deprecation],
        vocabulary: &Vocabulary,
    ) -> Checked {
        let findings = deprecations.iter().map(|out| self.deprecated(out, vocabulary)).collect();
        Checked { sites, findings, ..Checked::default() }
    }

    fn refused(self, errors: &Errors, vocabulary: &Vocabulary) -> Checked {
        let sites = self.as_written(vocabulary);
        let finding = |fault| {
            let mut finding = self.finding(fault);
            finding.fix = self.spelled_right(fault, sites.first(), vocabulary);
            finding
        };
        let findings = errors.iter().map(finding).collect();
        Checked { sites, findings, ..Checked::default() }
    }

    /// The action as it stands there, for a call that cannot be resolved.
    fn as_written(self, vocabulary: &Vocabulary) -> Vec<Site> {
        let mut faults = Errors::new();
        let arguments: Arguments = match &self.found.call {
            Found::Call(tokens) => NarrateCall::parse(tokens.clone(), &mut faults).arguments,
            Found::Attribute { attribute, item } => {
                NarratedFn::parse(attribute.clone(), item.clone(), &mut faults).arguments
            }
            _ => return Vec::new(),
        };
        let actor = arguments.actor.first().map(|actor| actor.value.value());
        let actor = actor
            .or_else(|| arguments.scope.as_ref().map(syn::LitStr::value))
            .or_else(|| vocabulary.crate_actor().map(str::to_owned));
        let action = arguments.action.first().map(|action| action.value.value());
        let Some((actor, action)) = actor.zip(action) else { return Vec::new() };
        let declared = vocabulary.actor(&actor).and_then(|actor| actor.action(&action));
        let outcomes = declared
            .into_iter()
            .flat_map(|action| [&action.ok, &action.failed, &action.cancelled])
            .flatten()
            .filter(|_| matches!(self.found.call, Found::Attribute { .. }))
            .map(|outcome| outcome.value.clone());
        let actions: Vec<String> = outcomes.chain([action.clone()]).collect();
        let site = |action| {
            let level = narration_taxonomy::Level::Info;
            self.site(&narration_syntax::Site { actor: actor.clone(), action, level }, &[])
        };
        actions.into_iter().map(site).collect()
    }

    fn finding(self, fault: &Fault) -> Finding {
        let spot = self.spot(fault.extent);
        let mut finding = Finding::new(fault.rule, Some(spot), fault.message.as_str());
        finding.notes.clone_from(&fault.notes);
        if let Some(help) = &fault.help {
            finding.help.clone_from(help);
        }
        finding
    }

    /// The change of a name that is misspelt, where only one can be meant.
    fn spelled_right(
        self,
        fault: &Fault,
        site: Option<&Site>,
        vocabulary: &Vocabulary,
    ) -> Option<Fix> {
        let spot = self.spot(fault.extent);
        let wrong = spot.written().trim_matches('"').to_owned();
        let actors = &vocabulary.taxonomy().actors;
        let actor = site.and_then(|site| vocabulary.actor(&site.actor));
        let name = if *fault.rule == catalog::UNKNOWN_ACTOR {
            misspelt::meant(&wrong, actors.iter().map(|actor| actor.name.as_str()))
        } else if *fault.rule == catalog::UNKNOWN_ACTION {
            misspelt::meant(&wrong, actor?.actions.iter().map(|action| action.name.as_str()))
        } else if *fault.rule == catalog::UNKNOWN_FIELD {
            let action = actor?.action(&site?.action)?;
            misspelt::meant(&wrong, action.fields.iter().map(|field| field.name.as_str()))
        } else {
            None
        };
        renamed(spot, &wrong, name?)
    }

    fn deprecated(self, out: &Deprecation, vocabulary: &Vocabulary) -> Finding {
        let rule = &catalog::DEPRECATED;
        let spot = self.spot(out.span.into());
        let mut finding = Finding::new(rule, Some(spot.clone()), said(&out.note));
        if let Some(name) = replacement(vocabulary, &out.name) {
            finding.help = format!("use `{name}`");
            finding.fix = renamed(spot, &out.name, &name);
        }
        finding
    }

    /// Where tokens stand; those without a place stand for the call.
    fn spot(self, extent: Extent) -> Spot {
        let (start, end) = (extent.start.byte_range(), extent.end.byte_range());
        let own = self.found.span.byte_range();
        let range = if start.is_empty() { own } else { start.start..end.end.max(start.end) };
        Spot { text: Rc::clone(&self.file.text), range }
    }
}

/// The sentence between the code and the page of a deprecation.
fn said(note: &str) -> String {
    let sentence = note.split_once(": ").map_or(note, |(_, sentence)| sentence);
    sentence.split(" (more: ").next().unwrap_or(sentence).to_owned()
}

/// What a name on its way out is called now.
fn replacement(vocabulary: &Vocabulary, name: &str) -> Option<String> {
    let taxonomy = vocabulary.taxonomy();
    let actors = taxonomy.actors.iter();
    let deprecated = taxonomy.declared_field(name).and_then(|field| field.deprecated.as_ref());
    let deprecated = deprecated
        .or_else(|| taxonomy.actor(name).and_then(|actor| actor.deprecated.as_ref()))
        .or_else(|| {
            let mut actions = actors.filter_map(|actor| actor.action(name));
            actions.find_map(|action| action.deprecated.as_ref())
        });
    deprecated?.replacement.as_ref().map(|new| new.value.clone())
}

/// The change of a name where it stands alone: in quotes, or as a field.
fn renamed(spot: Spot, old: &str, new: &str) -> Option<Fix> {
    let written = spot.written();
    let replacement = if written == format!("\"{old}\"") {
        format!("\"{new}\"")
    } else if written == old {
        let content = &spot.text.content;
        let before = content.get(..spot.range.start)?.trim_end();
        let behind = content.get(spot.range.end..)?.trim_start();
        match behind.chars().next()? {
            '=' => new.to_owned(),
            // The variable keeps its name.
            ',' | ')' | ']' | '}' if !before.ends_with(['%', '?']) => format!("{new} = {old}"),
            _ => return None,
        }
    } else {
        return None;
    };
    Some(Fix { spot, replacement })
}

fn names(fields: &[narration_syntax::FieldValue]) -> Vec<String> {
    fields.iter().map(|field| field.name.clone()).collect()
}

/// Whether a macro's own parameters are among the tokens.
fn is_open(found: &Found) -> bool {
    match found {
        Found::Call(tokens) | Found::Scope(tokens) => has_parameter(tokens),
        Found::Attribute { attribute, item } => has_parameter(attribute) || starts_open(item),
        _ => false,
    }
}

fn has_parameter(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Punct(punct) => punct.as_char() == '$',
        TokenTree::Group(group) => has_parameter(&group.stream()),
        _ => false,
    })
}

/// A signature with parameters; those in a body are nobody's business here.
fn starts_open(item: &TokenStream) -> bool {
    let mut tokens: Vec<TokenTree> = item.clone().into_iter().collect();
    tokens.pop();
    has_parameter(&tokens.into_iter().collect())
}
