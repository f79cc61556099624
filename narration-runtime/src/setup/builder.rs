//! Says in code what the environment does not.

use std::borrow::Cow;
use std::path::PathBuf;

use narration_record::Format;
use tracing_subscriber::prelude::*;

use super::captured::is_captured;
use super::destination::Destination;
use super::environment;
use super::error::SetupError;
use super::export::{self, Export};
use super::filter::Filter;
use super::gate::Gate;
use super::guard::Guard;
use crate::context::Root;
use crate::coverage::Coverage;
use crate::layers::{Sampler, Streams, Tail};
use crate::redaction::Rules;
use crate::sink::{Delivery, Rotation, Sink, SinkBuilder};
use crate::taxonomy::{Policy, Rate};

/// A set-up in the making. What is not said here comes from the environment,
/// see [`init!`](crate::init).
///
/// ```
/// use narration_runtime::{Builder, Format};
///
/// let _narration = Builder::new("pool-managerd").format(Format::Logfmt).filter("debug").init();
/// ```
#[derive(Clone, Debug)]
pub struct Builder {
    service: Cow<'static, str>,
    format: Option<Format>,
    destination: Destination,
    filter: Option<String>,
    colour: Option<bool>,
    provenance: Option<bool>,
    policy: Option<&'static Policy>,
    rates: Option<&'static [Rate]>,
    tail: Option<Tail>,
}

impl Builder {
    /// A set-up for a service; its name is the actor of what other crates log.
    pub fn new(service: impl Into<Cow<'static, str>>) -> Self {
        Self {
            service: service.into(),
            format: None,
            destination: Destination::default(),
            filter: None,
            colour: None,
            provenance: None,
            policy: None,
            rates: None,
            tail: None,
        }
    }

    /// The format of the lines.
    #[must_use]
    pub fn format(mut self, format: Format) -> Self {
        self.format = Some(format);
        self
    }

    /// Appends to this file; it and its folder are made if need be.
    #[must_use]
    pub fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.destination.file = Some(path.into());
        self
    }

    /// Writes to standard error, for programs whose standard output is their answer.
    /// `NARRATION_FILE` goes before it.
    #[must_use]
    pub fn stderr(mut self) -> Self {
        self.destination.stderr = true;
        self
    }

    /// Writes to this sink, with all that was chosen for it.
    #[must_use]
    pub fn sink(mut self, sink: SinkBuilder) -> Self {
        self.destination.sink = Some(sink);
        self
    }

    /// What happens to a line when its sink is slower than the service, see [`Delivery`].
    /// `NARRATION_DELIVERY` says it where nothing is said here.
    #[must_use]
    pub fn delivery(mut self, delivery: Delivery) -> Self {
        self.destination.delivery = Some(delivery);
        self
    }

    /// When the file is put away, and what becomes of it, whoever named the file.
    #[must_use]
    pub fn rotation(mut self, rotation: Rotation) -> Self {
        self.destination.rotation = Some(rotation);
        self
    }

    /// Directives as `RUST_LOG` takes them.
    #[must_use]
    pub fn filter(mut self, directives: impl Into<String>) -> Self {
        self.filter = Some(directives.into());
        self
    }

    /// Whether `pretty` uses colours. By default it does on a terminal that has them, unless `NO_COLOR` is set.
    #[must_use]
    pub fn colour(mut self, colour: bool) -> Self {
        self.colour = Some(colour);
        self
    }

    /// Whether each record says where in which crate it comes from.
    #[must_use]
    pub fn provenance(mut self, provenance: bool) -> Self {
        self.provenance = Some(provenance);
        self
    }

    /// What becomes of other crates' texts: the `[redaction]` of a vocabulary.
    #[must_use]
    pub fn policy(mut self, policy: Option<&'static Policy>) -> Self {
        self.policy = policy;
        self
    }

    /// How much of which action is told: `sample` and `limit` of a vocabulary.
    #[must_use]
    pub fn rates(mut self, rates: Option<&'static [Rate]>) -> Self {
        self.rates = rates;
        self
    }

    /// Keeps what [`rates`](Self::rates) leave out until it is known how its story ends: a story
    /// that fails is told whole.
    #[must_use]
    pub fn tail(mut self, tail: Tail) -> Self {
        self.tail = Some(tail);
        self
    }

    /// Installs the subscriber. What is wrong is narrated and kept in [`Guard::faults`];
    /// narration goes on by the default.
    pub fn init(self) -> Guard {
        let mut faults = Vec::new();
        let resolved = self.resolve(&mut faults);
        let mut guard = resolved.install(faults);
        if !guard.installed && !is_captured() {
            guard.faults.push(SetupError::AlreadySet);
        }
        for fault in &guard.faults {
            tracing::error!("{fault}");
        }
        guard
    }

    /// Installs the subscriber, unless something is wrong.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the environment or with what was said
    /// here; then nothing was installed.
    pub fn try_init(self) -> Result<Guard, Vec<SetupError>> {
        let mut faults = Vec::new();
        let resolved = self.resolve(&mut faults);
        if !faults.is_empty() {
            let _ = resolved.sink.close();
            return Err(faults);
        }
        let guard = resolved.install(faults);
        if guard.installed || is_captured() { Ok(guard) } else { Err(vec![SetupError::AlreadySet]) }
    }

    fn resolve(self, faults: &mut Vec<SetupError>) -> Resolved {
        let chosen = self.destination.choose(faults);
        let terminal = chosen.is_terminal();
        let default = if terminal { Format::Pretty } else { Format::Json };
        let format = self.format.unwrap_or_else(|| environment::format(default, faults));
        let chosen = chosen.told_by(self.service.as_ref(), format);
        let (sink, fault) = chosen.open_or_stream(self.destination.stderr);
        let used = if self.destination.stderr { "standard error" } else { "standard output" };
        faults.extend(fault.map(|(path, source)| SetupError::Unwritable { path, used, source }));
        Resolved {
            export: export::start(&self.service, self.policy, faults),
            service: self.service,
            format,
            colour: self.colour.unwrap_or_else(|| terminal && coloured()),
            provenance: self.provenance.unwrap_or_else(environment::provenance),
            policy: self.policy,
            sampler: self.rates.map(|rates| {
                let sampler = Sampler::new(Some(rates));
                match self.tail {
                    Some(tail) => sampler.with_tail(tail, sink.clone()),
                    None => sampler,
                }
            }),
            // Where tests hear, they record.
            coverage: if is_captured() { None } else { environment::coverage(faults) },
            filter: Filter::new(environment::filter(self.filter, faults)),
            sink,
        }
    }
}

