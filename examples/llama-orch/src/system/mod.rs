//! The whole system on this machine: five processes, a hub, a repository.
//!
//! In: a [`Setup`]. Out: a [`System`] that takes requests as a client does, and
//! is gone, with everything it started, when it is dropped.

mod client;
mod hub;
mod process;
mod repository;
pub mod scenarios;
mod story;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use tokio::process::Command;

pub use hub::Hub;
pub use story::{Line, story};

use crate::peer::Peer;
use crate::service::Fault;
use process::Process;

/// What the environment of whoever starts a system must not say to its services.
const UNHEARD: [&str; 6] = [
    "NARRATION_CORRELATION_ID",
    "NARRATION_DELIVERY",
    "NARRATION_FIELDS",
    "NARRATION_PROVENANCE",
    "TRACEPARENT",
    "TRACESTATE",
];

/// What would send an export elsewhere, or otherwise, than a system was told.
const ELSEWHERE: [&str; 7] = [
    "OTEL_EXPORTER_OTLP_HEADERS",
    "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT",
    "OTEL_EXPORTER_OTLP_LOGS_PROTOCOL",
    "OTEL_EXPORTER_OTLP_PROTOCOL",
    "OTEL_RESOURCE_ATTRIBUTES",
    "OTEL_SDK_DISABLED",
    "OTEL_SERVICE_NAME",
];

/// What a system is made of.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The folder with the services' programs.
    pub programs: PathBuf,
    /// A folder for sources, builds and models.
    pub folder: PathBuf,
    /// A folder for the logs, one file a service.
    pub logs: PathBuf,
    /// The `PATH` of the services; theirs is this process's without it.
    pub path: Option<OsString>,
    /// What is heard, as `RUST_LOG` has it.
    pub filter: String,
    /// How many requests may wait for a pool.
    pub queue: usize,
    /// How long each step of a build may take, in seconds.
    pub step_limit: u64,
    /// Where services send what they narrate over OTLP; nowhere without it.
    pub export: Option<String>,
    /// The pools, as `pool-managerd --pool` has them.
    pub pools: Vec<String>,
}

/// The five services and what they need, running.
pub struct System {
    /// In the order they end: whoever asks ends before whoever answers.
    services: Vec<Process>,
    hub: Hub,
    orchestrator: Peer,
    pools: Peer,
}

impl Setup {
    /// A system in a folder, as the demo has it.
    #[must_use]
    pub fn new(
        programs: impl Into<PathBuf>,
        folder: impl Into<PathBuf>,
        logs: impl Into<PathBuf>,
    ) -> Self {
        Self {
            programs: programs.into(),
            folder: folder.into(),
            logs: logs.into(),
            path: None,
            filter: "info".to_owned(),
            queue: 8,
            step_limit: 600,
            export: None,
            pools: vec!["default,master,GPU0,4,0".to_owned(), "stuck,stuck,GPU1,4,0".to_owned()],
        }
    }

    /// One of the services, hearing nothing of the environment it is started in but the `PATH`.
    fn service(&self, name: &str) -> Command {
        let mut command = Command::new(self.programs.join(name));
        for variable in UNHEARD {
            command.env_remove(variable);
        }
        if let Some(export) = &self.export {
            for variable in ELSEWHERE {
                command.env_remove(variable);
            }
            command.env("OTEL_EXPORTER_OTLP_ENDPOINT", export);
        }
        if let Some(path) = &self.path {
            command.env("PATH", path).env_remove("CC");
        }
        command
            .env("RUST_LOG", &self.filter)
            .env("NARRATION_FORMAT", "json")
            .env("NARRATION_FILE", self.logs.join(name).with_extension("log"))
            .env("HF_TOKEN", scenarios::HF_TOKEN)
            .env("LC_ALL", "C");
        command
    }

    /// The pools by name alone, as the orchestrator has them.
    fn pool_names(&self) -> impl Iterator<Item = &str> {
        self.pools.iter().map(|pool| pool.split(',').next().unwrap_or_default())
    }
}

impl System {
    /// Starts everything; each service listens on a port of its own before the next is started.
    ///
    /// # Errors
    ///
    /// A folder cannot be made, a service does not start. What was started is ended.
    pub async fn start(setup: &Setup) -> Result<Self, Fault> {
        for folder in [&setup.folder, &setup.logs] {
            tokio::fs::create_dir_all(folder).await?;
        }
        let hub = Hub::start().await?;
        let repository =
            repository::make(&setup.folder.join("llama.cpp"), setup.path.as_deref()).await;
        let models = setup.folder.join("models");
        let mut command = setup.service("model-provisioner");
        command.args(["--hub", hub.address()]).arg("--folder").arg(models);
        let models = Process::start("model-provisioner", command).await?;
        let mut command = setup.service("engine-provisioner");
        command.arg("--repository").arg(repository.display().to_string());
        command.arg("--folder").arg(setup.folder.join("engines"));
        command.args(["--step-limit", &setup.step_limit.to_string()]);
        let engines = Process::start("engine-provisioner", command).await?;
        let adapters = Process::start("adapter-host", setup.service("adapter-host")).await?;
        let mut command = setup.service("pool-managerd");
        command.args(["--model-provisioner", models.address()]);
        command.args(["--engine-provisioner", engines.address()]);
        for pool in &setup.pools {
            command.args(["--pool", pool]);
        }
        let pools = Process::start("pool-managerd", command).await?;
        let mut command = setup.service("orchestratord");
        command.args(["--pool-managerd", pools.address()]);
        command.args(["--adapter-host", adapters.address()]);
        command.args(["--queue", &setup.queue.to_string()]);
        for pool in setup.pool_names() {
            command.args(["--pool", pool]);
        }
        let orchestrator = Process::start("orchestratord", command).await?;
        Ok(Self {
            hub,
            orchestrator: Peer::new("orchestratord", orchestrator.address())?,
            pools: Peer::new("pool-managerd", pools.address())?,
            services: vec![orchestrator, adapters, pools, engines, models],
        })
    }

    /// Ends everything in good order: what is in flight is told as cancelled.
    pub async fn stop(self) {
        for service in self.services {
            service.stop().await;
        }
    }

    /// The process of a service, while it runs.
    #[must_use]
    pub fn process_id(&self, service: &str) -> Option<u32> {
        self.services.iter().find(|process| process.name() == service)?.id()
    }

    /// Where models come from.
    #[must_use]
    pub fn hub(&self) -> &Hub {
        &self.hub
    }
}

/// The folder this program is in, where its siblings are, too.
///
/// # Errors
///
/// The system does not say.
pub fn own_folder() -> std::io::Result<PathBuf> {
    let program = std::env::current_exe()?;
    Ok(program.parent().unwrap_or(Path::new(".")).to_owned())
}
