//! A batch that keeps its lines apart, so that the model can name them.
//!
//! In: lines. Out: the same lines, in order.

#[derive(Default)]
pub(crate) struct Batch {
    lines: Vec<Vec<u8>>,
    pub(crate) sync: bool,
}

impl Batch {
    pub(crate) fn push(&mut self, line: &[u8]) {
        self.lines.push(line.to_vec());
    }

    pub(crate) fn clear(&mut self) {
        self.lines.clear();
        self.sync = false;
    }

    pub(crate) fn len(&self) -> usize {
        self.lines.iter().map(Vec::len).sum()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    pub(crate) fn lines(&self) -> &[Vec<u8>] {
        &self.lines
    }
}
