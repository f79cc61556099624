//! The table of known token formats: what a provider's secrets start with, how long they are, and
//! what they are made of. A row is a fact about a format; nothing here looks at a text.
//!
//! Bodies are given as a least and a greatest length behind the prefix. A row marked `exact` has
//! a prefix too short to convince by itself: its body must end where the greatest length says.

use crate::bytes::{
    ALNUM, ANY_HEX, AT, BASE64, BASE64_ONLY, COLON, COMMA, DASH, DIGIT, DOT, EQUALS, HEX, LOWER,
    MARKS, Set, TILDE, UNDERSCORE, UPPER, WORD,
};

/// One token format.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Provider {
    /// The name in the marker and in [`crate::RedactorBuilder::off`].
    pub(crate) rule: &'static str,
    /// Whose token it is.
    pub(crate) summary: &'static str,
    /// How it starts, letter for letter.
    pub(crate) prefix: &'static str,
    /// The fewest bytes behind the prefix.
    pub(crate) min: u16,
    /// The most bytes behind the prefix, where the format says so.
    pub(crate) max: u16,
    /// What the bytes behind the prefix are.
    pub(crate) set: Set,
    /// Whether a longer run is something else.
    pub(crate) exact: bool,
    /// Whether the body must hold both a letter and a digit, as prose never does.
    pub(crate) mixed: bool,
    /// Whether the body has two parts, joined by `_`.
    pub(crate) joined: bool,
}

/// Longest body that any format is known to have; a run beyond it is still one secret.
const ANY: u16 = u16::MAX;
const LOWER_DIGIT: Set = LOWER | DIGIT;
const UPPER_DIGIT: Set = UPPER | DIGIT;
const DOTTED: Set = WORD | DOT;
const PADDED: Set = WORD | EQUALS;
const SPREAD: Set = WORD | DOT | EQUALS;
const URL_TAIL: Set = WORD | BASE64_ONLY;

const fn row(
    rule: &'static str,
    summary: &'static str,
    prefix: &'static str,
    min: u16,
    set: Set,
) -> Provider {
    Provider {
        rule,
        summary,
        prefix,
        min,
        max: ANY,
        set,
        exact: false,
        mixed: false,
        joined: false,
    }
}

impl Provider {
    const fn upto(mut self, max: u16) -> Self {
        self.max = max;
        self.exact = true;
        self
    }

    const fn joined(mut self) -> Self {
        self.joined = true;
        self
    }

    const fn mixed(mut self) -> Self {
        self.mixed = true;
        self
    }
}

