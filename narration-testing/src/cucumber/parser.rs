//! Scenarios that have to narrate.
//!
//! In: features. Out: the same, in which every scenario tagged
//! `@narration-required`, or under a feature or rule with that tag, ends with a
//! step that fails where nothing was told. A step and no hook: hooks are the
//! user's, and every writer shows what a step says.

use ::cucumber::Parser;
use ::cucumber::gherkin::{Feature, Scenario, Step, StepType};
use ::cucumber::parser::Result;
use futures_util::StreamExt as _;
use futures_util::stream::Map;

use super::REQUIRED;

/// The step a scenario that has to narrate ends with.
pub(super) const STEP: &str = "something is narrated";

/// A parser that adds a step to scenarios that have to narrate.
#[derive(Clone, Debug, Default)]
pub struct Required<P>(P);

impl<P> Required<P> {
    /// Does what the parser does, and adds the step.
    pub fn of(parser: P) -> Self {
        Self(parser)
    }
}

impl<I, P: Parser<I>> Parser<I> for Required<P> {
    type Cli = P::Cli;
    type Output = Map<P::Output, fn(Result<Feature>) -> Result<Feature>>;

    fn parse(self, input: I, cli: Self::Cli) -> Self::Output {
        self.0.parse(input, cli).map(|feature| feature.map(required))
    }
}

fn required(mut feature: Feature) -> Feature {
    let all = is_required(&feature.tags);
    feature.scenarios.iter_mut().for_each(|scenario| require(scenario, all));
    for rule in &mut feature.rules {
        let all = all || is_required(&rule.tags);
        rule.scenarios.iter_mut().for_each(|scenario| require(scenario, all));
    }
    feature
}

fn is_required(tags: &[String]) -> bool {
    tags.iter().any(|tag| tag == REQUIRED)
}

fn require(scenario: &mut Scenario, all: bool) {
    if all || is_required(&scenario.tags) {
        let step = Step {
            keyword: "Then ".to_owned(),
            ty: StepType::Then,
            value: STEP.to_owned(),
            docstring: None,
            table: None,
            span: scenario.span,
            position: scenario.position,
        };
        scenario.steps.push(step);
    }
}
