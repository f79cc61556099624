//! Every place a call or an attribute may stand in: methods, generics, traits, macros, mods.

use narration_runtime::{narrate, narrated};
use narration_tests::told;

mod without_prelude {
    //! Nothing is in scope here but what is named.
    #![no_implicit_prelude]

    #[::narration_runtime::narrated(actor = "sorter", action = "route", target = "a \"literal\"")]
    pub(super) fn route(
        parcel_id: &str,
        weight_g: ::core::option::Option<u64>,
    ) -> ::core::result::Result<(), &'static str> {
        ::narration_runtime::narrate!(
            "step",
            "Weighs {remark:>3}",
            remark = ::core::option::Option::Some("x")
        );
        ::core::result::Result::Err("off")
    }

    /// Names that an expansion might trip over.
    #[allow(dead_code, non_camel_case_types)]
    mod shadows {
        pub(super) struct Option;
        pub(super) struct Some;
        pub(super) struct Result;
        pub(super) struct String;
        pub(super) mod core {}
        pub(super) mod std {}
        pub(super) mod tracing {}
    }

    #[allow(unused_imports)]
    use self::shadows::*;
}

#[test]
fn without_a_prelude_and_under_shadowed_names() {
    let told = told(|| _ = without_prelude::route("p-1", Some(7)));
    assert_eq!(told.plot(), ["route", "step", "route-failed failed"]);
    assert_eq!(told.records()[0].target.as_deref(), Some("a \"literal\""));
}

struct Sorter<T> {
    belts: Vec<T>,
}

#[narrated(actor = "sorter")]
impl<T: Clone + Default> Sorter<T>
where
    T: PartialEq,
{
    /// Its docs and attributes stay.
    #[must_use]
    #[narrated(action = "route", weight_g = self.belts.len())]
    fn first(&self, parcel_id: &str) -> Option<&T> {
        self.belts.first()
    }

    #[narrated(action = "weigh")]
    fn push<const N: usize>(&mut self, belts: [T; N]) -> &mut Self {
        self.belts.extend(belts);
        self
    }

    #[narrated(action = "weigh")]
    fn into_last(mut self) -> Result<T, String> {
        self.belts.pop().ok_or_else(|| "empty".to_owned())
    }

    fn plain(&self) {
        narrate!("step", "Has {remark} belts", remark = self.belts.len());
    }
}

#[test]
fn methods_of_every_receiver_on_a_generic_type() {
    let told = told(|| {
        let mut sorter = Sorter { belts: vec![1u8] };
        assert_eq!(sorter.push([2, 3]).first("p-1"), Some(&1));
        sorter.plain();
        assert_eq!(sorter.into_last(), Ok(3));
    });
    assert_eq!(
        told.plot(),
        ["weigh", "weigh ok", "route", "routed ok", "step", "weigh", "weigh ok"]
    );
    assert_eq!(told.records()[2].field("weight_g").unwrap().to_string(), "3");
}

trait Lift {
    fn lift(&self, parcel_id: &str) -> Result<u32, String>;
    fn twice(&self) -> u32;
}

impl Lift for u32 {
    #[narrated(actor = "sorter", action = "route")]
    fn lift(&self, parcel_id: &str) -> Result<u32, String> {
        self.checked_mul(2).ok_or_else(|| format!("{parcel_id} is too heavy"))
    }

    #[narrated(actor = "sorter", action = "weigh")]
    fn twice(&self) -> u32 {
        self * 2
    }
}

#[test]
fn methods_of_traits() {
    let told = told(|| {
        assert_eq!(4u32.lift("p-1"), Ok(8));
        assert!(u32::MAX.lift("p-2").is_err());
        assert_eq!(4u32.twice(), 8);
    });
    assert_eq!(
        told.plot(),
        ["route", "routed ok", "route", "route-failed failed", "weigh", "weigh ok"]
    );
}

