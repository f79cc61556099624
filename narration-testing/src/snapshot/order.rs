//! The order in which a snapshot tells a story: what follows from what, and
//! nothing of what merely happened to be first.
//!
//! In: strands. Out: [`Step`]s. What one strand tells stays in its order; strands
//! in one another are told where they begin. Of those side by side, strands that
//! never overlap in time stay in the order of time; those that do, and those that
//! nothing connects (tasks and threads among them), are told as a concurrent group,
//! in an order that depends on what they say alone.

use std::collections::BTreeSet;

use super::part::Line;
use super::rank::Ranks;
use super::strand::Strand;

/// A step of the story.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// A narration, by its place in the story.
    Told(usize),
    /// What a strand inside of this one tells.
    Within(Vec<Step>),
    /// Branches that run side by side.
    Concurrent(Vec<Vec<Step>>),
}

/// Puts strands in order.
pub(crate) struct Order<'o> {
    pub(crate) strands: &'o [Strand],
    pub(crate) lines: &'o [Line],
    pub(crate) ranks: Ranks,
    /// Openings that an earlier snapshot knows to run side by side.
    pub(crate) hints: &'o [BTreeSet<String>],
}

impl Order<'_> {
    /// The whole story.
    pub(crate) fn story(&self) -> Vec<Step> {
        let roots = self.children(None);
        let mut requests: Vec<(Option<&str>, Vec<usize>)> = Vec::new();
        for root in roots {
            let request = self.strands.get(root).and_then(|strand| strand.request.as_deref());
            match requests.iter_mut().find(|(known, _)| *known == request) {
                Some((_, roots)) => roots.push(root),
                None => requests.push((request, vec![root])),
            }
        }
        let branches = requests.iter().map(|(request, roots)| self.request(*request, roots));
        self.side_by_side(branches.collect())
    }

    /// What is told of one request: first what began it, then the rest.
    fn request(&self, request: Option<&str>, roots: &[usize]) -> Vec<Step> {
        let (spans, actors): (Vec<_>, Vec<_>) = roots
            .iter()
            .copied()
            .partition(|root| self.is(*root, |it| it.has_span && !it.is_beside && !it.is_apart));
        if actors.is_empty() {
            return self.beside_each_other(&spans);
        }
        let mut steps = Vec::new();
        let mut branches: Vec<_> = actors.iter().map(|root| self.strand(*root)).collect();
        let first = roots.first().filter(|first| self.is(**first, |it| !it.is_beside));
        if request.is_some()
            && roots.len() > 1
            && first.is_some()
            && first == actors.first()
            && let Some(first) = branches.first_mut()
        {
            steps.extend((!first.is_empty()).then(|| first.remove(0)));
        }
        branches.push(self.beside_each_other(&spans));
        steps.extend(self.side_by_side(branches));
        steps
    }

    /// A strand, with what lies in it.
    fn strand(&self, index: usize) -> Vec<Step> {
        let Some(strand) = self.strands.get(index) else { return Vec::new() };
        let children = self.children(Some(index));
        let (beside, children): (Vec<_>, Vec<_>) = children
            .into_iter()
            .partition(|child| self.is(*child, |it| it.is_beside || it.is_apart));
        // What ended before this strand says anything is told in front of it.
        let is_over = |child: &&usize| self.is(**child, |it| it.to <= strand.from);
        let (over, mut rest) = children.split_at(children.iter().take_while(is_over).count());
        let mut steps = self.beside_each_other(over);
        for (place, event) in strand.events.iter().enumerate() {
            steps.push(Step::Told(*event));
            let next = strand.events.get(place + 1);
            // Children are in the order of the events they begin with.
            let begun = rest.partition_point(|child| {
                next.is_none_or(|next| {
                    self.strands.get(*child).and_then(|child| child.events.first()) < Some(next)
                })
            });
            let (now, later) = rest.split_at(begun);
            if !now.is_empty() {
                steps.push(Step::Within(self.beside_each_other(now)));
            }
            rest = later;
        }
        if !beside.is_empty() {
            let rest = steps.split_off(1.min(steps.len()));
            let mut branches = vec![rest];
            branches.extend(beside.iter().map(|child| self.strand(*child)));
            steps.push(Step::Within(self.side_by_side(branches)));
        }
        steps
    }

    /// Strands side by side, in the order they began.
    fn beside_each_other(&self, strands: &[usize]) -> Vec<Step> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut until = None;
        for &index in strands {
            let Some(strand) = self.strands.get(index) else { continue };
            let overlaps = until.is_some_and(|until| strand.from < until);
            match groups.last_mut() {
                Some(group) if overlaps || self.is_hinted(group, index) => group.push(index),
                _ => groups.push(vec![index]),
            }
            until = until.max(Some(strand.to));
        }
        let mut steps = Vec::new();
        for group in groups {
            steps.extend(self.side_by_side(self.lanes(&group)));
        }
        steps
    }

    /// Strands that overlap, as branches. Those of one actor that never overlap each other are one
    /// branch: their program says their order.
    fn lanes(&self, group: &[usize]) -> Vec<Vec<Step>> {
        let mut actors: Vec<(String, Vec<usize>)> = Vec::new();
        for &index in group {
            let opening = self.opening(index);
            let actor = opening.split(']').next().unwrap_or_default().to_owned();
            match actors.iter_mut().find(|(known, _)| *known == actor) {
                Some((_, strands)) => strands.push(index),
                None => actors.push((actor, vec![index])),
            }
        }
        let mut branches = Vec::new();
        for (_, strands) in actors {
            let told = strands.iter().map(|index| self.strand(*index));
            if self.follow_each_other(&strands) {
                branches.push(told.flatten().collect());
            } else {
                branches.extend(told);
            }
        }
        branches
    }

    /// Whether each of these ends before the next one begins, and no snapshot knows better.
    fn follow_each_other(&self, strands: &[usize]) -> bool {
        strands.windows(2).all(|pair| match pair {
            [one, other] => {
                let begins = self.strands.get(*other).map(|strand| strand.from);
                self.is(*one, |it| Some(it.to) <= begins) && !self.is_hinted(&[*one], *other)
            }
            _ => true,
        })
    }

    fn is(&self, index: usize, test: impl Fn(&Strand) -> bool) -> bool {
        self.strands.get(index).is_some_and(test)
    }

    /// Whether an earlier snapshot knows a strand to run beside one of these.
    fn is_hinted(&self, group: &[usize], index: usize) -> bool {
        let opening = self.opening(index);
        self.hints.iter().any(|hint| {
            hint.contains(&opening) && group.iter().any(|one| hint.contains(&self.opening(*one)))
        })
    }

    /// The `[actor] action` a strand begins with.
    fn opening(&self, index: usize) -> String {
        let first = self.strands.get(index).and_then(|strand| strand.events.first());
        let line = first.and_then(|first| self.lines.get(*first));
        line.map(|line| super::write::label(&line.text)).unwrap_or_default()
    }

    /// Branches in an order of their own.
    fn side_by_side(&self, mut branches: Vec<Vec<Step>>) -> Vec<Step> {
        branches.retain(|branch| !branch.is_empty());
        if branches.len() < 2 {
            return branches.pop().unwrap_or_default();
        }
        branches.sort_by_cached_key(|branch| self.ranks.of(branch, self.lines));
        vec![Step::Concurrent(branches)]
    }

    /// The strands that lie in one, in the order they began.
    fn children(&self, parent: Option<usize>) -> Vec<usize> {
        let is_child =
            |index: &usize| self.strands.get(*index).is_some_and(|strand| strand.parent == parent);
        let mut children: Vec<_> = (0..self.strands.len()).filter(is_child).collect();
        children
            .sort_by_key(|index| self.strands.get(*index).and_then(|strand| strand.events.first()));
        children
    }
}
