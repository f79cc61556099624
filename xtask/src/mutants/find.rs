//! Where a file can be broken.
//!
//! In: a source file. Out: every condition that can be negated, statement that
//! can be left out, value that can be lost, arm that can give what another
//! gives, class and level that can be another, text that can be empty. Only
//! changes that are of the same type are looked for; what does not build in
//! spite of that is taken out again when it is built. Tests, constants and
//! patterns are left alone.

use std::ops::Range;
use std::path::Path;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::change::{Change, Mutant};
use crate::failure::{Failure, Telling};

/// What a path of these types can be instead.
const OTHERS: &[(&str, &str, &str)] = &[
    ("Class", "Public", "Secret"),
    ("Class", "", "Public"),
    ("Level", "Warn", "Info"),
    ("Level", "", "Warn"),
    ("Level", "WARN", "INFO"),
    ("Severity", "Warn", "Info"),
];

/// What a fn of these types can answer instead.
const ANSWERS: &[(&str, &str)] = &[
    ("Option<", "None"),
    ("String", "String::new()"),
    ("Cow<", "\"\".into()"),
    ("&str", "\"\""),
    ("&'static str", "\"\""),
    ("u64", "0"),
    ("usize", "0"),
];

/// Adds every place of a file.
pub(super) fn mutants(file: &Path, text: &str, all: &mut Vec<Mutant>) -> Result<(), Failure> {
    let parsed = syn::parse_file(text).told(|| format!("cannot read {}", file.display()))?;
    let mut finder = Finder { file, text, within: Vec::new(), seen: Vec::new(), all };
    finder.visit_file(&parsed);
    Ok(())
}

struct Finder<'f> {
    file: &'f Path,
    text: &'f str,
    /// The fns and types around, the innermost last.
    within: Vec<String>,
    /// The places that are negated already.
    seen: Vec<Range<usize>>,
    all: &'f mut Vec<Mutant>,
}

impl Finder<'_> {
    fn add(&mut self, change: Change) {
        let number = self.all.len() + 1;
        let mutant = Mutant::of(change, number, self.file, self.text, &self.within.join("::"));
        let same = self.all.iter().filter(|other| other.name.starts_with(&mutant.name)).count();
        let name = match same {
            0 => mutant.name.clone(),
            _ => format!("{} ({})", mutant.name, same + 1),
        };
        self.all.push(mutant.named(name));
    }

    fn text_of(&self, node: &impl Spanned) -> &str {
        self.text.get(node.span().byte_range()).unwrap_or_default()
    }

    fn negate(&mut self, condition: &syn::Expr) {
        match condition {
            syn::Expr::Let(_) => {}
            // Each side of these is a truth of its own.
            syn::Expr::Binary(both) if is_logic(&both.op) => {
                self.negate(&both.left);
                self.negate(&both.right);
            }
            _ => self.negate_once(condition.span().byte_range()),
        }
    }

    fn negate_once(&mut self, range: Range<usize>) {
        if !self.seen.contains(&range) {
            self.seen.push(range.clone());
            self.add(Change::negated(range));
        }
    }

    /// A body as a whole: what it answers.
    fn answers(&mut self, output: &syn::ReturnType, block: &syn::Block) {
        let syn::ReturnType::Type(_, answer) = output else { return };
        let shown = self.text_of(answer).to_owned();
        let same = |(known, _): &&(&str, &str)| {
            shown == **known || known.ends_with('<') && shown.starts_with(known)
        };
        // What gives nothing else anyway is as it was.
        let alone = |by: &str| matches!(&block.stmts[..], [only] if self.text_of(only) == by);
        if let Some((_, by)) = ANSWERS.iter().find(same).filter(|(_, by)| !alone(by)) {
            let start = block.brace_token.span.open().byte_range().end;
            self.add(Change::answered(start, by));
        }
        match block.stmts.last() {
            _ if shown != "bool" => {}
            // Their own conditions and arms are broken.
            Some(syn::Stmt::Expr(syn::Expr::Match(_) | syn::Expr::If(_), None)) => {}
            Some(syn::Stmt::Expr(last, None)) => self.negate(last),
            Some(syn::Stmt::Macro(last)) if last.semi_token.is_none() => {
                self.negate_once(last.span().byte_range());
            }
            _ => {}
        }
    }

    fn within(&mut self, name: String, visit: impl FnOnce(&mut Self)) {
        self.within.push(name);
        visit(self);
        self.within.pop();
    }
}

