# story: happy
# asserted in: tests/stories/main.rs

[orchestratord] admission: Accepted request; queued at position 0 (ETA 0 ms) on pool 'default'
    | target=session#1  corr#1  session#1  job#1  trace#1  pool_id=default  queue_position=0  predicted_start_ms=0
  [orchestratord] dispatch: Dispatching to pool 'default' after <ms> ms in the queue
      | target=default  corr#1  session#1  job#1  trace#1  pool_id=default  waited_ms=<ms>
    [pool-managerd] ensure: Ensuring that pool 'default' has an engine llamacpp-v1
        | target=default  corr#1  trace#1  pool_id=default  engine=llamacpp-v1
      ∥ 1 of 2
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
          [engine-provisioner] start: Starting engine provisioning for pool default
              | target=default  corr#1  trace#1  pool_id=default  engine=llamacpp-v1  device=GPU0
            [engine-provisioner] preflight: Checking required tools (git, cmake, nvcc)
                | target=default  corr#1  trace#1  pool_id=default  tools=git, cmake, nvcc
            [engine-provisioner] preflight: Checking tools: done in <ms> ms
                | target=default  corr#1  trace#1  outcome=ok  duration_ms=<ms>  pool_id=default  tools=git, cmake, nvcc
            [engine-provisioner] git-clone: Cloning WORK/llama.cpp
                | target=WORK/llama.cpp  corr#1  trace#1  repo_url=WORK/llama.cpp  pool_id=default
            [engine-provisioner] git-clone: Cloning repo: done in <ms> ms
                | target=WORK/llama.cpp  corr#1  trace#1  outcome=ok  duration_ms=<ms>  repo_url=WORK/llama.cpp  pool_id=default
            [engine-provisioner] git-checkout: Checking out ref: master
                | target=master  corr#1  trace#1  git_ref=master  pool_id=default
            [engine-provisioner] git-checkout: Checking out ref: done in <ms> ms
                | target=master  corr#1  trace#1  outcome=ok  duration_ms=<ms>  git_ref=master  pool_id=default
            [engine-provisioner] cmake-configure: Configuring CMake build with flags: ["-DGGML_CUDA=ON"]
                | target=default  corr#1  trace#1  pool_id=default  flags=["-DGGML_CUDA=ON"]
            [engine-provisioner] cmake-failed: CMake failed after <ms> ms: sh ended with exit status: 1: configure: no CUDA compiler: nvcc is not on the PATH
                | level=warn  target=default  corr#1  trace#1  outcome=failed  error=sh ended with exit status: 1: configure: no CUDA compiler: nvcc is not on the PATH  error_kind=tool-failed  duration_ms=<ms>  pool_id=default  flags=["-DGGML_CUDA=ON"]
          [engine-provisioner] cmake-retry: Retrying with host compiler cc
              | target=default  corr#1  trace#1  pool_id=default  compiler=cc
            [engine-provisioner] cmake-configure: Configuring CMake build with flags: ["-DGGML_CUDA=OFF"]
                | target=default  corr#1  trace#1  pool_id=default  flags=["-DGGML_CUDA=OFF"]
            [engine-provisioner] cmake-configure: Configuring build: done in <ms> ms
                | target=default  corr#1  trace#1  outcome=ok  duration_ms=<ms>  pool_id=default  flags=["-DGGML_CUDA=OFF"]
            [engine-provisioner] cmake-build: Building llama-server with 8 parallel jobs
                | target=default  corr#1  trace#1  pool_id=default  jobs=8
            [engine-provisioner] cmake-build: Building binary: done in <ms> ms
                | target=default  corr#1  trace#1  outcome=ok  duration_ms=<ms>  pool_id=default  jobs=8
          [engine-provisioner] complete: Engine prepared: llamacpp-source:master-cpu at port port#1, model: WORK/models/org/tiny/model.gguf
              | target=default  corr#1  trace#1  outcome=ok  duration_ms=<ms>  pool_id=default  engine=llamacpp-source:master-cpu  port#1  path=WORK/models/org/tiny/model.gguf
          [pool-managerd] spawn: Spawning engine llamacpp-v1 for pool 'default' on GPU0
              | target=GPU0  corr#1  trace#1  engine=llamacpp-v1  pool_id=default  device=GPU0  replica_id=r0  slots=4
            [pool-managerd] health-check: Checking the health of replica r0
                | target=r0  corr#1  trace#1  engine=llamacpp-v1  device=GPU0  slots=4  replica_id=r0  pool_id=default
            [pool-managerd] health-check: Asking an engine whether it is well: done in <ms> ms
                | target=r0  corr#1  trace#1  outcome=ok  duration_ms=<ms>  engine=llamacpp-v1  device=GPU0  slots=4  replica_id=r0  pool_id=default
          [pool-managerd] ready: Engine ready; 4 slots available
              | target=GPU0  corr#1  trace#1  outcome=ok  duration_ms=<ms>  engine=llamacpp-v1  pool_id=default  device=GPU0  replica_id=r0  slots=4
        [pool-managerd] ensure: Ensuring that a pool has an engine: done in <ms> ms
            | target=default  corr#1  trace#1  outcome=ok  duration_ms=<ms>  pool_id=default  engine=llamacpp-v1
      ∥ 2 of 2
        [pool-managerd] supervise: Supervising replica r0 (process pid#1)
            | target=r0  corr#1  trace#1  engine=llamacpp-v1  replica_id=r0  pool_id=default  pid#1
    [adapter-host] health: Asking llamacpp-source:master-cpu for its health
        | target=llamacpp-source:master-cpu  corr#1  trace#1  engine=llamacpp-source:master-cpu
    [adapter-host] health: Asking a worker for its health: done in <ms> ms
        | target=llamacpp-source:master-cpu  corr#1  trace#1  outcome=ok  duration_ms=<ms>  engine=llamacpp-source:master-cpu
    [adapter-host] props: Asking llamacpp-source:master-cpu for its properties
        | target=llamacpp-source:master-cpu  corr#1  trace#1  engine=llamacpp-source:master-cpu
    [adapter-host] props: Asking a worker for its properties: done in <ms> ms
        | target=llamacpp-source:master-cpu  corr#1  trace#1  outcome=ok  duration_ms=<ms>  engine=llamacpp-source:master-cpu
    [adapter-host] submit: Submitting to llamacpp-source:master-cpu: up to 24 tokens
        | target=job#1  corr#1  trace#1  prompt#1  max_tokens=24  engine=llamacpp-source:master-cpu
      [worker-adapter] stream: Streaming from llamacpp-source:master-cpu, attempt 1
          | target=llamacpp-source:master-cpu  corr#1  trace#1  prompt#1  max_tokens=24  engine=llamacpp-source:master-cpu  attempt=1
      [worker-adapter] first-token: First token from llamacpp-source:master-cpu after <ms> ms
          | target=llamacpp-source:master-cpu  corr#1  trace#1  duration_ms=<ms>  prompt#1  max_tokens=24  attempt=1  engine=llamacpp-source:master-cpu
      [worker-adapter] stream-end: Stream of llamacpp-source:master-cpu ended after <ms> ms
          | target=llamacpp-source:master-cpu  corr#1  trace#1  outcome=ok  duration_ms=<ms>  prompt#1  max_tokens=24  engine=llamacpp-source:master-cpu  attempt=1
    [adapter-host] submit: Submitting to a worker: done in <ms> ms
        | target=job#1  corr#1  trace#1  outcome=ok  duration_ms=<ms>  prompt#1  max_tokens=24  engine=llamacpp-source:master-cpu
  [orchestratord] completed: Request on pool 'default' done in <ms> ms
      | target=default  corr#1  session#1  job#1  trace#1  outcome=ok  duration_ms=<ms>  pool_id=default  waited_ms=<ms>
