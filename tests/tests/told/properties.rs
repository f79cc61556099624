//! Whatever text a value holds: one valid line in every format, every key once, and it reads back.

use narration_record::{Value, read};
use narration_runtime::narrate;
use narration_tests::harmless::assert_harmless;
use narration_tests::{Stream, Told, told};
use proptest::prelude::*;

/// Text as it comes, and text made of what lines are made of.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-z0-9 .,:;=\\-_/]{0,40}",
        "[\"\\\\{}\\[\\]=, \n\r\t\u{0}\u{1b}\u{7f}\u{85}\u{9b}\u{2028}\u{202e}a]{0,24}",
        "(\"|\\}|,|\\{|actor|level|human|=|:|\n){0,16}",
    ]
}

fn tell(values: &[String; 3], weight: u64, drift: i64, fill: f64) -> Told {
    let [carrier, remark, parcel] = values;
    told(|| {
        let _span = tracing::info_span!(
            "request",
            note = remark.as_str(),
            correlation_id = carrier.as_str()
        )
        .entered();
        narrate!(
            actor = "scanner",
            action = "inspect",
            target = parcel_id,
            human = "By {carrier} at {remark:?} of {weight_g}: {fill:.2}",
            carrier = carrier,
            remark = %remark,
            parcel_id = parcel,
            letter = remark,
            weight_g = weight,
            drift_mm = drift,
            fill = fill
        );
        tracing::info!(target: "driver", note = parcel.as_str(), carrier = ?carrier, "{remark}");
    })
}

proptest! {
    #[test]
    fn every_line_is_harmless(values: [String; 3], odd in [text(), text(), text()], weight: u64, drift: i64, fill: f64) {
        assert_harmless(&tell(&values, weight, drift, fill), 2);
        assert_harmless(&tell(&odd, weight, drift, fill), 2);
    }

    #[test]
    fn what_is_public_reads_back_from_json_and_from_logfmt(carrier in text(), weight_g: u64, drift_mm: i64, fill in -1e300..1e300f64) {
        let told = told(|| {
            narrate!(actor = "scanner", action = "inspect", human = "By {carrier}", carrier = carrier.as_str(), weight_g, drift_mm, fill);
        });
        for stream in [Stream::Json, Stream::Logfmt] {
            let [line] = told.lines(stream)[..] else { panic!("one line") };
            let record = read(line).unwrap();
            prop_assert_eq!(record.human, format!("By {carrier}"));
            let drift = u64::try_from(drift_mm).map_or(Value::I64(drift_mm), Value::U64);
            let expected = [
                ("carrier", Value::Str(carrier.clone())), ("weight_g", Value::U64(weight_g)), ("drift_mm", drift), ("fill", Value::F64(fill)),
            ];
            prop_assert_eq!(record.fields, expected.map(|(name, value)| (name.to_owned(), value)));
        }
    }

    #[test]
    fn a_secret_never_shows(secret in "[a-zA-Z0-9]{12,40}") {
        let told = told(|| narrate!(actor = "vault", action = "unlock", gate_code = secret.as_str(), letter = secret.as_str(), recipient = ?secret));
        narration_tests::harmless::assert_nowhere(&told, &secret);
    }
}
