//! The list of rules: nothing goes in, the name and meaning of every rule come out, for
//! documentation and for switching one off.

use crate::providers::PROVIDERS;

/// What a rule goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RuleKind {
    /// The name, header or scheme before the value.
    Context,
    /// The shape of the value itself.
    Shape,
    /// A provider's prefix, length and alphabet.
    Provider,
}

/// One rule of the detector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuleInfo {
    /// The name in markers and in [`RedactorBuilder::off`](crate::RedactorBuilder::off).
    pub name: &'static str,
    /// What the rule goes by.
    pub kind: RuleKind,
    /// What it finds.
    pub summary: &'static str,
    /// How the secrets start, where they do.
    pub prefix: Option<&'static str>,
}

const fn rule(name: &'static str, kind: RuleKind, summary: &'static str) -> RuleInfo {
    RuleInfo { name, kind, summary, prefix: None }
}

const GENERAL: [RuleInfo; 18] = [
    rule("password", RuleKind::Context, "A password by its name, and the password in a URL"),
    rule("secret", RuleKind::Context, "A value whose name ends in `secret`"),
    rule("token", RuleKind::Context, "A value whose name ends in `token`"),
    rule("key", RuleKind::Context, "An API, access, private or signing key by its name"),
    rule("auth", RuleKind::Context, "The credentials of an `Authorization` header of any scheme"),
    rule("bearer", RuleKind::Context, "The credentials behind `Bearer`"),
    rule("basic", RuleKind::Context, "The credentials behind `Basic`"),
    rule("cookie", RuleKind::Context, "What `Cookie` and `Set-Cookie` carry"),
    rule("credential", RuleKind::Context, "A value named `credential` or `creds`"),
    rule("session", RuleKind::Context, "The value of a session cookie by its name"),
    rule("signature", RuleKind::Context, "The signature that a signed URL or request carries"),
    rule("code", RuleKind::Context, "The authorization code in a callback URL"),
    rule("jwt", RuleKind::Shape, "A JSON web token"),
    rule(
        "private-key",
        RuleKind::Shape,
        "A private key in PEM, OpenSSH or PGP form, also without its end",
    ),
    rule("discord", RuleKind::Shape, "A Discord bot token"),
    rule("telegram", RuleKind::Shape, "A Telegram bot token"),
    rule("azure-ad", RuleKind::Shape, "An Azure AD client secret"),
    rule("mailchimp", RuleKind::Shape, "A Mailchimp API key"),
];

const SHAPED: [RuleInfo; 6] = [
    rule("authress", RuleKind::Shape, "An Authress service client access key"),
    rule("azure-ai", RuleKind::Shape, "A key of Azure's AI services"),
    rule("newrelic", RuleKind::Shape, "A New Relic license key"),
    rule("azure-devops", RuleKind::Shape, "An Azure DevOps personal access token"),
    rule("terraform", RuleKind::Shape, "A Terraform Cloud token"),
    rule("maxmind", RuleKind::Shape, "A MaxMind license key"),
];

/// Every rule; a provider with several prefixes has several entries of one name.
pub fn rules() -> impl Iterator<Item = RuleInfo> {
    let providers = PROVIDERS.iter().map(|row| RuleInfo {
        name: row.rule,
        kind: RuleKind::Provider,
        summary: row.summary,
        prefix: Some(row.prefix),
    });
    GENERAL.into_iter().chain(SHAPED).chain(providers)
}

/// The names of all rules, each once, for a message.
pub(crate) fn names() -> String {
    let mut names: Vec<&str> = Vec::new();
    for rule in rules() {
        if !names.contains(&rule.name) {
            names.push(rule.name);
        }
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_sixty_providers_are_known() {
        let mut providers: Vec<&str> =
            rules().filter(|rule| rule.kind == RuleKind::Provider).map(|rule| rule.name).collect();
        providers.sort_unstable();
        providers.dedup();
        assert!(providers.len() >= 60, "{}", providers.len());
    }
}