#[narrated(actor = "sorter")]
mod floor {
    //! Everything in here acts as the sorter.

    use narration_runtime::narrate;

    pub(super) fn sweep() {
        narrate!("step", "Sweeping the floor");
        let closure = |remark: &str| narrate!("step", "Sweeping under {remark}");
        closure("belt 4");
    }

    pub(super) mod corner {
        #[narration_runtime::narrated(action = "weigh")]
        pub(in super::super) fn weigh() -> impl Iterator<Item = u8> {
            [1, 2].into_iter()
        }
    }
}

#[test]
fn a_mod_gives_its_actor_to_everything_inside() {
    let told = told(|| {
        floor::sweep();
        assert_eq!(floor::corner::weigh().count(), 2);
    });
    assert_eq!(told.plot(), ["step", "step", "weigh", "weigh ok"]);
    assert!(told.records().iter().all(|record| record.actor == "sorter"));
    assert_eq!(told.records()[1].human, "Sweeping under belt 4");
}

macro_rules! moves {
    ($($name:ident: $belt:expr),*) => {
        $(
            #[narrated(actor = "sorter", action = "route", belt = $belt)]
            fn $name(parcel_id: &str) {
                narrate!(actor = "sorter", action = "step", human = "Onto {remark}", remark = $belt);
            }
        )*
    };
}

moves!(to_north: "north", to_south: concat!("so", "uth"));

#[test]
fn calls_and_attributes_from_a_macro() {
    let told = told(|| {
        to_north("p-1");
        to_south("p-2");
    });
    let belts: Vec<_> =
        told.records().iter().map(|record| record.field("belt").unwrap().to_string()).collect();
    assert_eq!(belts, ["north", "north", "north", "south", "south", "south"]);
}

#[narrated(actor = "sorter", action = "route")]
fn borrows<'p>(parcel_id: &'p str, (left, mut right): (u8, u8), r#type: u8, _: u8) -> &'p str {
    right += left + r#type;
    assert_eq!(right, 6);
    parcel_id
}

#[test]
fn patterns_lifetimes_and_raw_names_in_the_arguments() {
    let owned = String::from("p-1");
    let told = told(|| assert_eq!(borrows(&owned, (1, 2), 3, 4), "p-1"));
    assert_eq!(told.plot(), ["route", "routed ok"]);
}

#[narrated(actor = "sorter", action = "weigh", skip(parcel_id))]
fn skips(parcel_id: &str) -> usize {
    parcel_id.len()
}

#[test]
fn a_skipped_argument_is_not_recorded() {
    let told = told(|| assert_eq!(skips("p-1"), 3));
    assert!(told.records().iter().all(|record| record.field("parcel_id").is_none()));
}

#[test]
fn a_call_is_an_expression_of_no_value() {
    let told = told(|| {
        let () = narrate!(actor = "sorter", action = "step");
        let weight = if true { 7u64 } else { return narrate!(actor = "sorter", action = "step") };
        match weight {
            7 => narrate!(actor = "scanner", action = "glance", weight_g = weight),
            _ => unreachable!(),
        }
    });
    assert_eq!(told.plot(), ["step", "glance"]);
}

#[test]
fn three_forms_of_one_call_tell_the_same() {
    #[narrated(actor = "scanner")]
    fn short(parcel_id: &str, weight_g: u64) {
        narrate!("scan", "Scanned parcel {parcel_id}", weight_g);
        narrate!("scan", parcel_id, weight_g);
    }
    let told = told(|| {
        let (parcel_id, weight_g) = ("p-1", 7u64);
        narrate!(
            actor = "scanner",
            action = "scan",
            target = parcel_id,
            human = "Scanned parcel {parcel_id}",
            weight_g
        );
        short(parcel_id, weight_g);
    });
    let mut records = told.records();
    for record in &mut records {
        record.timestamp = Default::default();
    }
    assert_eq!(records[0], records[1]);
    assert_eq!(records[0], records[2]);
}
