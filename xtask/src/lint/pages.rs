//! Every refusal has a page, every page a refusal, every package its place.
//!
//! In: the codes in the sources, the pages, the packages. Out: what is on one
//! side alone, and every link of a page that leads nowhere.

use std::collections::BTreeSet;
use std::path::Path;

use super::Findings;
use crate::failure::Failure;
use crate::workspace::{Package, Workspace};

const FOLDER: &str = "docs/errors";

/// The files that list the refusals, in whichever crate they stand.
const CATALOGUES: [&str; 2] = ["src/catalog.rs", "src/rules.rs"];

/// Checks the pages of the errors, the links of every page, and the README's map.
pub(super) fn check(workspace: &Workspace, packages: &[Package]) -> Result<Findings, Failure> {
    let mut declared = BTreeSet::new();
    let sources = workspace.files(&[".rs"])?;
    for source in sources.iter().filter(|file| CATALOGUES.iter().any(|name| file.ends_with(name))) {
        declared.extend(codes(&workspace.read(source)?));
    }
    let pages = workspace.files(&[".md"])?;
    let shown: BTreeSet<_> = pages.iter().filter_map(|page| code_of_page(page)).collect();
    let mut findings = Findings::new();
    findings
        .extend(declared.difference(&shown).map(|code| format!("{FOLDER}: no page for {code}")));
    findings.extend(
        shown.difference(&declared).map(|code| format!("{FOLDER}: no refusal has the code {code}")),
    );
    for page in &pages {
        let text = workspace.read(page)?;
        let folder = workspace.root.join(page).parent().map(Path::to_owned).unwrap_or_default();
        let dead = links(&text).filter(|link| !folder.join(link).exists());
        findings.extend(dead.map(|link| format!("{}: {link} leads nowhere", page.display())));
    }
    let readme = workspace.read(Path::new("README.md"))?;
    findings.extend(packages.iter().filter_map(|package| unmapped(package, workspace, &readme)));
    Ok(findings)
}

/// A package that the README's map of the workspace leaves out.
fn unmapped(package: &Package, workspace: &Workspace, readme: &str) -> Option<String> {
    let folder = package.manifest_path.parent()?.strip_prefix(&workspace.root).ok()?.display();
    let link = format!("| [`{folder}`]({folder}) |");
    (!readme.contains(&link))
        .then(|| format!("README.md: the map of the workspace has no row for {folder}"))
}

fn code_of_page(page: &Path) -> Option<String> {
    let name = page.strip_prefix(FOLDER).ok()?.file_stem()?.to_str()?;
    is_code(name).then(|| name.to_owned())
}

/// The codes in quotes.
fn codes(source: &str) -> impl Iterator<Item = String> {
    source.split('"').filter(|word| is_code(word)).map(str::to_owned)
}

/// `N` and four digits.
fn is_code(word: &str) -> bool {
    word.strip_prefix('N')
        .is_some_and(|digits| digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The files a page links to, code blocks apart: `[text](path#part)`.
fn links(page: &str) -> impl Iterator<Item = &str> {
    let prose = page.split("```").step_by(2);
    let targets =
        prose.flat_map(|text| text.split("](").skip(1)).filter_map(|rest| rest.split(')').next());
    let files = targets.map(|target| target.split('#').next().unwrap_or_default());
    files.filter(|file| !file.is_empty() && !file.contains("://"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_complete_and_lead_somewhere() {
        let workspace = Workspace::find().unwrap();
        let packages = workspace.packages().unwrap();
        assert_eq!(check(&workspace, &packages).unwrap(), Findings::new());
    }

    #[test]
    fn codes_are_told_from_other_words() {
        let source = r#"code: "N0001", "Error" "N001" "N00012" "n0001" "N0102""#;
        assert_eq!(codes(source).collect::<Vec<_>>(), ["N0001", "N0102"]);
    }

    #[test]
    fn links_into_the_net_and_in_code_are_left_alone() {
        let page = "[a](b.md#c) [d](https://e.org) [f](#g)\n```\n[h](i.md)\n```\n[j](k/)";
        assert_eq!(links(page).collect::<Vec<_>>(), ["b.md", "k/"]);
    }
}
