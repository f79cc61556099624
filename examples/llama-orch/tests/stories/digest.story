# story: digest
# asserted in: tests/stories/main.rs

[orchestratord] admission: Accepted request; queued at position 0 (ETA 0 ms) on pool 'default'
    | target=session#1  corr#1  session#1  job#1  trace#1  pool_id=default  queue_position=0  predicted_start_ms=0
  [orchestratord] dispatch: Dispatching to pool 'default' after <ms> ms in the queue
      | target=default  corr#1  session#1  job#1  trace#1  pool_id=default  waited_ms=<ms>
    [pool-managerd] ensure: Ensuring that pool 'default' has an engine llamacpp-v1
        | target=default  corr#1  trace#1  pool_id=default  engine=llamacpp-v1
      [model-provisioner] resolve: Resolving model reference: hf:org/tampered
          | target=hf:org/tampered  corr#1  trace#1  model_ref=hf:org/tampered
      [model-provisioner] ensure: Ensuring model present: ModelRef::HuggingFace(...)
          | target=ModelRef::HuggingFace(...)  corr#1  trace#1  model_ref=ModelRef::HuggingFace(...)
      [model-provisioner] download: Downloading from Hugging Face: org/tampered
          | target=hf:org/tampered  corr#1  trace#1  model_ref=hf:org/tampered  repository=org/tampered  hf_token=[redacted:secret]
      [model-provisioner] downloaded: Downloaded org/tampered to WORK/models/org/tampered/model.gguf: 524288 bytes
          | target=org/tampered  corr#1  trace#1  outcome=ok  duration_ms=<ms>  repository=org/tampered  path=WORK/models/org/tampered/model.gguf  size=524288
        [model-provisioner] verify: Verifying digest for model#1
            | target=model#1  corr#1  trace#1  model#1  digest=sha256:b8fff4afdc30994791a6f55f1b95c6da814229fc0a326f363aa00ba85f41630d
        [model-provisioner] verify-failed: Digest mismatch: expected sha256:b8fff4afdc30994791a6f55f1b95c6da814229fc0a326f363aa00ba85f41630d, got sha256:a7abb961579cecd5a0a77db7340d7874f76abf36e9e2deaed398ee0381f7843f
            | level=error  target=model#1  corr#1  trace#1  outcome=failed  error=mismatch: expected sha256:b8fff4afdc30994791a6f55f1b95c6da814229fc0a326f363aa00ba85f41630d, got sha256:a7abb961579cecd5a0a77db7340d7874f76abf36e9e2deaed398ee0381f7843f  error_kind=digest-mismatch  duration_ms=<ms>  model#1  digest=sha256:b8fff4afdc30994791a6f55f1b95c6da814229fc0a326f363aa00ba85f41630d
    [pool-managerd] ensure: Ensuring that a pool has an engine failed after <ms> ms: model-provisioner: digest mismatch: expected sha256:b8fff4afdc30994791a6f55f1b95c6da814229fc0a326f363aa00ba85f41630d, got sha256:a7abb961579cecd5a0a77db7340d7874f76abf36e9e2deaed398ee0381f7843f
        | level=warn  target=default  corr#1  trace#1  outcome=failed  error=model-provisioner: digest mismatch: expected sha256:b8fff4afdc30994791a6f55f1b95c6da814229fc0a326f363aa00ba85f41630d, got sha256:a7abb961579cecd5a0a77db7340d7874f76abf36e9e2deaed398ee0381f7843f  error_kind=digest-mismatch  duration_ms=<ms>  pool_id=default  engine=llamacpp-v1
  [orchestratord] failed: Request on pool 'default' failed: pool-managerd: model-provisioner: digest mismatch: expected sha256:b8fff4afdc30994791a6f55f1b95c6da814229fc0a326f363aa00ba85f41630d, got sha256:a7abb961579cecd5a0a77db7340d7874f76abf36e9e2deaed398ee0381f7843f
      | level=warn  target=default  corr#1  session#1  job#1  trace#1  outcome=failed  error=pool-managerd: model-provisioner: digest mismatch: expected sha256:b8fff4afdc30994791a6f55f1b95c6da814229fc0a326f363aa00ba85f41630d, got sha256:a7abb961579cecd5a0a77db7340d7874f76abf36e9e2deaed398ee0381f7843f  error_kind=digest-mismatch  duration_ms=<ms>  pool_id=default  waited_ms=<ms>
