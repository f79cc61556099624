//! Logs as they lie around: packed, rotated, piped, wrapped, of other programs.

use std::io::Write as _;

use crate::place::{ADMISSION, BUILD, MEMO, Place, SPAWN, deeds};

#[test]
fn packed_and_rotated_logs_are_read_as_they_are() {
    let place = Place::new();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(format!("{ADMISSION}\n").as_bytes()).unwrap();
    place.bytes("orchestratord.log.2.gz", &gzip.finish().unwrap());
    let zstd = zstd::encode_all(format!("{SPAWN}\n").as_bytes(), 1).unwrap();
    place.bytes("pool-managerd.log.zst", &zstd);
    place.log("engine-provisioner.log.1", &[BUILD]);
    assert_eq!(deeds(&place.json(&["story", "req-xyz", "."])), MEMO);

    // Several members, one behind the other, as log rotation writes them.
    let place = Place::new();
    let pack = |line: &str| {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(format!("{line}\n").as_bytes()).unwrap();
        gzip.finish().unwrap()
    };
    place.bytes("all.gz", &[pack(ADMISSION), pack(SPAWN), pack(BUILD)].concat());
    assert_eq!(deeds(&place.json(&["story", "req-xyz", "all.gz"])), MEMO);
}

#[test]
fn logs_can_be_piped_in() {
    let place = Place::new();
    let lines = [BUILD, SPAWN, ADMISSION].join("\n");
    for args in [&["story", "session-abc123", "-"][..], &["story", "session-abc123"]] {
        let said = place.run_with(args, lines.as_bytes());
        assert_eq!(said.code, Some(0), "{said:?}");
        said.has("3 services · 3 steps");
    }
}

#[test]
fn every_service_may_write_in_its_own_way() {
    let place = Place::new();
    place.log("orchestratord.log", &[r#"timestamp=2026-11-21T18:34:05.123456Z level=info actor=orchestratord action=admission human="Accepted" correlation_id=req-xyz session_id=session-abc123"#]);
    place.log("pool-managerd.log", &[r#"2026-11-21T18:34:05.3Z stdout F {"timestamp":"2026-11-21T18:34:05.223456Z","level":"INFO","fields":{"message":"Spawning engine"},"target":"pool_managerd::spawn","span":{"name":"spawn","correlation_id":"req-xyz"},"spans":[{"name":"spawn","correlation_id":"req-xyz"}]}"#]);
    place.log("collector.json", &[r#"{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"engine-provisioner"}}]},"scopeLogs":[{"logRecords":[{"timeUnixNano":"1795286045623456000","severityNumber":9,"body":{"stringValue":"Building"},"eventName":"engine-provisioner.cmake-build","attributes":[{"key":"correlation_id","value":{"stringValue":"req-xyz"}}]},{"timeUnixNano":"1795286045623456001","body":{"stringValue":"of another request"},"attributes":[{"key":"correlation_id","value":{"stringValue":"req-1"}}]}]}]}]}"#]);
    let story = place.json(&["story", "session-abc123", "."]);
    assert_eq!(
        deeds(&story),
        ["orchestratord admission", "pool-managerd log", "engine-provisioner cmake-build"]
    );
}

#[test]
fn whatever_the_journal_prints_is_read() {
    let times = "__REALTIME_TIMESTAMP=1795286045123456\nSYSLOG_IDENTIFIER=orchestratord\n";
    let told = "NARRATION_ACTOR=orchestratord\nNARRATION_ACTION=admission\nNARRATION_LEVEL=info\n\
                NARRATION_TIMESTAMP=2026-11-21T18:34:05.123456Z\n\
                NARRATION_CORRELATION_ID=req-xyz\nNARRATION_SESSION_ID=session-abc123\n";
    let first = format!("__CURSOR=s=1\n{times}PRIORITY=6\nMESSAGE=Accepted; queued\n{told}\n");
    let second =
        format!("__CURSOR=s=2\n__REALTIME_TIMESTAMP=1795286045223456\nMESSAGE={SPAWN}\n\n");
    // What has a line break in it stands behind its length.
    let third = format!("{BUILD}\n");
    let mut export = [first.as_bytes(), second.as_bytes(), b"__CURSOR=s=3\nMESSAGE\n"].concat();
    export.extend_from_slice(&(third.len() as u64).to_le_bytes());
    export.extend_from_slice(third.as_bytes());
    export.extend_from_slice(b"\n_PID=42\n\n");
    let place = Place::new();
    place.bytes("journal.export", &export);
    for id in ["req-xyz", "session-abc123"] {
        let story = place.json(&["story", id, "journal.export"]);
        assert_eq!(deeds(&story), MEMO);
        assert_eq!(story["steps"][0]["human"], "Accepted; queued");
    }
    let piped = place.run_with(&["story", "req-xyz", "-"], &export);
    piped.has("3 services · 3 steps");
    // One that breaks off is told up to there.
    place.bytes("cut.export", &export[..export.len() - 40]);
    let cut = place.run(&["story", "req-xyz", "cut.export"]);
    assert_eq!(cut.code, Some(3), "{cut:?}");
    cut.has("2 services · 2 steps").has("stands no field of a journal's export");

    let pretty = |line: &str| {
        let entry = serde_json::json!({
            "__CURSOR": "s=1", "__REALTIME_TIMESTAMP": "1795286045123456", "MESSAGE": line,
        });
        serde_json::to_string_pretty(&entry).unwrap().replace("  ", "\t").replace("\": ", "\" : ")
    };
    place.bytes("pretty.json", [ADMISSION, SPAWN, BUILD].map(pretty).join("\n").as_bytes());
    let short = |line: &&str| format!("2026-11-21T18:34:05+0000 host unit[42]: {line}\n");
    place.bytes(
        "short.log",
        [ADMISSION, SPAWN, BUILD].iter().map(short).collect::<String>().as_bytes(),
    );
    place.log("cat.log", &[ADMISSION, SPAWN, BUILD]);
    for log in ["pretty.json", "short.log", "cat.log"] {
        assert_eq!(deeds(&place.json(&["story", "req-xyz", log])), MEMO, "{log}");
    }
}

#[test]
fn a_span_of_otlp_is_its_start_and_its_end() {
    let place = Place::new();
    place.log("traces.json", &[r#"{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"gateway"}}]},"scopeSpans":[{"spans":[{"traceId":"0AF7651916CD43DD8448EB211C80319C","spanId":"B7AD6B7169203331","name":"POST /v1/chat","startTimeUnixNano":"1795286045000000000","endTimeUnixNano":"1795286047500000000","status":{"code":2,"message":"no engine"},"attributes":[{"key":"correlation_id","value":{"stringValue":"req-xyz"}}]},{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"00f067aa0ba902b7","parentSpanId":"b7ad6b7169203331","name":"dispatch","startTimeUnixNano":"1795286046000000000","attributes":[{"key":"correlation_id","value":{"stringValue":"req-xyz"}}]}]}]}]}"#]);
    let story = place.json(&["story", "req-xyz", "."]);
    assert_eq!(
        deeds(&story),
        ["gateway POST /v1/chat", "gateway dispatch", "gateway POST /v1/chat"]
    );
    let operation = &story["operations"][0];
    assert_eq!(
        (&operation["outcome"], &operation["duration_ns"]),
        (&"failed".into(), &2_500_000_000_u64.into())
    );
    let end = &story["steps"][2];
    assert_eq!((&end["fields"]["error"], &end["level"]), (&"no engine".into(), &"error".into()));
    assert_eq!(story["steps"][1]["fields"]["parent_span_id"], "b7ad6b7169203331");
}
