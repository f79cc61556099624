//! How much is told, in the vocabulary's own words.
//!
//! In: a rate. Out: `1/100`, `50/s`.

use narration_taxonomy::model::Rate;
use narration_taxonomy::{Level, Taxonomy};

/// The share of stories.
pub(crate) fn sample(rate: &Rate) -> Option<String> {
    let sample = rate.sample.as_ref()?.value;
    Some(format!("{}/{}", sample.kept, sample.of))
}

/// The most narrations in a time.
pub(crate) fn limit(rate: &Rate) -> Option<String> {
    let limit = rate.limit.as_ref()?.value;
    let time = match limit.seconds {
        60 => "min",
        3600 => "h",
        _ => "s",
    };
    Some(format!("{}/{time}", limit.most))
}

/// Both in words, where anything is said.
pub(crate) fn told(rate: &Rate) -> Option<String> {
    let sample = sample(rate).map(|share| format!("{share} of stories"));
    let limit = limit(rate).map(|most| format!("at most {most}"));
    let parts: Vec<_> = [sample, limit].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// What `[levels]` says of a level.
pub(crate) fn of_level(taxonomy: &Taxonomy, level: Level) -> Option<&Rate> {
    taxonomy.levels.iter().find(|of| of.level == level).map(|of| &of.rate)
}
