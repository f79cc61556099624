//! A badge for a README.
//!
//! In: a figure. Out: a small SVG that needs nothing from anywhere.

use super::figures::Figure;

/// The badge.
pub(crate) fn badge(figure: Figure) -> String {
    let percent = figure.percent();
    let colour = match percent {
        95.. => "#2e7d32",
        80.. => "#9e9d24",
        50.. => "#ef6c00",
        _ => "#c62828",
    };
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="126" height="20" role="img" aria-label="narrated: {percent} %">
<title>narrated: {percent} %</title>
<rect width="74" height="20" fill="#444"/><rect x="74" width="52" height="20" fill="{colour}"/>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">
<text x="37" y="14">narrated</text><text x="100" y="14">{percent} %</text>
</g></svg>
"##
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_the_figure() {
        let badge = badge(Figure { covered: 19, total: 20 });
        assert!(badge.contains(">95 %<") && badge.contains("#2e7d32"), "{badge}");
    }
}