fn is_logic(op: &syn::BinOp) -> bool {
    matches!(op, syn::BinOp::And(_) | syn::BinOp::Or(_))
}

fn is_comparison(op: &syn::BinOp) -> bool {
    use syn::BinOp::{Eq, Ge, Gt, Le, Lt, Ne};
    matches!(op, Eq(_) | Ne(_) | Lt(_) | Le(_) | Gt(_) | Ge(_))
}

fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || attribute.path().is_ident("cfg")
                && attribute.parse_args::<syn::Ident>().is_ok_and(|word| word == "test")
    })
}

/// Whether a pattern gives a name to nothing.
fn names_nothing(pattern: &syn::Pat) -> bool {
    match pattern {
        syn::Pat::Path(_) | syn::Pat::Lit(_) | syn::Pat::Wild(_) | syn::Pat::Range(_) => true,
        syn::Pat::Or(either) => either.cases.iter().all(names_nothing),
        syn::Pat::TupleStruct(tuple) => tuple.elems.iter().all(names_nothing),
        syn::Pat::Tuple(tuple) => tuple.elems.iter().all(names_nothing),
        syn::Pat::Reference(to) => names_nothing(&to.pat),
        syn::Pat::Rest(_) => true,
        syn::Pat::Guard(guarded) => names_nothing(&guarded.pat),
        // A constant, or a variant that was imported.
        syn::Pat::Ident(name) => name.ident.to_string().starts_with(char::is_uppercase),
        _ => false,
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_const(&mut self, _: &'ast syn::ItemConst) {}
    fn visit_item_static(&mut self, _: &'ast syn::ItemStatic) {}
    fn visit_impl_item_const(&mut self, _: &'ast syn::ImplItemConst) {}
    fn visit_trait_item_const(&mut self, _: &'ast syn::TraitItemConst) {}
    fn visit_expr_const(&mut self, _: &'ast syn::ExprConst) {}
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}
    fn visit_type(&mut self, _: &'ast syn::Type) {}
    fn visit_pat(&mut self, _: &'ast syn::Pat) {}
    fn visit_generics(&mut self, _: &'ast syn::Generics) {}

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !is_for_tests(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if item.sig.constness.is_none() && !is_for_tests(&item.attrs) {
            self.within(item.sig.ident.to_string(), |finder| {
                finder.answers(&item.sig.output, &item.block);
                visit::visit_item_fn(finder, item);
            });
        }
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let whose = self.text_of(&item.self_ty).split(['<', ' ']).next().unwrap_or_default();
        self.within(whose.to_owned(), |finder| visit::visit_item_impl(finder, item));
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if item.sig.constness.is_none() && !is_for_tests(&item.attrs) {
            self.within(item.sig.ident.to_string(), |finder| {
                finder.answers(&item.sig.output, &item.block);
                visit::visit_impl_item_fn(finder, item);
            });
        }
    }

    fn visit_expr_if(&mut self, expr: &'ast syn::ExprIf) {
        self.negate(&expr.cond);
        visit::visit_expr_if(self, expr);
    }

    /// A loop that does not end proves little, and takes long.
    fn visit_expr_while(&mut self, expr: &'ast syn::ExprWhile) {
        self.visit_block(&expr.body);
    }

    fn visit_expr_binary(&mut self, expr: &'ast syn::ExprBinary) {
        if is_logic(&expr.op) {
            self.negate(&expr.left);
            self.negate(&expr.right);
        } else if is_comparison(&expr.op) {
            self.negate_once(expr.span().byte_range());
        }
        visit::visit_expr_binary(self, expr);
    }

    fn visit_stmt(&mut self, stmt: &'ast syn::Stmt) {
        if let syn::Stmt::Expr(expr, Some(_)) = stmt {
            use syn::Expr::{Assign, Binary, Call, MethodCall, Try};
            if matches!(expr, Assign(_) | Binary(_) | Call(_) | MethodCall(_) | Try(_)) {
                self.add(Change::omitted(stmt.span().byte_range()));
            }
        }
        visit::visit_stmt(self, stmt);
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        if matches!(&*call.func, syn::Expr::Path(path) if path.path.is_ident("Some")) {
            self.add(Change::lost(call.span().byte_range()));
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_match(&mut self, expr: &'ast syn::ExprMatch) {
        let takes_all = expr.arms.last().is_some_and(|last| match &last.pat {
            syn::Pat::Wild(_) => true,
            syn::Pat::Ident(name) => !names_nothing(&last.pat) && name.subpat.is_none(),
            _ => false,
        });
        for (index, arm) in expr.arms.iter().enumerate() {
            let guarded = matches!(&arm.pat, syn::Pat::Guard(_));
            if let syn::Pat::Guard(arm) = &arm.pat {
                self.negate(&arm.guard);
                // Patterns are left alone, but not what stands behind their `if`.
                self.visit_expr(&arm.guard);
            }
            let later = expr.arms.iter().cycle().skip(index + 1).take(expr.arms.len() - 1);
            let own = self.text_of(&arm.body).to_owned();
            let other = later
                .filter(|other| names_nothing(&other.pat))
                .map(|other| self.text_of(&other.body).to_owned())
                .find(|other| *other != own && !other.is_empty());
            match other {
                Some(other) => self.add(Change::exchanged(arm.body.span().byte_range(), &other)),
                None if index + 1 < expr.arms.len() && !guarded && takes_all => {
                    self.add(Change::unmatched(arm.pat.span().byte_range()));
                }
                None => {}
            }
        }
        visit::visit_expr_match(self, expr);
    }

    fn visit_expr_path(&mut self, expr: &'ast syn::ExprPath) {
        let words: Vec<_> = expr.path.segments.iter().map(|part| part.ident.to_string()).collect();
        let [.., kind, one] = words.as_slice() else { return };
        let same = |(of, is, other): &&(&str, &str, &str)| {
            of == kind && (is == one || is.is_empty() && other != one)
        };
        if let Some((_, _, other)) = OTHERS.iter().find(same) {
            let whole = self.text_of(expr);
            let by = format!("{}{other}", whole.strip_suffix(one.as_str()).unwrap_or(whole));
            self.add(Change::replaced(expr.span().byte_range(), &by));
        }
    }

    fn visit_expr_lit(&mut self, expr: &'ast syn::ExprLit) {
        let by = match &expr.lit {
            syn::Lit::Str(text) if !text.value().is_empty() => "\"\"",
            syn::Lit::Bool(truth) if truth.value => "false",
            syn::Lit::Bool(_) => "true",
            _ => return,
        };
        self.add(Change::replaced(expr.span().byte_range(), by));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        mutants(Path::new("a.rs"), text, &mut all).unwrap();
        all.into_iter().map(|mutant| mutant.name.replace("a.rs: ", "")).collect()
    }

    #[test]
    fn what_decides_is_negated_and_what_is_done_is_left_out() {
        let text = "fn f(a: u8) { if a == 1 && let Some(b) = g() && b.is() { done(a); } }";
        let names = ["f: negated `a == 1`", "f: negated `b.is()`", "f: left out `done(a);`"]
            .map(str::to_owned);
        assert_eq!(found(text), names);
    }

    #[test]
    fn an_arm_gives_what_another_gives_or_does_not_match() {
        let text = "fn f(a: A) -> u8 { match a { A::One => 1, A::Two(two) => two } }";
        assert_eq!(found(text), ["f: `1` instead of `two`"]);
        let text = "fn f(a: A) -> u8 { match a { A::One => 1, other => other.two() } }";
        assert_eq!(found(text), ["f: not matched `A::One`", "f: `1` instead of `other.two()`"]);
    }

    #[test]
    fn classes_values_and_answers_are_exchanged() {
        let text = "impl A<u8> { fn f(&self) -> Option<u8> { self.g(Class::Secret); Some(1) } }";
        assert_eq!(
            found(text),
            [
                "A::f: always `None`",
                "A::f: left out `self.g(Class::Secret);`",
                "A::f: `Class::Public` instead of `Class::Secret`",
                "A::f: lost `Some(1)`"
            ]
        );
    }

    #[test]
    fn an_answer_that_is_the_same_is_none() {
        assert_eq!(found("fn f() -> Option<u8> { None }").len(), 0);
        assert_eq!(found("fn f() -> Option<u8> { g(); None }").len(), 2);
    }

    #[test]
    fn tests_and_constants_are_left_alone() {
        let text = "const A: Option<u8> = Some(1); const fn f() -> u64 { 1 } \
                    #[cfg(test)] mod tests { fn f() { g(); } } #[test] fn t() { g(); }";
        assert_eq!(found(text).len(), 0);
    }
}
