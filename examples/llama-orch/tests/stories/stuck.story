# story: stuck
# asserted in: tests/stories/main.rs

[orchestratord] admission: Accepted request; queued at position 0 (ETA 0 ms) on pool 'stuck'
    | target=session#1  corr#1  session#1  job#1  trace#1  pool_id=stuck  queue_position=0  predicted_start_ms=0
  [orchestratord] dispatch: Dispatching to pool 'stuck' after <ms> ms in the queue
      | target=stuck  corr#1  session#1  job#1  trace#1  pool_id=stuck  waited_ms=<ms>
    [pool-managerd] ensure: Ensuring that pool 'stuck' has an engine llamacpp-v1
        | target=stuck  corr#1  trace#1  pool_id=stuck  engine=llamacpp-v1
      [model-provisioner] resolve: Resolving model reference: hf:org/tiny
          | target=hf:org/tiny  corr#1  trace#1  model_ref=hf:org/tiny
      [model-provisioner] ensure: Ensuring model present: ModelRef::HuggingFace(...)
          | target=ModelRef::HuggingFace(...)  corr#1  trace#1  model_ref=ModelRef::HuggingFace(...)
      [model-provisioner] download: Downloading from Hugging Face: org/tiny
          | target=hf:org/tiny  corr#1  trace#1  model_ref=hf:org/tiny  repository=org/tiny  hf_token=[redacted:secret]
      [model-provisioner] downloaded: Downloaded org/tiny to WORK/models/org/tiny/model.gguf: 524288 bytes
          | target=org/tiny  corr#1  trace#1  outcome=ok  duration_ms=<ms>  repository=org/tiny  path=WORK/models/org/tiny/model.gguf  size=524288
        [model-provisioner] verify: Verifying digest for model#1
            | target=model#1  corr#1  trace#1  model#1  digest=sha256:b8fff4afdc30994791a6f55f1b95c6da814229fc0a326f363aa00ba85f41630d
        [model-provisioner] verified: Digest verified: sha256:b8fff4afdc30994791a6f55f1b95c6da814229fc0a326f363aa00ba85f41630d
            | target=model#1  corr#1  trace#1  outcome=ok  duration_ms=<ms>  model#1  digest=sha256:b8fff4afdc30994791a6f55f1b95c6da814229fc0a326f363aa00ba85f41630d
      [model-provisioner] complete: Model ready: model#1 at WORK/models/org/tiny/model.gguf
          | target=model#1  corr#1  trace#1  model#1  path=WORK/models/org/tiny/model.gguf  size=524288
      [engine-provisioner] start: Starting engine provisioning for pool stuck
          | target=stuck  corr#1  trace#1  pool_id=stuck  engine=llamacpp-v1  device=GPU1
        [engine-provisioner] preflight: Checking required tools (git, cmake, nvcc)
            | target=stuck  corr#1  trace#1  pool_id=stuck  tools=git, cmake, nvcc
        [engine-provisioner] preflight: Checking tools: done in <ms> ms
            | target=stuck  corr#1  trace#1  outcome=ok  duration_ms=<ms>  pool_id=stuck  tools=git, cmake, nvcc
        [engine-provisioner] git-clone: Cloning WORK/llama.cpp
            | target=WORK/llama.cpp  corr#1  trace#1  repo_url=WORK/llama.cpp  pool_id=stuck
        [engine-provisioner] git-clone: Cloning repo: done in <ms> ms
            | target=WORK/llama.cpp  corr#1  trace#1  outcome=ok  duration_ms=<ms>  repo_url=WORK/llama.cpp  pool_id=stuck
        [engine-provisioner] git-checkout: Checking out ref: stuck
            | target=stuck  corr#1  trace#1  git_ref=stuck  pool_id=stuck
        [engine-provisioner] git-checkout: Checking out ref: done in <ms> ms
            | target=stuck  corr#1  trace#1  outcome=ok  duration_ms=<ms>  git_ref=stuck  pool_id=stuck
        [engine-provisioner] cmake-configure: Configuring CMake build with flags: ["-DGGML_CUDA=ON"]
            | target=stuck  corr#1  trace#1  pool_id=stuck  flags=["-DGGML_CUDA=ON"]
        [engine-provisioner] cmake-failed: CMake failed after <ms> ms: sh ended with exit status: 1: configure: no CUDA compiler: nvcc is not on the PATH
            | level=warn  target=stuck  corr#1  trace#1  outcome=failed  error=sh ended with exit status: 1: configure: no CUDA compiler: nvcc is not on the PATH  error_kind=tool-failed  duration_ms=<ms>  pool_id=stuck  flags=["-DGGML_CUDA=ON"]
      [engine-provisioner] cmake-retry: Retrying with host compiler cc
          | target=stuck  corr#1  trace#1  pool_id=stuck  compiler=cc
        [engine-provisioner] cmake-configure: Configuring CMake build with flags: ["-DGGML_CUDA=OFF"]
            | target=stuck  corr#1  trace#1  pool_id=stuck  flags=["-DGGML_CUDA=OFF"]
        [engine-provisioner] cmake-configure: Configuring build: done in <ms> ms
            | target=stuck  corr#1  trace#1  outcome=ok  duration_ms=<ms>  pool_id=stuck  flags=["-DGGML_CUDA=OFF"]
        [engine-provisioner] cmake-build: Building llama-server with 8 parallel jobs
            | target=stuck  corr#1  trace#1  pool_id=stuck  jobs=8
