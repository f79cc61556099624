//! Logs of other teams, as their loggers and stores write them: asked for an id, a story has times,
//! texts and what went wrong, and a list has the request.

use crate::place::Place;

/// What a story says of a log: how it ended, and the texts of its steps with their levels.
#[track_caller]
fn told(log: &str, id: &str, wanted: &[(&str, &str)]) -> serde_json::Value {
    let place = Place::new();
    place.bytes("app.log", log.as_bytes());
    let story = place.json(&["story", id, "app.log"]);
    let steps = story["steps"].as_array().unwrap();
    let said = |step: &serde_json::Value| {
        assert!(step["time"].as_str().unwrap().starts_with("2026-03-02T08:14:2"), "{step}");
        let text = |key: &str| step[key].as_str().unwrap().to_owned();
        (text("level"), text("human"))
    };
    let said: Vec<(String, String)> = steps.iter().map(said).collect();
    let said: Vec<(&str, &str)> = said.iter().map(|(one, two)| (&**one, &**two)).collect();
    assert_eq!(said, wanted, "{story:#}");
    story
}

#[test]
fn structured_events_of_dotnet_have_their_templates_filled() {
    let story = told(
        r#"{"@t":"2026-03-02T08:14:21.1180000Z","@mt":"Invoicing {CustomerId} for {Amount:C}, {Nobody}","CustomerId":"cus-88","Amount":129.5,"CorrelationId":"b1ll-77f0"}
{"@t":"2026-03-02T08:14:21.9180000Z","@m":"Mail queued","@i":"9a8b7c6d","CorrelationId":"b1ll-77f0"}
{"@t":"2026-03-02T08:14:22.3180000Z","@mt":"Could not print {@Invoice}","@l":"Error","@x":"System.IO.IOException: out of paper\n   at Billing.Print()","Invoice":"inv-9","CorrelationId":"b1ll-77f0"}
"#,
        "b1ll-77f0",
        &[
            ("info", "Invoicing cus-88 for 129.5, {Nobody}"),
            ("info", "Mail queued"),
            ("error", "Could not print inv-9"),
        ],
    );
    let error = &story["steps"][2]["fields"]["error"];
    assert_eq!(error, "System.IO.IOException: out of paper");
}

#[test]
fn the_event_of_structlog_is_its_text_and_the_end_of_a_traceback_its_error() {
    let story = told(
        r#"{"event": "task started", "level": "info", "timestamp": "2026-03-02T08:14:21.118000Z", "correlation_id": "img-4411"}
{"event": "task failed", "exception": "Traceback (most recent call last):\n  File \"w.py\", line 3\nOSError: disk full", "level": "critical", "timestamp": "2026-03-02T08:14:25.118000Z", "correlation_id": "img-4411"}
"#,
        "img-4411",
        &[("info", "task started"), ("error", "task failed")],
    );
    assert_eq!(story["steps"][1]["fields"]["error"], "OSError: disk full");
}

#[test]
fn what_a_server_answered_is_the_text_of_its_line() {
    told(
        r#"{"time_iso8601":"2026-03-02T08:14:21+00:00","request":"POST /checkout HTTP/1.1","status":"502","request_id":"4f0f9b7e2ac1d1f0e9118c7f2b1061a2"}
{"time_local":"02/Mar/2026:09:14:24 +0100","request":"GET /cart HTTP/1.1","status":404,"request_id":"4f0f9b7e2ac1d1f0e9118c7f2b1061a2"}
{"msec":"1772439265.118","request_method":"GET","uri":"/health","status":"200","request_id":"4f0f9b7e2ac1d1f0e9118c7f2b1061a2"}
"#,
        "4f0f9b7e2ac1d1f0e9118c7f2b1061a2",
        &[
            ("error", "POST /checkout HTTP/1.1 → 502"),
            ("warn", "GET /cart HTTP/1.1 → 404"),
            ("info", "GET /health → 200"),
        ],
    );
}

#[test]
fn elastics_nested_level_counts_and_so_does_the_first_line_of_a_stack() {
    let story = told(
        r#"{"@timestamp":"2026-03-02T09:14:21.500+01:00","log":{"level":"WARN","logger":"Stock"},"service":{"name":"stock"},"message":"Few left","correlationId":"ord-5512-ab"}
{"@timestamp":"2026-03-02T08:14:24.002Z","message":"Payment refused","level":"ERROR","stack_trace":"shop.PaymentException: card expired\n\tat shop.Pay","X-Correlation-ID":"ord-5512-ab"}
"#,
        "ord-5512-ab",
        &[("warn", "Few left"), ("error", "Payment refused")],
    );
    assert_eq!(story["steps"][0]["actor"], "stock");
    assert_eq!(story["steps"][1]["fields"]["error"], "shop.PaymentException: card expired");
}

