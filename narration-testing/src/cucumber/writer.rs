//! The story under a failing step.
//!
//! In: what happens in scenarios. Out: the same, where a step or hook that
//! panicked says what was narrated until then. It stands in the panic's own
//! message, so that every writer shows it: basic, JSON, JUnit, libtest.

use std::any::Any;
use std::sync::Arc;

use ::cucumber::event::{Cucumber, Feature, Hook, Info, Rule, Scenario, Step, StepError};
use ::cucumber::writer::{Normalized, Stats};
use ::cucumber::{Event, World, Writer, parser};

use super::NarrationWorld;
#[cfg(feature = "story-snapshots")]
use super::naming;

/// A writer that shows the story under a failing step.
#[derive(Clone, Debug, Default)]
pub struct Telling<Wr>(Wr);

impl<Wr> Telling<Wr> {
    /// Writes what the writer does, and the story.
    pub fn of(writer: Wr) -> Self {
        Self(writer)
    }

    /// The writer.
    pub fn into_inner(self) -> Wr {
        self.0
    }
}

impl<W: World + NarrationWorld, Wr: Writer<W>> Writer<W> for Telling<Wr> {
    type Cli = Wr::Cli;

    fn handle_event(
        &mut self,
        event: parser::Result<Event<Cucumber<W>>>,
        cli: &Self::Cli,
    ) -> impl Future<Output = ()> {
        self.0.handle_event(event.map(|event| event.map(told)), cli)
    }
}

impl<W: World + NarrationWorld, Wr: Stats<W>> Stats<W> for Telling<Wr> {
    fn passed_steps(&self) -> usize {
        self.0.passed_steps()
    }

    fn skipped_steps(&self) -> usize {
        self.0.skipped_steps()
    }

    fn failed_steps(&self) -> usize {
        self.0.failed_steps()
    }

    fn retried_steps(&self) -> usize {
        self.0.retried_steps()
    }

    fn parsing_errors(&self) -> usize {
        self.0.parsing_errors()
    }

    fn hook_errors(&self) -> usize {
        self.0.hook_errors()
    }
}

impl<Wr: Normalized> Normalized for Telling<Wr> {}

fn told<W: NarrationWorld>(event: Cucumber<W>) -> Cucumber<W> {
    #[cfg(feature = "story-snapshots")]
    name(&event);
    let in_scenario = |mut scenario: ::cucumber::event::RetryableScenario<W>| {
        scenario.event = match scenario.event {
            Scenario::Step(step, event) => Scenario::Step(step, told_by_step(event)),
            Scenario::Background(step, event) => Scenario::Background(step, told_by_step(event)),
            Scenario::Hook(kind, Hook::Failed(world, info)) => {
                let info = with_story(world.as_deref(), info);
                Scenario::Hook(kind, Hook::Failed(world, info))
            }
            other => other,
        };
        scenario
    };
    match event {
        Cucumber::Feature(feature, Feature::Scenario(source, scenario)) => {
            Cucumber::Feature(feature, Feature::Scenario(source, in_scenario(scenario)))
        }
        Cucumber::Feature(feature, Feature::Rule(rule, Rule::Scenario(source, scenario))) => {
            let rest = Rule::Scenario(source, in_scenario(scenario));
            Cucumber::Feature(feature, Feature::Rule(rule, rest))
        }
        other => other,
    }
}

/// Says what a scenario that starts is called.
#[cfg(feature = "story-snapshots")]
fn name<W>(event: &Cucumber<W>) {
    let Cucumber::Feature(feature, inside) = event else { return };
    let (Feature::Scenario(scenario, event) | Feature::Rule(_, Rule::Scenario(scenario, event))) =
        inside
    else {
        return;
    };
    if matches!(event.event, Scenario::Started) {
        naming::started(&feature.name, &scenario.name);
    }
}

fn told_by_step<W: NarrationWorld>(step: Step<W>) -> Step<W> {
    match step {
        Step::Failed(captures, place, world, StepError::Panic(info)) => {
            let info = with_story(world.as_deref(), info);
            Step::Failed(captures, place, world, StepError::Panic(info))
        }
        other => other,
    }
}

/// A panic's message with the story, unless it shows it already.
fn with_story<W: NarrationWorld>(world: Option<&W>, info: Info) -> Info {
    let (Some(world), Some(message)) = (world, message(&*info)) else { return info };
    if message.contains("\nthe story ") {
        return info;
    }
    let story = world.narration();
    let told = match story.len() {
        0 => "nothing was narrated".to_owned(),
        1 => format!("the story (1 narration):\n{}", **story),
        count => format!("the story ({count} narrations):\n{}", **story),
    };
    Arc::new(format!("{message}\n{told}"))
}

fn message(info: &(dyn Any + Send)) -> Option<&str> {
    let text = info.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| info.downcast_ref::<&str>().copied())
}
