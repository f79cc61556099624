//! `narrate!` wherever an expression may stand.
//!
//! In: calls in every form and position. Out: what they told.
#![deny(warnings)]

mod heard;

use std::borrow::Cow;
use std::fmt::Display;
use std::num::NonZeroU32;
use std::path::Path;
use std::time::Duration;

use heard::heard;
use narration_runtime::{narrate, narrated};

#[test]
fn the_three_forms_say_the_same() {
    let (pool_id, jobs) = ("default", 3);
    let told = heard(|| {
        narrate!(
            actor = "pool-managerd",
            action = "drain",
            human = "Draining pool '{pool_id}' with {jobs} jobs left",
        );
        spoken_by_pool_managerd(pool_id, jobs);
    });
    let line =
        "pool-managerd::drain Draining pool 'default' with 3 jobs left pool_id=default jobs=3";
    assert_eq!(told, [line; 3].map(|line| line.replace("=default", "=\"default\"")));
}

#[narrated(actor = "pool-managerd")]
fn spoken_by_pool_managerd(pool_id: &str, jobs: u64) {
    narrate!("drain", "Draining pool '{pool_id}' with {jobs} jobs left");
    narrate!("drain", pool_id, jobs);
}

#[test]
fn values_of_every_type_are_recorded() {
    struct Shown;
    impl Display for Shown {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("shown")
        }
    }
    let (owned, borrowed) = (String::from("a"), Cow::Borrowed("b"));
    let told = heard(|| {
        narrate!(
            actor = "pool-managerd",
            action = "spawn",
            human = "Spawning {engine} in {eta} ms, {ratio:.1}",
            pool_id = owned,
            engine = borrowed,
            jobs = NonZeroU32::MIN,
            delta = -4_i8,
            ratio = 3,
            warm = Some(true),
            eta = Some(Duration::from_secs(2)),
            size = [1, 2, 3].len(),
            note = %Shown,
            model_path = Path::new("/models/a.gguf"),
            hf_token = Opaque,
            prompt = ?owned,
        );
        narrate!(
            actor = "pool-managerd",
            action = "idle",
            human = "Idle: {note}",
            note = None::<&str>
        );
        narrate!(actor = "pool-managerd", action = "idle", human = "Idle", note = ?Some(3));
    });
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(
        told[0].starts_with("pool-managerd::spawn Spawning b in 2000 ms, 3.0 target=\"a\""),
        "{told:?}"
    );
    for field in ["jobs=1", "delta=-4", "ratio=3.0", "warm=true", "size=3", "note=\"shown\""] {
        assert!(told[0].contains(field), "{field}: {}", told[0]);
    }
    assert!(!told[0].contains("Opaque"), "{}", told[0]);
    assert!(!told[1].contains("note="), "{}", told[1]);
}

/// Has neither `Display` nor `Debug`.
struct Opaque;

#[test]
fn constants_generics_and_closures() {
    const JOBS: u64 = 3;
    static POOL: &str = "default";
    struct Pool<const N: usize>;
    #[narrated(actor = "pool-managerd")]
    impl<const N: usize> Pool<N> {
        const DOUBLE: usize = N * 2;
        fn drain<T: Display + ?Sized>(&self, pool_id: &T)
        where
            for<'a> &'a T: Copy,
        {
            narrate!("drain", pool_id = %pool_id, jobs = Self::DOUBLE);
            narrate!("drain", pool_id = %pool_id, jobs = const { N + 1 });
        }
    }
    let told = heard(|| {
        narrate!(actor = "pool-managerd", action = "drain", pool_id = POOL, jobs = JOBS);
        Pool::<3>.drain("default");
        let tell =
            |jobs: u64| narrate!(actor = "pool-managerd", action = "drain", pool_id = POOL, jobs);
        tell(5);
        match JOBS {
            3 => narrate!(
                actor = "pool-managerd",
                action = "drain",
                pool_id = POOL,
                jobs = if JOBS > 2 { 6 } else { 7 }
            ),
            _ => unreachable!(),
        }
    });
    let jobs: Vec<_> = told.iter().map(|line| line.rsplit('=').next().unwrap()).collect();
    assert_eq!(jobs, ["3", "6", "4", "5", "6"]);
}

#[test]
fn calls_written_by_macros() {
    macro_rules! by_literal {
        ($action:literal, $human:literal, $jobs:expr) => {
            narrate!(
                actor = "pool-managerd",
                action = $action,
                human = $human,
                pool_id = "default",
                jobs = $jobs
            )
        };
    }
    macro_rules! by_ident {
        ($pool:ident, $jobs:ident = $value:expr) => {
            narrate!(actor = "pool-managerd", action = "drain", pool_id = $pool, $jobs = $value)
        };
    }
    macro_rules! nested {
        ($($call:tt)*) => { by_tokens!(narrate!($($call)*)) };
    }
    macro_rules! by_tokens {
        ($($call:tt)*) => { $($call)* };
    }
    macro_rules! by_expression {
        ($human:expr) => {
            narrate!(actor = "pool-managerd", action = "idle", human = $human)
        };
    }
    let pool = "default";
    let told = heard(|| {
        by_literal!("drain", "Draining {pool_id}", 1 + 2);
        by_ident!(pool, jobs = 3);
        nested!(actor = "pool-managerd", action = "drain", pool_id = pool, jobs = 3);
        by_expression!("Nothing to do");
    });
    assert_eq!(told.len(), 4);
    assert!(told[..3].iter().all(|line| line.ends_with("pool_id=\"default\" jobs=3")), "{told:?}");
}

#[test]
fn more_than_thirty_two_values() {
    let (a, b) = (1_u32, "b");
    let told = heard(|| {
        narrate!(
            actor = "pool-managerd",
            action = "spawn",
            human = "{pool_id:>9} {pool_id:<9} {pool_id:^9} {jobs:1} {jobs:2} {jobs:3} {jobs:4} {jobs:5} {jobs:6} {delta:1} {delta:2} {delta:3} {delta:4} {delta:5} {ratio:1} {ratio:2} {ratio:3} {ratio:4} {ratio:5} spawned",
            pool_id = b,
            engine = b,
            device = "CPU",
            jobs = a,
            delta = a,
            ratio = a,
            warm = true,
            eta = a,
            size = a,
            note = b,
            model_path = b,
            endpoint = b,
            client = b,
            hf_token = b,
            prompt = b,
            correlation_id = b,
            session_id = b,
            job_id = b,
            task_id = b,
        );
    });
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("        b b             b     1"), "{told:?}");
}

#[test]
fn raw_identifiers_and_keywords() {
    let (r#type, r#match) = ("default", 3);
    let told = heard(|| {
        narrate!(actor = "pool-managerd", action = "drain", pool_id = r#type, jobs = r#match);
        r#try();
    });
    assert_eq!(told.len(), 1);
}

#[narrated(actor = "pool-managerd")]
fn r#try() {}

#[test]
#[allow(deprecated)]
fn deprecated_names_can_be_allowed() {
    let told = heard(|| {
        narrate!(actor = "pool-managerd", action = "halt");
        narrate!(actor = "watchdog", action = "bark");
    });
    assert_eq!(told, ["pool-managerd::halt Halting", "watchdog::bark Something is wrong"]);
}