#[test]
fn a_trace_is_found_wherever_it_is_a_part_of_a_value() {
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    let log = r#"2026-03-02T08:14:21.118200331Z stdout F {"lvl":"info","t":"2026-03-02T08:14:21.118Z","msg":"login","traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}
2026-03-02T08:14:21.318200331Z stderr F panic: runtime error: index out of range
2026-03-02T08:14:23.418200331Z stdout F {"severity":"ERROR","timestamp":"2026-03-02T08:14:23.1Z","httpRequest":{"requestMethod":"POST","requestUrl":"/resize","status":500},"trace":"projects/p/traces/4bf92f3577b34da6a3ce929d0e0e4736"}
"#;
    told(log, trace, &[("info", "login"), ("error", "POST /resize → 500")]);
    // Where there is no correlation id, requests are listed by their traces.
    let place = Place::new();
    place.bytes("api.log", log.as_bytes());
    let said = place.run(&["stories", "api.log"]);
    said.has("trace id").has(&format!("{trace}  failed")).has("1 of 1 requests");
    let stories = place.run(&["stories", "api.log", "--format", "json"]);
    assert!(stories.out.contains(&format!("\"trace_id\": \"{trace}\"")), "{stories:?}");
}

#[test]
fn where_there_is_nothing_to_list_it_is_said_how_to_ask() {
    let place = Place::new();
    place.log("a.log", &[r#"{"level":"info","msg":"taken","job":"bk-1"}"#]);
    place.run(&["stories", "a.log"]).has("0 of 0 requests").has("takes any other id");
}

#[test]
fn an_export_of_a_store_that_is_one_document_is_read_object_by_object() {
    let entry = |message: &str, severity: &str, second: u32| {
        format!(
            "  {{\n    \"jsonPayload\": {{ \"message\": \"{message}\", \"correlation_id\": \"gc-902\" }},\n    \"resource\": {{ \"labels\": {{ \"service_name\": \"thumbnails\" }} }},\n    \"severity\": \"{severity}\",\n    \"timestamp\": \"2026-03-02T08:14:{second}Z\"\n  }}"
        )
    };
    let both = [entry("resize requested", "INFO", 21), entry("quota exceeded", "ERROR", 23)];
    let wanted = [("info", "resize requested"), ("error", "quota exceeded")];
    for log in [
        format!("[\n{}\n]\n", both.join(",\n")),
        both.concat().trim_start().to_owned(),
        format!("{{\n  \"events\": [\n{}\n  ]\n}}\n", both.join(",\n")),
    ] {
        let story = told(&log, "gc-902", &wanted);
        assert_eq!(story["steps"][0]["actor"], "thumbnails");
    }
    // The same through a pipe, and cut off in the middle.
    let place = Place::new();
    let log = format!("[\n{},\n{{ \"jsonPayload\": ", both.join(",\n"));
    let said = place.run_with(&["story", "gc-902", "-"], log.as_bytes());
    assert_eq!(said.code, Some(3), "{said:?}");
    said.has("quota exceeded").has("cannot be read");
}

#[test]
fn texts_of_spring_and_of_lambda_have_their_ids_in_their_places() {
    told(
        "2026-03-02T09:14:22.011+01:00  INFO 4711 --- [stock] [nio-8080-exec-1] [65e2d8fd9c1b4a7e8d0f3b5a6c7d8e9f-bb0f3b5a6c7d8e9f] o.shop.stock.StockService               : Reserved until 09:20\n",
        "65e2d8fd9c1b4a7e8d0f3b5a6c7d8e9f",
        &[("info", "Reserved until 09:20")],
    );
    let request = "8f5074bf-6b9b-4b67-8f0a-1d7e3c1b2a10";
    let log = format!(
        "START RequestId: {request} Version: $LATEST\n2026-03-02T08:14:21.118Z\t{request}\tINFO\tfetching invoice\n[ERROR]\t2026-03-02T08:14:22.500Z\t{request}\tno such invoice\n"
    );
    let place = Place::new();
    place.bytes("fn.log", log.as_bytes());
    let story = place.json(&["story", request, "fn.log"]);
    let texts: Vec<&str> =
        story["steps"].as_array().unwrap().iter().filter_map(|one| one["human"].as_str()).collect();
    let start = format!("START RequestId: {request} Version: $LATEST");
    assert_eq!(texts, [&start, "fetching invoice", "no such invoice"]);
    assert_eq!(story["ending"], "failed");
}
