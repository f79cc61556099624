//! stub
#[derive(Clone, Debug, Default)]
pub(crate) struct RulesAsWritten { pub(crate) patterns: Vec<(String,String)>, pub(crate) prefixes: Vec<(String,String)>, pub(crate) allowed: Vec<String> }
#[derive(Debug)]
pub(crate) struct Rules;
impl Rules {
    pub(crate) fn compile(_: &RulesAsWritten, _: &mut Vec<String>) -> Self { Self }
    pub(crate) fn allows_any(&self) -> bool { false }
    pub(crate) fn allows(&self, _: &str) -> bool { false }
    pub(crate) fn applied(&self, _: &str) -> Option<String> { None }
}
