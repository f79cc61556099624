//! Configuring and building an engine.
//!
//! In: its sources and the tools of this machine. Out: its program. First it
//! is configured for CUDA; where that fails, with the compiler of this machine.
//! Without CMake the sources' own script and the C compiler do the same.

use std::path::{Path, PathBuf};

use narration_runtime::{narrate, narrated};
use tokio::fs;
use tokio::process::Command;
use tokio::sync::Semaphore;

use super::preflight::Toolchain;
use super::{BuildError, Workshop};
use crate::tool;

/// The program, within the folder it is built in.
const BINARY: &str = "llama-server";

/// What was built.
pub(super) struct Built {
    pub(super) binary: PathBuf,
    /// What it computes on.
    pub(super) backend: &'static str,
}

/// One build: where from, where to, and with what.
struct Site<'b> {
    workshop: &'b Workshop,
    sources: &'b Path,
    folder: PathBuf,
    tools: &'b Toolchain,
}

/// Configures and builds.
pub(super) async fn build(
    workshop: &Workshop,
    pool_id: &str,
    sources: &Path,
    tools: &Toolchain,
) -> Result<Built, BuildError> {
    let folder = sources.with_file_name("build");
    let site = Site { workshop, sources, folder, tools };
    let backend = match cmake_configure(&site, pool_id, &["-DGGML_CUDA=ON"]).await {
        Ok(()) => "cuda",
        Err(_) => {
            let compiler = tools.compiler.to_string_lossy().into_owned();
            narrate!(actor = "engine-provisioner", action = "cmake-retry", pool_id, compiler);
            cmake_configure(&site, pool_id, &["-DGGML_CUDA=OFF"]).await?;
            "cpu"
        }
    };
    cmake_build(&site, pool_id, workshop.jobs).await?;
    Ok(Built { binary: site.folder.join(BINARY), backend })
}

#[narrated(
    actor = "engine-provisioner",
    action = "cmake-configure",
    flags = ?options,
    error_kind = err.kind()
)]
async fn cmake_configure(
    site: &Site<'_>,
    pool_id: &str,
    options: &[&str],
) -> Result<(), BuildError> {
    // From nothing: what an earlier attempt left must not decide.
    let _ = fs::remove_dir_all(&site.folder).await;
    fs::create_dir_all(&site.folder).await.map_err(BuildError::Files)?;
    let mut configure = if site.tools.cmake {
        let mut cmake = Command::new("cmake");
        cmake.arg("-S").arg(site.sources).arg("-B").arg(&site.folder);
        cmake
    } else {
        let mut script = Command::new("sh");
        script.arg(site.sources.join("configure"));
        script
    };
    configure.args(options).env("CC", &site.tools.compiler).current_dir(&site.folder);
    tool::run(&mut configure, site.workshop.limit).await?;
    Ok(())
}

#[narrated(actor = "engine-provisioner", action = "cmake-build", error_kind = err.kind())]
async fn cmake_build(site: &Site<'_>, pool_id: &str, jobs: usize) -> Result<(), BuildError> {
    if site.tools.cmake {
        let mut cmake = Command::new("cmake");
        cmake.arg("--build").arg(&site.folder).args(["--parallel", &jobs.to_string()]);
        tool::run(&mut cmake, site.workshop.limit).await?;
        return Ok(());
    }
    generate(site).await?;
    let flags = fs::read_to_string(site.folder.join("flags")).await.map_err(BuildError::Files)?;
    let flags: Vec<&str> = flags.split_whitespace().collect();
    let at_a_time = Semaphore::new(jobs);
    let unit = |name| compile(site, name, &flags, &at_a_time);
    let (main, http, words) = tokio::try_join!(unit("main"), unit("http"), unit("words"))?;
    let mut link = compiler(site);
    link.args([main, http, words]).arg("-o").arg(site.folder.join(BINARY));
    tool::run(&mut link, site.workshop.limit).await?;
    Ok(())
}

/// The table of words, made by the sources' own script.
async fn generate(site: &Site<'_>) -> Result<(), BuildError> {
    let mut script = Command::new("sh");
    script.arg(site.sources.join("generate.sh")).arg(site.sources.join("words.txt"));
    script.current_dir(&site.folder);
    let table = tool::run(&mut script, site.workshop.limit).await?;
    fs::write(site.folder.join("table.h"), table).await.map_err(BuildError::Files)
}

async fn compile(
    site: &Site<'_>,
    unit: &str,
    flags: &[&str],
    at_a_time: &Semaphore,
) -> Result<PathBuf, BuildError> {
    // Nobody closes the semaphore, and without its leave it would compile all the same.
    let _turn = at_a_time.acquire().await;
    let object = site.folder.join(unit).with_extension("o");
    let source = site.sources.join(unit).with_extension("c");
    let mut compile = compiler(site);
    compile.args(flags).arg("-c").arg(source).arg("-o").arg(&object);
    tool::run(&mut compile, site.workshop.limit).await?;
    Ok(object)
}

fn compiler(site: &Site<'_>) -> Command {
    let mut compiler = Command::new(&site.tools.compiler);
    compiler.arg("-pthread").arg("-I").arg(&site.folder).current_dir(&site.folder);
    compiler
}