/// The formats, longest prefix first where one prefix begins another.
#[rustfmt::skip]
pub(crate) const PROVIDERS: &[Provider] = &[
    // Code hosting and package registries
    row("github", "GitHub fine-grained personal access token", "github_pat_", 22, WORD),
    row("github", "GitHub personal access token", "ghp_", 30, ALNUM),
    row("github", "GitHub OAuth access token", "gho_", 30, ALNUM),
    row("github", "GitHub App user token", "ghu_", 30, ALNUM),
    row("github", "GitHub App installation token", "ghs_", 30, DOTTED),
    row("github", "GitHub App refresh token", "ghr_", 30, ALNUM),
    row("gitlab", "GitLab personal, project or group access token", "glpat-", 18, DOTTED),
    row("gitlab", "GitLab deploy token", "gldt-", 18, WORD),
    row("gitlab", "GitLab runner authentication token", "glrt-", 18, DOTTED),
    row("gitlab", "GitLab runner token, routable", "glrtr-", 18, DOTTED),
    row("gitlab", "GitLab CI/CD job token", "glcbt-", 18, WORD),
    row("gitlab", "GitLab pipeline trigger token", "glptt-", 18, WORD),
    row("gitlab", "GitLab feed token", "glft-", 18, WORD),
    row("gitlab", "GitLab incoming mail token", "glimt-", 18, WORD),
    row("gitlab", "GitLab agent token", "glagent-", 40, WORD),
    row("gitlab", "GitLab OAuth application secret", "gloas-", 40, WORD),
    row("gitlab", "GitLab SCIM token", "glsoat-", 18, WORD),
    row("gitlab", "GitLab feature flags client token", "glffct-", 18, WORD),
    row("gitlab", "GitLab workspace token", "glwt-", 18, WORD),
    row("gitlab", "GitLab runner registration token", "GR1348941", 18, WORD),
    row("gitlab", "GitLab session cookie", "_gitlab_session=", 30, HEX),
    row("bitbucket", "Bitbucket app password", "ATBB", 28, PADDED).mixed(),
    row("bitbucket", "Bitbucket Data Center access token", "BBDC-", 30, URL_TAIL),
    row("bitbucket", "Bitbucket repository access token", "ATCTT3xFfG", 40, PADDED),
    row("atlassian", "Atlassian API token", "ATATT3xFfG", 40, PADDED),
    row("npm", "npm access token", "npm_", 36, ALNUM),
    row("pypi", "PyPI upload token", "pypi-AgE", 30, WORD),
    row("ruby-gems", "RubyGems API key", "rubygems_", 40, HEX),
    row("crates-io", "crates.io API token", "cio", 32, ALNUM).upto(32).mixed(),
    row("nuget", "NuGet API key", "oy2", 43, LOWER_DIGIT).upto(43).mixed(),
    row("clojars", "Clojars deploy token", "CLOJARS_", 50, LOWER_DIGIT),
    row("dockerhub", "Docker Hub personal access token", "dckr_pat_", 20, WORD),
    row("dockerhub", "Docker Hub organization access token", "dckr_oat_", 20, WORD),
    row("docker-swarm", "Docker Swarm join token", "SWMTKN-1-", 40, WORD),
    row("docker-swarm", "Docker Swarm unlock key", "SWMKEY-1-", 30, BASE64),
    row("jfrog", "JFrog API key", "AKCp", 60, ALNUM),
    row("jfrog", "JFrog reference token", "cmVmdGtu", 40, PADDED),
    row("sourcegraph", "Sourcegraph access token", "sgp_", 36, ALNUM | UNDERSCORE),
    row("sourcegraph", "Sourcegraph Cody gateway key", "slk_", 40, HEX),
    row("sonar", "SonarQube user token", "squ_", 36, ALNUM),
    row("sonar", "SonarQube project token", "sqp_", 36, ALNUM),
    row("sonar", "SonarQube global token", "sqa_", 36, ALNUM),
    row("sonar", "SonarQube Cloud organization token", "sqco_", 36, ALNUM | UNDERSCORE),
    row("circleci", "CircleCI personal token", "CCIPAT_", 30, WORD),
    row("circleci", "CircleCI project token", "CCIPRJ_", 30, WORD),
    row("buildkite", "Buildkite user token", "bkua_", 36, ALNUM),
    row("buildkite", "Buildkite agent token", "bkat_", 36, ALNUM),
    row("thunderstore", "Thunderstore service account token", "tss_", 36, ALNUM),
    // Clouds and hosting
    row("aws", "AWS access key id", "AKIA", 16, UPPER_DIGIT).upto(16),
    row("aws", "AWS temporary access key id", "ASIA", 16, UPPER_DIGIT).upto(16),
    row("aws", "AWS access key id of an older kind", "A3T", 17, UPPER_DIGIT).upto(17).mixed(),
    row("aws", "AWS bearer token id", "ABIA", 16, UPPER_DIGIT).upto(16).mixed(),
    row("aws", "AWS context-specific credential id", "ACCA", 16, UPPER_DIGIT).upto(16).mixed(),
    row("aws", "AWS session token", "IQoJb3JpZ2lu", 60, BASE64),
    row("aws", "AWS session token, older form", "FwoGZXIvYXdz", 60, BASE64),
    row("aws-bedrock", "Amazon Bedrock API key", "ABSK", 90, BASE64),
    row("aws-bedrock", "Amazon Bedrock short-lived API key", "bedrock-api-key-", 20, BASE64),
    row("aws-mws", "Amazon MWS auth token", "amzn.mws.", 36, WORD),
    row("google", "Google API key", "AIza", 35, WORD),
    row("google", "Google API key of an agent", "AQ.Ab8RN6", 30, WORD),
    row("google", "Google OAuth access token", "ya29.", 20, DOTTED),
    row("google", "Google OAuth client secret", "GOCSPX-", 24, WORD),
    row("google", "Firebase registration token", "APA91b", 100, WORD),
    row("google", "Google OAuth refresh token", "1//0", 30, WORD),
    row("alibaba", "Alibaba Cloud security token", "CAIS", 100, BASE64).mixed(),
    row("alibaba", "Alibaba Cloud access key id", "LTAI", 12, ALNUM).upto(26),
    row("tencent", "Tencent Cloud secret id", "AKID", 32, ALNUM).upto(44).mixed(),
    row("yandex", "Yandex Cloud API key", "AQVN", 35, WORD).mixed(),
    row("yandex", "Yandex Cloud IAM token", "t1.9eu", 60, DOTTED | EQUALS),
    row("yandex", "Yandex OAuth token", "y0_", 50, WORD).mixed(),
    row("digitalocean", "DigitalOcean personal access token", "dop_v1_", 60, HEX),
    row("digitalocean", "DigitalOcean Spaces access key", "DO00", 16, UPPER_DIGIT).upto(16).mixed(),
    row("digitalocean", "DigitalOcean OAuth token", "doo_v1_", 60, HEX),
    row("digitalocean", "DigitalOcean refresh token", "dor_v1_", 60, HEX),
    row("cloudflare", "Cloudflare account API token", "cfat_", 40, ALNUM),
    row("cloudflare", "Cloudflare user API token", "cfut_", 40, ALNUM),
    row("cloudflare", "Cloudflare global API key", "cfk_", 40, ALNUM),
    row("cloudflare", "Cloudflare origin CA key", "v1.0-", 150, HEX | DASH),
    row("heroku", "Heroku API key", "HRKU-", 36, WORD),
    row("fly", "Fly.io access token", "fo1_", 40, WORD),
    row("fly", "Fly.io macaroon token", "fm1r_", 80, BASE64 | UNDERSCORE),
    row("fly", "Fly.io token as its scheme carries it", "FlyV1 ", 80, URL_TAIL | COMMA | EQUALS),
    row("fly", "Fly.io machine token", "fm2_", 80, BASE64 | UNDERSCORE),
    row("render", "Render API key", "rnd_", 28, ALNUM).mixed(),
    row("netlify", "Netlify personal access token", "nfp_", 36, WORD),
    row("vercel", "Vercel Blob token", "vercel_blob_rw_", 30, WORD),
    row("vercel", "Vercel personal access token", "vcp_", 24, WORD).mixed(),
    row("vercel", "Vercel integration token", "vci_", 24, WORD).mixed(),
    row("vercel", "Vercel app access token", "vca_", 24, WORD).mixed(),
    row("vercel", "Vercel app refresh token", "vcr_", 24, WORD).mixed(),
    row("vercel", "Vercel AI gateway key", "vck_", 24, WORD).mixed(),
    row("supabase", "Supabase personal access token, later form", "sbp_v0_", 40, HEX),
    row("supabase", "Supabase OAuth access token", "sbp_oauth_", 40, HEX),
    row("supabase", "Supabase personal access token", "sbp_", 40, ALNUM),
    row("supabase", "Supabase secret key", "sb_secret_", 22, WORD),
    row("planetscale", "PlanetScale password", "pscale_pw_", 30, SPREAD),
    row("planetscale", "PlanetScale service token", "pscale_tkn_", 30, SPREAD),
    row("planetscale", "PlanetScale OAuth token", "pscale_oauth_", 30, SPREAD),
    row("neon", "Neon API key", "napi_", 40, WORD),
    row("cockroach", "CockroachDB Cloud API key", "CCDB1_", 40, ALNUM | UNDERSCORE),
    row("aiven", "Aiven service password", "AVNS_", 16, WORD),
    row("tailscale", "Tailscale key", "tskey-", 16, WORD).mixed(),
    row("scalingo", "Scalingo API token", "tk-us-", 40, WORD),
    row("scaleway", "Scaleway access key", "SCW", 17, UPPER_DIGIT).upto(17).mixed(),
    row("upcloud", "UpCloud API token", "ucat_", 26, ALNUM),
    row("deno", "Deno Deploy token", "ddp_", 36, ALNUM),
    row("databricks", "Databricks access token", "dapi", 32, HEX | DASH).upto(34),
    row("databricks", "Databricks OAuth secret", "dose", 32, HEX).upto(32),
    row("openshift", "OpenShift user token", "sha256~", 40, WORD),
    row("rancher", "Rancher kubeconfig token", "kubeconfig-u-", 50, LOWER_DIGIT | DASH | COLON),
    row("vault", "HashiCorp Vault service token", "hvs.", 24, WORD),
    row("vault", "HashiCorp Vault batch token", "hvb.", 24, WORD),
    row("vault", "HashiCorp Vault recovery token", "hvr.", 24, WORD),
    row("pulumi", "Pulumi access token", "pul-", 40, HEX),
    row("doppler", "Doppler personal token", "dp.pt.", 36, ALNUM),
    row("doppler", "Doppler service token", "dp.st.", 36, DOTTED),
    row("doppler", "Doppler service account token", "dp.sa.", 36, ALNUM),
    row("doppler", "Doppler CLI token", "dp.ct.", 36, ALNUM),
    row("doppler", "Doppler SCIM token", "dp.scim.", 36, ALNUM),
    row("doppler", "Doppler audit token", "dp.audit.", 36, ALNUM),
    row("dnsimple", "DNSimple account token", "dnsimple_a_", 28, ALNUM),
    row("dnsimple", "DNSimple user token", "dnsimple_u_", 28, ALNUM),
    row("porkbun", "Porkbun API key", "pk1_", 64, HEX).upto(64),
    row("porkbun", "Porkbun secret key", "sk1_", 64, HEX).upto(64),
    row("confluent", "Confluent Cloud API secret", "cflt", 56, BASE64).mixed(),
    row("socket", "Socket API token", "sktsec_", 36, WORD),
    row("prefect", "Prefect API key", "pnu_", 36, ALNUM),
    row("prefect", "Prefect service account key", "pnb_", 36, ALNUM),
    row("infracost", "Infracost API key", "ico-", 30, ALNUM),
    row("harness", "Harness personal access token", "pat.", 60, DOTTED).mixed(),
    row("harness", "Harness service account token", "sat.", 60, DOTTED).mixed(),
    row("1password", "1Password service account token", "ops_eyJ", 60, PADDED),
    row("inngest", "Inngest signing key", "signkey-prod-", 32, HEX),
    row("1password", "1Password secret key", "A3-", 30, UPPER_DIGIT | DASH).upto(40).mixed(),
    row("age", "age secret key", "AGE-SECRET-KEY-1", 50, UPPER_DIGIT),
    // Language models
    row("anthropic", "Anthropic API key", "sk-ant-", 40, WORD),
    row("openrouter", "OpenRouter API key", "sk-or-v1-", 40, HEX),
    row("openai", "OpenAI project key", "sk-proj-", 24, WORD),
    row("openai", "OpenAI service account key", "sk-svcacct-", 24, WORD),
    row("openai", "OpenAI admin key", "sk-admin-", 24, WORD),
    row("langfuse", "Langfuse secret key", "sk-lf-", 32, WORD),
    row("openai", "OpenAI API key, and those who took over its form", "sk-", 20, WORD).mixed(),
    row("openai", "OpenAI session key", "sess-", 36, ALNUM),
    row("huggingface", "Hugging Face user access token", "hf_", 30, ALNUM).upto(37),
    row("huggingface", "Hugging Face organization token", "api_org_", 30, ALNUM),
    row("groq", "Groq API key", "gsk_", 40, ALNUM),
    row("e2b", "E2B API key", "e2b_", 40, HEX).upto(40),
    row("context7", "Context7 API key", "ctx7sk-", 36, HEX | DASH),
    row("replicate", "Replicate API token", "r8_", 36, WORD),
    row("perplexity", "Perplexity API key", "pplx-", 40, ALNUM),
    row("xai", "xAI API key", "xai-", 60, WORD),
    row("fireworks", "Fireworks AI API key", "fw_", 20, ALNUM).mixed(),
    row("together", "Together AI API key", "tgp_v1_", 36, WORD),
    row("langsmith", "LangSmith personal token", "lsv2_pt_", 32, ANY_HEX | UNDERSCORE),
    row("langsmith", "LangSmith service key", "lsv2_sk_", 32, ANY_HEX | UNDERSCORE),
    row("pinecone", "Pinecone API key", "pcsk_", 40, WORD),
    row("nvidia", "NVIDIA API key", "nvapi-", 50, WORD),
    row("cerebras", "Cerebras API key", "csk-", 40, LOWER_DIGIT).mixed(),
    row("jina", "Jina AI API key", "jina_", 40, WORD),
    row("tavily", "Tavily API key", "tvly-", 20, WORD),
    row("firecrawl", "Firecrawl API key", "fc-", 32, HEX).upto(32),
    row("llamacloud", "LlamaCloud API key", "llx-", 40, WORD).mixed(),
    row("devin", "Devin personal key", "apk_user_", 60, BASE64),
    row("devin", "Devin service user's token", "cog_", 40, LOWER_DIGIT).mixed(),
    row("runpod", "RunPod API key", "rpa_", 28, ALNUM).mixed(),
    row("wandb", "Weights & Biases API key", "wandb_v1_", 40, WORD),
    // Messaging and mail
    row("slack", "Slack bot token", "xoxb-", 20, WORD),
    row("slack", "Slack user token", "xoxp-", 20, WORD),
    row("slack", "Slack workspace token", "xoxa-", 20, WORD),
    row("slack", "Slack legacy token", "xoxo-", 20, WORD),
    row("slack", "Slack legacy workspace token", "xoxs-", 20, WORD),
    row("slack", "Slack refresh token", "xoxr-", 20, WORD),
    row("slack", "Slack configuration token", "xoxe", 20, WORD | DOT),
    row("slack", "Slack session token", "xoxc-", 20, WORD),
    row("slack", "Slack browser cookie", "xoxd-", 20, URL_TAIL | MARKS),
    row("slack", "Slack app-level token", "xapp-", 20, URL_TAIL),
    row("slack", "Slack workflow token", "xwfp-", 20, WORD),
    row("slack-webhook", "Slack webhook", "hooks.slack.com/", 20, URL_TAIL),
    row("discord-webhook", "Discord webhook", "discord.com/api/webhooks/", 40, URL_TAIL),
    row("discord-webhook", "Discord webhook, older domain", "discordapp.com/api/webhooks/", 40, URL_TAIL),
    row("teams-webhook", "Microsoft Teams webhook", "webhook.office.com/webhookb2/", 40, URL_TAIL | DOT | MARKS | COLON | TILDE | AT),
    row("ifttt-webhook", "IFTTT webhook key", "maker.ifttt.com/trigger/", 40, URL_TAIL),
    row("zapier-webhook", "Zapier webhook", "hooks.zapier.com/hooks/catch/", 8, URL_TAIL),
    row("sendgrid", "SendGrid API key", "SG.", 40, DOTTED),
    row("mailgun", "Mailgun private key", "key-", 32, HEX).upto(32),
    row("mailgun", "Mailgun public validation key", "pubkey-", 32, HEX).upto(32),
    row("mailersend", "MailerSend API token", "mlsn.", 40, HEX),
    row("brevo", "Brevo API key", "xkeysib-", 60, WORD),
    row("brevo", "Brevo SMTP key", "xsmtpsib-", 60, WORD),
    row("resend", "Resend API key", "re_", 24, ALNUM | UNDERSCORE).mixed().joined(),
    row("mandrill", "Mandrill API key", "md-", 22, WORD).upto(22).mixed(),
    row("telnyx", "Telnyx API key", "KEY0", 40, ALNUM | UNDERSCORE).mixed(),
    row("intercom", "Intercom access token", "dG9rO", 40, BASE64),
    row("voiceflow", "Voiceflow dialog API key", "VF.DM.", 30, DOTTED),
    row("voiceflow", "Voiceflow workspace API key", "VF.WS.", 30, DOTTED),
    row("notify", "GC Notify API key", "gcntfy-", 60, WORD),
    row("twilio", "Twilio API key", "SK", 32, ANY_HEX).upto(32),
    // Payment and commerce
    row("stripe", "Stripe secret key", "sk_live_", 14, PADDED | BASE64_ONLY),
    row("stripe", "Stripe test key", "sk_test_", 16, ALNUM),
    row("stripe", "Stripe production key", "sk_prod_", 16, WORD),
    row("stripe", "Stripe restricted key", "rk_live_", 16, ALNUM),
    row("stripe", "Stripe restricted test key", "rk_test_", 16, ALNUM),
    row("stripe", "Stripe restricted production key", "rk_prod_", 16, ALNUM),
    row("stripe", "Stripe webhook secret", "whsec_", 24, BASE64),
    row("elevenlabs", "ElevenLabs API key", "sk_", 48, HEX).upto(48),
    row("square", "Square personal access token", "sq0atp-", 20, WORD),
    row("square", "Square OAuth secret", "sq0csp-", 36, WORD),
    row("square", "Square access token", "EAAA", 40, WORD).mixed(),
    row("facebook", "Facebook page access token", "EAA", 80, ALNUM).mixed(),
    row("vk", "VK access token", "vk1.a.", 60, WORD),
    row("instagram", "Instagram access token", "IGQ", 80, WORD).mixed(),
    row("paypal", "PayPal Braintree access token", "access_token$", 40, ALNUM | MARKS),
    row("plaid", "Plaid access token", "access-sandbox-", 36, HEX | DASH),
    row("plaid", "Plaid access token", "access-production-", 36, HEX | DASH),
    row("plaid", "Plaid access token", "access-development-", 36, HEX | DASH),
    row("shopify", "Shopify access token", "shpat_", 30, ALNUM),
    row("shopify", "Shopify custom app token", "shpca_", 30, ALNUM),
    row("shopify", "Shopify private app token", "shppa_", 30, ALNUM),
    row("shopify", "Shopify shared secret", "shpss_", 30, ALNUM),
    row("flutterwave", "Flutterwave secret key", "FLWSECK_TEST-", 12, ALNUM | DASH),
    row("flutterwave", "Flutterwave test encryption key", "FLWSECK_TEST", 12, HEX).upto(12),
    row("flutterwave", "Flutterwave live secret key", "FLWSECK-", 12, ALNUM | DASH),
    row("flutterwave", "Flutterwave public key", "FLWPUBK_TEST-", 20, ALNUM | DASH),
    row("easypost", "EasyPost API key", "EZAK", 54, ALNUM),
    row("easypost", "EasyPost test key", "EZTK", 54, ALNUM),
    row("shippo", "Shippo token", "shippo_live_", 36, ANY_HEX),
    row("shippo", "Shippo test token", "shippo_test_", 36, ANY_HEX),
    row("duffel", "Duffel token", "duffel_live_", 40, PADDED),
    row("duffel", "Duffel test token", "duffel_test_", 40, PADDED),
    row("settlemint", "SettleMint application token", "sm_aat_", 16, ALNUM),
    row("settlemint", "SettleMint service token", "sm_sat_", 16, ALNUM),
    row("settlemint", "SettleMint personal token", "sm_pat_", 16, ALNUM),
    row("adyen", "Adyen API key", "AQE", 80, SPREAD | BASE64_ONLY | MARKS).mixed(),
    row("paddle", "Paddle API key", "pdl_live_apikey_", 40, ALNUM | UNDERSCORE),
    row("paddle", "Paddle sandbox API key", "pdl_sdbx_apikey_", 40, ALNUM | UNDERSCORE),
    row("asaas", "Asaas API key", "$aact_", 40, BASE64 | UNDERSCORE | COLON | DASH | MARKS),
    row("sumup", "SumUp secret key", "sup_sk_", 20, ALNUM),
    row("cal", "Cal.com API key", "cal_live_", 30, HEX),
    row("polar", "Polar access token", "polar_", 36, WORD).mixed(),
    row("onfido", "Onfido API token", "api_live", 20, DOTTED).mixed(),
    row("pagarme", "Pagar.me secret key", "ak_live_", 20, ALNUM).mixed(),
    row("midtrans", "Midtrans server key", "Mid-server-", 16, WORD),
    row("rainforest", "Rainforest Pay API key", "apikey_", 40, HEX),
    row("mercury", "Mercury API token", "mercury_production_", 16, WORD),
    row("ramp", "Ramp client secret", "ramp_sec_", 30, ALNUM),
    row("ebay", "eBay client secret", "PRD-", 31, HEX | DASH).upto(36).mixed(),
    row("fleetbase", "Fleetbase secret key", "flb_live_", 16, ALNUM),
    row("flexport", "Flexport access token", "shltm_", 36, WORD),
    row("razorpay", "Razorpay key", "rzp_live_", 14, ALNUM),
    // Observability, product and data
    row("grafana", "Grafana Cloud access policy token", "glc_", 30, BASE64),
    row("grafana", "Grafana service account token", "glsa_", 32, ALNUM | UNDERSCORE),
    row("grafana", "Grafana API key", "eyJrIjoi", 40, BASE64),
    row("newrelic", "New Relic user key", "NRAK-", 25, ALNUM),
    row("newrelic", "New Relic insert key", "NRII-", 25, WORD),
    row("newrelic", "New Relic browser key", "NRJS-", 16, HEX),
    row("newrelic", "New Relic browser ingest key", "NRBR-", 16, HEX),
    row("newrelic", "New Relic REST key", "NRRA-", 36, HEX),
    row("honeybadger", "Honeybadger personal token", "hbp_", 36, ALNUM),
    row("sentry", "Sentry organization token", "sntrys_", 60, BASE64 | UNDERSCORE | DASH),
    row("sentry", "Sentry user token", "sntryu_", 60, HEX),
    row("dynatrace", "Dynatrace token", "dt0c01.", 60, DOTTED),
    row("dynatrace", "Dynatrace platform token", "dt0s", 60, DOTTED).mixed(),
    row("honeycomb", "Honeycomb ingest key", "hcaik_", 58, LOWER_DIGIT),
    row("honeycomb", "Honeycomb classic ingest key", "hcaic_", 58, LOWER_DIGIT),
    row("honeycomb", "Honeycomb management key", "hcamk_", 30, LOWER_DIGIT),
    row("honeycomb", "Honeycomb configuration key", "hcxik_", 58, LOWER_DIGIT),
    row("sumologic", "Sumo Logic collector address", "sumologic.com/receiver/v1/http/", 40, URL_TAIL | EQUALS),
    row("elastic", "Elastic Cloud API key", "essu_", 40, URL_TAIL | EQUALS),
    row("datastax", "Astra DB application token", "AstraCS:", 20, WORD | COLON),
    row("pganalyze", "pganalyze read key", "pgar_", 20, ALNUM | UNDERSCORE),
    row("rootly", "Rootly API key", "rootly_", 40, HEX),
    row("alchemy", "Alchemy API key", "alcht_", 28, ALNUM),
    row("akamai", "Akamai EdgeGrid token", "akab-", 30, LOWER_DIGIT | DASH).mixed(),
    row("axiom", "Axiom API token", "xaat-", 36, HEX | DASH),
    row("axiom", "Axiom personal token", "xapt-", 36, HEX | DASH),
    row("posthog", "PostHog project key", "phc_", 30, WORD),
    row("posthog", "PostHog personal key", "phx_", 30, WORD),
    row("logfire", "Logfire token", "pylf_v", 30, WORD),
    row("adobe", "Adobe client secret", "p8e-", 32, WORD).upto(40).mixed(),
    row("nats", "NATS user seed", "SUA", 55, UPPER_DIGIT).upto(55).mixed(),
    row("nats", "NATS account seed", "SAA", 55, UPPER_DIGIT).upto(55).mixed(),
    row("ntlm", "NTLM authenticate message", "TlRMTVNTUAAD", 40, BASE64),
    row("clickup", "ClickUp token", "pk_", 38, UPPER_DIGIT | UNDERSCORE).upto(42).mixed(),
    row("xendit", "Xendit secret key", "xnd_prod", 30, WORD),
    row("xendit", "Xendit secret test key", "xnd_deve", 30, WORD),
    row("posthog", "PostHog feature flags key", "phs_", 30, WORD),
    row("posthog", "PostHog OAuth access token", "pha_", 30, WORD),
    row("posthog", "PostHog OAuth refresh token", "phr_", 30, WORD),
    row("hubspot", "HubSpot private app token", "pat-na1-", 36, HEX | DASH),
    row("hubspot", "HubSpot private app token", "pat-eu1-", 36, HEX | DASH),
    row("airtable", "Airtable personal access token", "pat", 79, ALNUM | DOT).upto(81).mixed(),
    row("devcycle", "DevCycle server key", "dvc_server_", 20, WORD),
    row("devcycle", "DevCycle mobile key", "dvc_mobile_", 20, WORD),
    row("configcat", "ConfigCat SDK key", "configcat-sdk-1/", 40, URL_TAIL),
    row("mergify", "Mergify application key", "mergify_application_key_", 30, WORD),
    row("persona", "Persona API key", "persona_production_", 16, WORD),
    row("pinterest", "Pinterest access token", "pina_", 30, WORD).mixed(),
    row("aikido", "Aikido client secret", "AIK_SECRET_", 40, ALNUM),
    row("aikido", "Aikido CI token", "AIK_CI_", 20, ALNUM),
    row("samsara", "Samsara API token", "samsara_api_", 24, ALNUM),
    row("robinhood", "Robinhood crypto API key", "rh-api-", 36, ANY_HEX | DASH),
    row("zuplo", "Zuplo API key", "zpka_", 32, ALNUM | UNDERSCORE),
    row("val-town", "Val Town API token", "vtwn_", 20, WORD),
    row("bannerbear", "Bannerbear project key", "bb_pr_", 24, HEX),
    row("bannerbear", "Bannerbear master key", "bb_ma_", 24, HEX),
    row("wundergraph", "WunderGraph Cosmo API key", "cosmo_", 32, HEX),
    row("twitter", "Bearer token of an X app", "AAAAAAAAAAAAAAAAAAAAA", 60, URL_TAIL | MARKS).mixed(),
    row("onesignal", "OneSignal API key", "os_v2_app_", 60, LOWER_DIGIT),
    row("trello", "Trello API token", "ATTA", 60, ANY_HEX).mixed(),
    row("stytch", "Stytch secret", "secret-live-", 30, PADDED),
    row("stytch", "Stytch test secret", "secret-test-", 30, PADDED),
    row("snyk", "Snyk user access token", "snyk_uat.", 30, DOTTED).mixed(),
    row("snyk", "Snyk service account token", "snyk_sat.", 30, DOTTED).mixed(),
    row("linear", "Linear API key", "lin_api_", 36, ALNUM),
    row("linear", "Linear OAuth token", "lin_oauth_", 40, HEX),
    row("notion", "Notion integration token", "ntn_", 40, ALNUM),
    row("notion", "Notion integration token, older form", "secret_", 43, ALNUM).upto(43),
    row("figma", "Figma personal access token", "figd_", 36, WORD),
    row("figma", "Figma OAuth token", "figu_", 36, WORD),
    row("figma", "Figma plan access token", "figp_", 36, PADDED),
    row("okta", "Okta API token", "SSWS 00", 38, WORD),
    row("okta", "Okta API token, its scheme in small letters", "ssws 00", 38, WORD),
    row("launchdarkly", "LaunchDarkly SDK key", "sdk-", 36, HEX | DASH).upto(36).mixed(),
    row("launchdarkly", "LaunchDarkly mobile key", "mob-", 36, HEX | DASH).upto(36).mixed(),
    row("postman", "Postman API key", "PMAK-", 50, HEX | DASH),
    row("postman", "Postman collection access key", "PMAT-", 26, UPPER_DIGIT),
    row("typeform", "Typeform access token", "tfp_", 40, WORD | DOT | EQUALS),
    row("contentful", "Contentful personal access token", "CFPAT-", 40, WORD),
    row("readme", "ReadMe API key", "rdme_", 60, LOWER_DIGIT),
    row("frameio", "Frame.io API token", "fio-u-", 50, PADDED),
    row("stackhawk", "StackHawk API key", "hawk.", 36, DOTTED),
    row("octopus", "Octopus Deploy API key", "API-", 26, UPPER_DIGIT).upto(26),
    row("mapbox", "Mapbox secret token", "sk.eyJ", 60, DOTTED),
    row("dropbox", "Dropbox short-lived token", "sl.", 120, DOTTED).mixed(),
    row("teamwork", "Teamwork token", "tkn.v1_", 60, WORD | EQUALS),
    row("ubidots", "Ubidots token", "BBFF-", 30, ALNUM),
    row("lichess", "Lichess token", "lip_", 16, ALNUM).mixed(),
    row("wakatime", "WakaTime API key", "waka_", 36, HEX | DASH),
    row("twitch", "Twitch OAuth token", "oauth:", 30, LOWER_DIGIT).upto(30),
    row("intra42", "42 API client secret", "s-s4t2", 60, WORD),
    row("appsync", "AWS AppSync API key", "da2-", 26, LOWER_DIGIT).upto(26).mixed(),
    row("ory", "Ory access token", "ory_at_", 40, DOTTED),
    row("ory", "Ory session token", "ory_st_", 30, WORD),
    row("ory", "Ory API key", "ory_pat_", 30, WORD),
    row("clickhouse", "ClickHouse Cloud secret", "4b1d", 38, ALNUM).upto(38).mixed(),
    row("endorlabs", "Endor Labs API key", "endr+", 16, WORD),
    row("ionic", "Ionic API token", "ion_", 42, ALNUM).upto(42).mixed(),
    row("defined", "Defined Networking API token", "dnkey-", 40, WORD | EQUALS),
    row("unkey", "Unkey root key", "unkey_", 22, ALNUM).mixed(),
    row("apify", "Apify API token", "apify_api_", 30, ALNUM),
    row("browserbase", "Browserbase API key", "bb_live_", 24, WORD),
    row("trigger", "Trigger.dev secret key", "tr_prod_", 20, ALNUM),
    row("trigger", "Trigger.dev secret key", "tr_dev_", 20, ALNUM),
    row("adafruit", "Adafruit IO key", "aio_", 26, ALNUM),
    row("dependency-track", "Dependency-Track API key", "odt_", 30, ALNUM),
    row("twitch", "Twitch stream key, and those of others that start alike", "live_", 30, WORD | EQUALS).mixed(),
    row("newrelic", "New Relic admin key", "NRAA-", 24, HEX),
    row("newrelic", "New Relic query key", "NRIQ-", 25, WORD),
    row("newrelic", "New Relic Pixie API key", "px-api-", 36, HEX | DASH),
    row("newrelic", "New Relic Pixie deploy key", "px-dep-", 36, HEX | DASH),
    row("mongodb", "MongoDB service account secret", "mdb_sa_sk_", 36, WORD),
    row("salesforce", "Salesforce refresh token", "5AEP861", 60, SPREAD),
    row("salesforce", "Salesforce session id", "00D", 90, ALNUM | DOT | UNDERSCORE | MARKS).mixed(),
    row("teams-webhook", "Microsoft Teams webhook, older domain", "outlook.office.com/webhook/", 40, URL_TAIL | DOT | MARKS | AT),
    row("session", "A session's id with its signature, percent-encoded", "s%3A", 64, WORD | DOT | MARKS).mixed(),
    row("password-hash", "A password hashed with bcrypt", "$2a$", 50, BASE64 | DOT | MARKS),
    row("password-hash", "A password hashed with bcrypt", "$2b$", 50, BASE64 | DOT | MARKS),
    row("password-hash", "A password hashed with bcrypt", "$2y$", 50, BASE64 | DOT | MARKS),
    row("password-hash", "A password hashed with SHA-512 crypt", "$6$", 60, BASE64 | DOT | MARKS),
    row("password-hash", "A password hashed with SHA-256 crypt", "$5$", 44, BASE64 | DOT | MARKS),
    row("password-hash", "A password hashed with MD5 crypt", "$1$", 24, BASE64 | DOT | MARKS),
    row("password-hash", "A password hashed with PBKDF2 for a network device", "$8$", 50, BASE64 | DOT | MARKS),
    row("password-hash", "A password hashed with scrypt for a network device", "$9$", 50, BASE64 | DOT | MARKS),
    row("password-hash", "A password hashed with yescrypt", "$y$", 40, BASE64 | DOT | MARKS),
    row("password-hash", "A password hashed with Argon2", "$argon2", 40, BASE64 | DOT | MARKS | COMMA),
    row("password-hash", "A Kerberos response to be cracked", "$krb5", 60, ALNUM | DOT | MARKS | COLON | AT),
    // Wrapped secrets: what a header or a private key looks like in base64
    row("base64-header", "An Authorization header in base64", "QXV0aG9yaXphdGlvbjog", 8, BASE64),
    row("private-key", "A PEM block in base64", "LS0tLS1CRUdJTi", 60, BASE64),
    row("private-key", "An OpenSSH private key without its frame", "b3BlbnNzaC1rZXktdjE", 60, BASE64),
];

