//! `#[narrated]` on fns of every kind.
//!
//! In: fns that return, fail, panic and borrow in every way. Out: they are what
//! they were, and how each ended was told once.
#![deny(warnings)]

mod heard;

use std::fmt::{self, Display};
use std::panic::catch_unwind;

use heard::heard;
use narration_runtime::{narrate, narrated};

#[derive(Debug)]
enum Lost {
    Disk { free: u64 },
}

impl Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Disk { free } = self;
        write!(f, "{free} bytes left")
    }
}

impl std::error::Error for Lost {}

struct Pool {
    name: String,
    jobs: Vec<u64>,
}

#[narrated(actor = "pool-managerd")]
impl Pool {
    #[narrated(action = "idle")]
    fn name(&self) -> &str {
        &self.name
    }

    #[narrated(action = "idle")]
    fn first(&mut self) -> Option<&mut u64> {
        self.jobs.first_mut()
    }

    #[narrated(action = "idle")]
    fn longest<'a>(&'a self, other: &'a str) -> &'a str {
        if self.name.len() > other.len() { &self.name } else { other }
    }

    #[narrated(action = "idle")]
    fn jobs(&self) -> impl Iterator<Item = &u64> + '_ {
        self.jobs.iter()
    }

    #[narrated(action = "spawn", pool_id = self.name)]
    fn push(&mut self, jobs: u64) -> Result<usize, Lost> {
        if jobs > 100 {
            return Err(Lost::Disk { free: 3 });
        }
        self.jobs.push(jobs);
        Ok(self.jobs.len())
    }

    #[narrated(action = "spawn", pool_id = &self.name, error_kind = err.kind())]
    fn read(self) -> std::io::Result<Vec<u8>> {
        let read = std::fs::read(&self.name)?;
        Ok(read)
    }
}

trait Keeps {
    #[narrated(actor = "pool-managerd", action = "idle")]
    fn keep(&self) -> u64 {
        3
    }

    fn lose(&self) -> u64;
}

impl Keeps for Pool {
    #[narrated(actor = "pool-managerd", action = "idle")]
    fn lose(&self) -> u64 {
        4
    }
}

/// Documented.
#[narrated(actor = "pool-managerd", action = "spawn", skip(jobs))]
#[must_use]
#[inline]
pub(crate) fn generic<T, const N: usize>(
    pool_id: &T,
    mut jobs: [u64; N],
    _: (),
    (a, b): (u8, u8),
) -> [u64; N]
where
    T: Display + ?Sized,
{
    jobs[0] += u64::from(a + b);
    jobs
}

#[narrated(actor = "pool-managerd", action = "idle")]
extern "C" fn called_from_c(left: i32) -> i32 {
    left + 1
}

#[narrated(actor = "pool-managerd", action = "idle")]
fn never() -> ! {
    panic!("no way back")
}

#[narrated(actor = "pool-managerd", action = "idle")]
fn counted(down: u64) -> u64 {
    if down == 0 { 0 } else { counted(down - 1) + 1 }
}

#[narrated(actor = "pool-managerd", action = "idle")]
fn closure() -> impl Fn(u64) -> u64 {
    move |jobs| jobs + 1
}

#[narrated(actor = "pool-managerd", action = "idle")]
fn boxed() -> Result<Box<dyn Fn() -> u64>, Box<dyn std::error::Error + Send + Sync>> {
    Err("no closure")?;
    Ok(Box::new(|| 3))
}

#[narrated(actor = "pool-managerd", action = "drain-lost", jobs = 3, model_path = "/m")]
fn with_labels(pool_id: String) -> Option<u64> {
    let found = 'found: {
        if pool_id.is_empty() {
            break 'found None;
        }
        Some(3)
    };
    narrate!(action = "idle", human = "Still here", note = pool_id);
    let pool_id = pool_id;
    drop(pool_id);
    found?;
    found
}

fn pool() -> Pool {
    Pool { name: "default".to_owned(), jobs: vec![1, 2] }
}

#[test]
fn fns_are_what_they_were() {
    let mut pool = pool();
    assert_eq!(pool.name(), "default");
    *pool.first().unwrap() += 1;
    assert_eq!(pool.longest("a"), "default");
    assert_eq!(pool.jobs().sum::<u64>(), 4);
    assert_eq!(pool.push(3).unwrap(), 3);
    assert_eq!((pool.keep(), pool.lose()), (3, 4));
    assert_eq!(generic("default", [1, 2], (), (3, 4)), [8, 2]);
    assert_eq!(called_from_c(1), 2);
    assert_eq!(counted(3), 3);
    assert_eq!(closure()(3), 4);
    assert!(boxed().is_err());
    assert_eq!(with_labels("default".to_owned()), Some(3));
    assert!(pool.read().is_err());
}

#[test]
fn how_it_ended_is_told_once() {
    let told = heard(|| {
        let mut pool = pool();
        pool.push(3).unwrap();
        pool.push(101).unwrap_err();
        pool.read().unwrap_err();
    });
    assert_eq!(told.len(), 6, "{told:?}");
    assert!(told[1].starts_with("pool-managerd::spawned Spawned in 0 ms"), "{told:?}");
    assert!(told[3].contains("No engine on pool 'default': 3 bytes left (Lost::Disk)"), "{told:?}");
    assert!(told[5].contains("error_kind=\"entity-not-found\""), "{told:?}");
}

#[test]
fn unwinding_is_told_too() {
    let told = heard(|| {
        let unwound = catch_unwind(|| never());
        assert!(unwound.is_err());
    });
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[1].contains("outcome=\"panicked\""), "{told:?}");
}

#[test]
fn a_fn_that_calls_itself_is_told_as_often() {
    assert_eq!(heard(|| assert_eq!(counted(2), 2)).len(), 6);
}