/// Everything decided.
struct Resolved {
    service: Cow<'static, str>,
    format: Format,
    colour: bool,
    provenance: bool,
    policy: Option<&'static Policy>,
    sampler: Option<Sampler>,
    coverage: Option<Coverage>,
    export: Export,
    filter: Filter,
    sink: Sink,
}

impl Resolved {
    fn install(self, faults: Vec<SetupError>) -> Guard {
        export::watch(&self.export, &self.sink);
        let root = Root::of_process();
        let streams = Streams::new();
        let layer = crate::layer()
            .with_service(self.service)
            .with_format(self.format)
            .with_colour(self.colour)
            .with_provenance(self.provenance)
            .with_policy(self.policy)
            .with_streams(streams.clone())
            .with_writer(self.sink.clone())
            .rooted(root.as_ref().map(|root| &*root.carried));
        let filter = self.filter.clone();
        let stack = tracing_subscriber::registry()
            .with(export::layer(&self.export))
            .with(Gate(self.filter))
            .with(self.sampler.clone())
            .with(layer)
            .with(self.coverage);
        let installed = tracing::subscriber::set_global_default(stack).is_ok();
        let guard = Guard {
            sink: self.sink,
            filter,
            sampler: self.sampler,
            streams,
            faults,
            export: self.export,
            installed,
        };
        if let Some(policy) = self.policy {
            Rules::tell_faults(policy);
        }
        if installed && let Some(root) = root {
            root.install();
        }
        #[cfg(feature = "log")]
        if installed {
            // Refused where somebody else takes the records of `log`: then those are theirs.
            let _ = tracing_log::LogTracer::init();
        }
        if installed && cfg!(panic = "abort") {
            write_before_abort(guard.sink());
        }
        guard
    }
}

/// Where a panic ends the process at once, no guard is dropped.
fn write_before_abort(sink: &Sink) {
    let (sink, told) = (sink.clone(), std::panic::take_hook());
    std::panic::set_hook(Box::new(move |panic| {
        told(panic);
        let _ = sink.flush();
    }));
}

/// Whether a terminal should get colours.
fn coloured() -> bool {
    anstyle_query::term_supports_color() && !anstyle_query::no_color()
}