/// The rows by the first byte of their prefixes: where each byte's rows start in `order`.
struct Index {
    starts: [u16; 257],
    order: [u16; PROVIDERS.len()],
    /// By the first byte: the last six bits of the second bytes, as bits.
    seconds: [u64; 256],
}

static INDEX: Index = index();

const fn index() -> Index {
    let mut index = Index { starts: [0; 257], order: [0; PROVIDERS.len()], seconds: [0; 256] };
    let (mut byte, mut filled) = (0, 0);
    while byte < 256 {
        let mut row = 0;
        while row < PROVIDERS.len() {
            let prefix = PROVIDERS[row].prefix.as_bytes();
            if prefix[0] as usize == byte {
                index.seconds[byte] |= 1 << (prefix[1] % 64);
                index.order[filled] = row as u16;
                filled += 1;
            }
            row += 1;
        }
        byte += 1;
        index.starts[byte] = filled as u16;
    }
    index
}

/// Whether any prefix may start with two bytes, at a glance.
#[inline]
pub(crate) fn may_start_with([first, second]: [u8; 2]) -> bool {
    INDEX.seconds[usize::from(first)] >> (second % 64) & 1 != 0
}

/// The formats whose prefix starts with two bytes; every prefix has as many.
pub(crate) fn starting_with([first, second]: [u8; 2]) -> impl Iterator<Item = &'static Provider> {
    let (start, end) = (INDEX.starts[usize::from(first)], INDEX.starts[usize::from(first) + 1]);
    let rows = INDEX.order.get(usize::from(start)..usize::from(end)).unwrap_or_default();
    rows.iter()
        .filter_map(|&row| PROVIDERS.get(usize::from(row)))
        .filter(move |row| row.prefix.as_bytes().get(1) == Some(&second))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_found_by_its_first_two_bytes() {
        for row in PROVIDERS {
            let start = *row.prefix.as_bytes().first_chunk().unwrap();
            assert!(may_start_with(start), "{}", row.prefix);
            assert!(starting_with(start).any(|found| found.prefix == row.prefix), "{}", row.prefix);
        }
        assert!(starting_with(*b" x").count() == 0 && !may_start_with(*b" x"));
    }

    #[test]
    fn a_longer_prefix_comes_before_the_one_it_begins_with() {
        for (place, row) in PROVIDERS.iter().enumerate() {
            let later =
                PROVIDERS.iter().skip(place + 1).find(|later| later.prefix.starts_with(row.prefix));
            assert!(later.is_none(), "{} before {}", row.prefix, later.unwrap().prefix);
        }
    }
}
