# story: crash
# asserted in: tests/stories/main.rs

[orchestratord] admission: Accepted request; queued at position 0 (ETA 0 ms) on pool 'default'
    | target=session#1  corr#1  session#1  job#1  trace#1  pool_id=default  queue_position=0  predicted_start_ms=0
  [orchestratord] dispatch: Dispatching to pool 'default' after <ms> ms in the queue
      | target=default  corr#1  session#1  job#1  trace#1  pool_id=default  waited_ms=<ms>
    [pool-managerd] ensure: Ensuring that pool 'default' has an engine llamacpp-v1
        | target=default  corr#1  trace#1  pool_id=default  engine=llamacpp-v1
      [model-provisioner] resolve: Resolving model reference: hf:org/tiny
          | target=hf:org/tiny  corr#1  trace#1  model_ref=hf:org/tiny
      [model-provisioner] ensure: Ensuring model present: ModelRef::HuggingFace(...)
          | target=ModelRef::HuggingFace(...)  corr#1  trace#1  model_ref=ModelRef::HuggingFace(...)
        [model-provisioner] verify: Verifying digest for model#1
            | target=model#1  corr#1  trace#1  model#1  digest=sha256:b8fff4afdc30994791a6f55f1b95c6da814229fc0a326f363aa00ba85f41630d
        [model-provisioner] verified: Digest verified: sha256:b8fff4afdc30994791a6f55f1b95c6da814229fc0a326f363aa00ba85f41630d
            | target=model#1  corr#1  trace#1  outcome=ok  duration_ms=<ms>  model#1  digest=sha256:b8fff4afdc30994791a6f55f1b95c6da814229fc0a326f363aa00ba85f41630d
      [model-provisioner] complete: Model ready: model#1 at WORK/models/org/tiny/model.gguf
          | target=model#1  corr#1  trace#1  model#1  path=WORK/models/org/tiny/model.gguf  size=524288
    [pool-managerd] ensure: Ensuring that a pool has an engine: done in <ms> ms
        | target=default  corr#1  trace#1  outcome=ok  duration_ms=<ms>  pool_id=default  engine=llamacpp-v1
    [adapter-host] health: Asking llamacpp-source:master-cpu for its health
        | target=llamacpp-source:master-cpu  corr#1  trace#1  engine=llamacpp-source:master-cpu
    [adapter-host] health: Asking a worker for its health: done in <ms> ms
        | target=llamacpp-source:master-cpu  corr#1  trace#1  outcome=ok  duration_ms=<ms>  engine=llamacpp-source:master-cpu
    [adapter-host] props: Asking llamacpp-source:master-cpu for its properties
        | target=llamacpp-source:master-cpu  corr#1  trace#1  engine=llamacpp-source:master-cpu
    [adapter-host] props: Asking a worker for its properties: done in <ms> ms
        | target=llamacpp-source:master-cpu  corr#1  trace#1  outcome=ok  duration_ms=<ms>  engine=llamacpp-source:master-cpu
    ∥ 1 of 2
      [adapter-host] submit: Submitting to llamacpp-source:master-cpu: up to 60 tokens
          | target=job#1  corr#1  trace#1  prompt#1  max_tokens=60  engine=llamacpp-source:master-cpu
        [worker-adapter] stream: Streaming from llamacpp-source:master-cpu, attempt 1
            | target=llamacpp-source:master-cpu  corr#1  trace#1  prompt#1  max_tokens=60  engine=llamacpp-source:master-cpu  attempt=1
        [worker-adapter] first-token: First token from llamacpp-source:master-cpu after <ms> ms
            | target=llamacpp-source:master-cpu  corr#1  trace#1  duration_ms=<ms>  prompt#1  max_tokens=60  attempt=1  engine=llamacpp-source:master-cpu
        [worker-adapter] stream-failed: Stream of llamacpp-source:master-cpu broke off: the engine is away: error decoding response body: error reading a body from connection: unexpected EOF during chunk size line
            | level=warn  target=llamacpp-source:master-cpu  corr#1  trace#1  outcome=failed  error=the engine is away: error decoding response body: error reading a body from connection: unexpected EOF during chunk size line  error_kind=service-away  duration_ms=<ms>  prompt#1  max_tokens=60  engine=llamacpp-source:master-cpu  attempt=1
      [worker-adapter] retry: Asking llamacpp-source:master-cpu again in 50 ms, attempt 2
          | target=llamacpp-source:master-cpu  corr#1  trace#1  backoff_ms=50  prompt#1  max_tokens=60  engine=llamacpp-source:master-cpu  attempt=2
        [worker-adapter] stream: Streaming from llamacpp-source:master-cpu, attempt 2
            | target=llamacpp-source:master-cpu  corr#1  trace#1  prompt#1  max_tokens=60  engine=llamacpp-source:master-cpu  attempt=2
        [worker-adapter] first-token: First token from llamacpp-source:master-cpu after <ms> ms
            | target=llamacpp-source:master-cpu  corr#1  trace#1  duration_ms=<ms>  prompt#1  max_tokens=60  attempt=2  engine=llamacpp-source:master-cpu
        [worker-adapter] stream-end: Stream of llamacpp-source:master-cpu ended after <ms> ms
            | target=llamacpp-source:master-cpu  corr#1  trace#1  outcome=ok  duration_ms=<ms>  prompt#1  max_tokens=60  engine=llamacpp-source:master-cpu  attempt=2
      [adapter-host] submit: Submitting to a worker: done in <ms> ms
          | target=job#1  corr#1  trace#1  outcome=ok  duration_ms=<ms>  prompt#1  max_tokens=60  engine=llamacpp-source:master-cpu
    ∥ 2 of 2
      [pool-managerd] crash: Engine crashed: signal: 6 (SIGABRT)
          | level=error  target=r0  corr#1  trace#1  engine=llamacpp-v1  replica_id=r0  pool_id=default  status=signal: 6 (SIGABRT)
        [pool-managerd] recover: Recovering replica r0: restart 1
            | target=r0  corr#1  trace#1  engine=llamacpp-v1  replica_id=r0  pool_id=default  restarts=1  port#1
          [pool-managerd] health-check: Checking the health of replica r0
              | target=r0  corr#1  trace#1  engine=llamacpp-v1  restarts=1  port#1  replica_id=r0  pool_id=default
          [pool-managerd] health-check: Asking an engine whether it is well: done in <ms> ms
              | target=r0  corr#1  trace#1  outcome=ok  duration_ms=<ms>  engine=llamacpp-v1  restarts=1  port#1  replica_id=r0  pool_id=default
        [pool-managerd] recovered: Replica r0 is back after <ms> ms
            | target=r0  corr#1  trace#1  outcome=ok  duration_ms=<ms>  engine=llamacpp-v1  replica_id=r0  pool_id=default  restarts=1  port#1
      [pool-managerd] supervise: Supervising replica r0 (process pid#1)
          | target=r0  corr#1  trace#1  engine=llamacpp-v1  replica_id=r0  pool_id=default  pid#1
  [orchestratord] completed: Request on pool 'default' done in <ms> ms
      | target=default  corr#1  session#1  job#1  trace#1  outcome=ok  duration_ms=<ms>  pool_id=default  waited_ms=<ms>
