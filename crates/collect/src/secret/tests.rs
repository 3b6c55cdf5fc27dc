//! What is a secret and what only looks like one. Every one here is made up on the spot, so that none stands in the source.

use super::*;

const SALT: Salt = Salt::of([7; 32]);

/// Characters that stand for what a machine drew, never the same few.
fn drawn(count: usize) -> String {
    "q7Rw2Ty9Ui4Op1As6Df3Gh8Jk5Lz0Xc".chars().cycle().take(count).collect()
}

fn hex(count: usize) -> String {
    "0f1e2d3c4b5a69788796a5b4c3d2e1f0".chars().cycle().take(count).collect()
}

fn upper(count: usize) -> String {
    drawn(count).to_ascii_uppercase()
}

fn kinds(name: &str, text: &str) -> Vec<String> {
    let found = Detector::new(SALT).secrets("here", name, text);
    found.into_iter().map(|secret| secret.kind.as_str().to_owned()).collect()
}

#[test]
fn tokens_are_known_by_their_form_whatever_their_name() {
    let web_token = format!("eyJ{}.eyJ{}.{}", drawn(20), drawn(30), drawn(43));
    let slack_hook =
        format!("https://hooks.slack.com/services/T{}/B{}/{}", upper(10), upper(10), drawn(24));
    for (kind, text) in [
        ("aws_access_key_id", format!("AKIA{}", upper(16))),
        ("aws_access_key_id", format!("key id ASIA{}, and so on", upper(16))),
        ("appsync_api_key", format!("da2-{}", drawn(26).to_lowercase())),
        ("anthropic_key", format!("sk-ant-api03-{}", drawn(93))),
        ("databricks_token", format!("dapi{}", hex(32))),
        ("digitalocean_token", format!("dop_v1_{}", hex(64))),
        ("docker_token", format!("dckr_pat_{}", drawn(27))),
        ("github_token", format!("ghp_{}", drawn(36))),
        ("github_token", format!("gho_{}", drawn(36))),
        ("github_token", format!("https://x-access-token@github.com/?t=ghs_{}", drawn(36))),
        ("github_token", format!("github_pat_{}_{}", drawn(22), drawn(59))),
        ("gitlab_token", format!("glpat-{}", drawn(20))),
        ("google_key", format!("AIza{}", drawn(35))),
        ("grafana_token", format!("glsa_{}_{}", drawn(32), hex(8))),
        ("vault_token", format!("hvs.{}", drawn(90))),
        ("huggingface_token", format!("hf_{}", drawn(34))),
        ("mailgun_key", format!("key-{}", hex(32))),
        ("npm_token", format!("//registry.example.org/:_authToken=npm_{}", drawn(36))),
        ("openai_key", format!("sk-proj-{}", drawn(74))),
        ("pypi_token", format!("pypi-AgE{}", drawn(90))),
        ("sendgrid_key", format!("SG.{}.{}", drawn(22), drawn(43))),
        ("shopify_token", format!("shpat_{}", hex(32))),
        ("slack_token", format!("xoxb-{}-{}", drawn(12), drawn(24))),
        ("slack_token", slack_hook),
        ("stripe_key", format!("sk_live_{}", drawn(24))),
        ("stripe_key", format!("rk_live_{}", drawn(24))),
        ("twilio_key", format!("SK{}", hex(32))),
        ("json_web_token", format!("Bearer {web_token}")),
        (
            "private_key",
            format!(
                "-----BEGIN RSA PRIVATE KEY-----\n{}\n-----END RSA PRIVATE KEY-----",
                drawn(64)
            ),
        ),
        (
            "private_key",
            format!("-----BEGIN PRIVATE KEY-----\\n{}\\n-----END PRIVATE KEY-----", drawn(64)),
        ),
        (
            "private_key",
            format!("-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n{}\n-----END", drawn(64)),
        ),
        ("connection_string", format!("postgres://app:{}@db.internal:5432/shop", drawn(12))),
        ("connection_string", format!("amqps://app:p@{}@mq.internal", drawn(8))),
        (
            "connection_string",
            "mongodb+srv://app:Winter2031@shop.mongodb.net/?w=majority".to_owned(),
        ),
    ] {
        assert_eq!(kinds("Endpoint", &text), [kind], "{text}");
    }
}

#[test]
fn what_has_no_form_is_a_secret_by_its_name() {
    for (name, text) in [
        ("DbPassword", "hunter22".to_owned()),
        ("DB_PASSWORD", "Summer2031!".to_owned()),
        ("RdsMasterUserPassword", "correcthorse".to_owned()),
        ("password", "20310401".to_owned()),
        ("dbpwd", "letmein!".to_owned()),
        ("DbPassword", "summer.2031".to_owned()),
        ("DbPassword", "0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f".to_owned()),
        ("StripeApiKey", drawn(32)),
        ("api-key", drawn(24)),
        ("CLIENT_SECRET", drawn(40)),
        ("GithubToken", hex(40)),
        ("SessionSecret2", format!("{}==", drawn(22))),
        ("JWT_SIGNING_KEY", drawn(32)),
        ("StorageAccountKey", drawn(86)),
        ("AuthToken", "s3cr3t-tok3n".to_owned()),
        ("SECRET_KEY_BASE", hex(64)),
        ("SecretString", drawn(20)),
        ("/shop/prod/db/password", "Winter2031".to_owned()),
    ] {
        assert_eq!(kinds(name, &text), ["named_secret"], "{name} {text}");
    }
}

#[test]
fn a_name_within_a_text_counts_as_well() {
    for text in [
        "#!/bin/sh\nexport DB_PASSWORD=hunter22!\n./run",
        r#"{"username":"app","password":"Winter2031"}"#,
        r#"{\"password\": \"Winter2031\"}"#,
        "Server=tcp:db,1433;User ID=app;Password=Winter2031;Encrypt=True",
        "password: 'Winter 2031'\napi_key: a1b2c3d4e5f6",
        "https://hooks.example.net/in?token=a1b2c3d4e5f6",
    ] {
        assert_eq!(kinds("UserData", text), ["named_secret"], "{text}");
    }
}

#[test]
fn the_secret_of_an_access_key_takes_its_name() {
    let secret = format!("{}/{}+{}", drawn(18), drawn(10), drawn(10));
    assert_eq!(kinds("SecretAccessKey", &secret), ["aws_secret_access_key"]);
    assert_eq!(kinds("DeployerSecretKey", &secret), ["aws_secret_access_key"]);
    let profile = format!(
        "[default]\naws_access_key_id = AKIA{}\naws_secret_access_key = {secret}\n",
        upper(16)
    );
    assert_eq!(kinds("UserData", &profile), ["aws_access_key_id", "aws_secret_access_key"]);
    assert_eq!(kinds("Digest", &secret), [""; 0]);
}

#[test]
fn what_is_no_secret_is_none() {
    for (name, text) in [
        // References, and what AWS shows in place of a secret.
        ("DbPassword", "****"),
        ("DbPassword", "{{resolve:secretsmanager:prod/db:SecretString:password}}"),
        ("DbPassword", "{{resolve:ssm-secure:/prod/db/password:1}}"),
        ("DbPassword", "${DbPassword}"),
        ("DbPassword", "$DB_PASSWORD"),
        ("DbPassword", "%DB_PASSWORD%"),
        ("DbPassword", "<your password>"),
        ("DbPassword", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf"),
        ("DbPassword", "/prod/db/password"),
        ("DbPassword", "prod/db-password"),
        ("DbPassword", "shop-DbPassword-1ABCDEF2GHIJK"),
        ("SecretToken", "AQICAHhBbCcDdEeFfGg0123456789"),
        // Words.
        ("DbPassword", ""),
        ("DbPassword", "none"),
        ("DbPassword", "changeme"),
        ("DbPassword", "ChangeMe123"),
        ("DbPassword", "your-password-here"),
        ("DbPassword", "xxxxxxxxxxxx"),
        ("ApiKey", "required"),
        ("Token", "true"),
        ("AccessToken", "hours"),
        ("MasterUserPassword", "the password of the database"),
        ("MasterUserPassword", "managed-by-rds"),
        ("MasterUserPassword", "generated"),
        // About a secret, and not it.
        ("DbPasswordArn", "0f1e2d3c4b5a69788796"),
        ("DbPasswordSecretName", "shop-db-7Xc2"),
        ("PasswordLength", "16"),
        ("MinimumPasswordLength", "14"),
        ("TokenTtlSeconds", "86400"),
        ("MaxTokens", "16384000"),
        ("TokenEndpoint", "auth7.example.com"),
        ("TokenUrl", "https://auth.example.com/oauth2/token"),
        ("ApiKeyId", "m2m1k7sybf"),
        ("SecretId", "prod-db-2031"),
        ("PublicKey", "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A"),
        ("TokenSigningKeyVersion", "v12345678"),
        // Identifiers.
        ("ApiKey", "m2m1k7sybf"),
        ("EncryptionKey", "0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f"),
        ("EncryptionKey", "alias/shop2031"),
        ("SecretTarget", "sg-0123456789abcdef0"),
        ("SecretPool", "eu-west-1_AbCdEf123"),
        ("PassthroughBehavior", "WHEN_NO_MATCH"),
        // Random by look, and by that alone.
        ("BucketName", "shop-assets-q7rw2ty9ui4op1"),
        ("ImageDigest", "sha256:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0"),
        ("CommitHash", "0f1e2d3c4b5a69788796a5b4c3d2e1f0a1b2c3d4"),
        ("UserId", "AIDAQ7RW2TY9UI4OP1AS6"),
        ("AccountId", "111122223333"),
        // Nearly the form of a token.
        ("Key", "AKIAIOSFODNN7EXAMPLE"),
        ("Key", "AKIAQ7RW2TY9UI4OP1A"),
        ("Key", "XAKIAQ7RW2TY9UI4OP1AS"),
        ("Token", "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ("Stripe", "sk_test_q7Rw2Ty9Ui4Op1As6Df3Gh8J"),
        (
            "Certificate",
            "-----BEGIN CERTIFICATE-----\nq7Rw2Ty9Ui4Op1As6Df3Gh8Jk5Lz0Xcq7Rw2Ty9\n-----END CERTIFICATE-----",
        ),
        ("Key", "-----BEGIN PRIVATE KEY-----\n${PrivateKey}\n-----END PRIVATE KEY-----"),
        ("Url", "postgres://app:${Password}@db.internal/shop"),
        ("Url", "postgres://app:{{resolve:ssm-secure:/db}}@db.internal/shop"),
        ("Url", "postgres://user:password@host/db"),
        ("Url", "https://example.com:8443/login?next=me@example.com"),
        ("Url", "ssh://git@example.com/shop.git"),
        ("Text", "Password: see the wiki. Token: none. Note: q7"),
        ("Text", "password=${Password}; token=$TOKEN"),
        ("Text", "a.b.c eyJ.eyJ.x"),
        ("token.actions.githubusercontent.com:sub", "repo:shop/app1:ref:refs/heads/main"),
        ("ZipFile", "password = os.environ[\"DB_PASSWORD\"]; token = get_token(2031)"),
        (
            "ZipFile",
            "const password = process.env.DB_PASSWORD; const secret = config.shop.secret_v;",
        ),
        ("Policy", r#"{"Action": "secretsmanager:GetSecretValue", "Resource": "*"}"#),
    ] {
        assert_eq!(kinds(name, text), [""; 0], "{name} {text}");
    }
}

#[test]
fn no_text_is_too_odd() {
    // Pieces of all that is looked for, put together in every way that a small generator finds.
    const PIECES: [&str; 30] = [
        "AKIA",
        "ghp_",
        "xoxb-",
        "-----BEGIN ",
        "PRIVATE KEY-----",
        "://",
        "@",
        ":",
        "=",
        "\"",
        "'",
        "\\",
        "eyJ",
        ".",
        "{{resolve:",
        "}}",
        "${",
        "password",
        "Token",
        "ü",
        "密码",
        "\u{0}",
        "\u{202e}",
        " ",
        "\n",
        "q7Rw2Ty9Ui4Op1As6",
        "/",
        "-",
        "_",
        "0",
    ];
    let mut state: u32 = 1;
    let mut next = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below
    };
    let detector = Detector::new(SALT);
    for _ in 0..5_000 {
        let mut text = || -> String { (0..next(12)).map(|_| PIECES[next(PIECES.len())]).collect() };
        let (name, text) = (text(), text());
        for secret in detector.secrets("here", &name, &text) {
            assert_eq!(secret.digest.len(), 2 * DIGEST);
        }
    }
}

#[test]
fn a_large_text_takes_no_time_to_speak_of() {
    for piece in ["xoxb-", "a=", "\"=\"", "://a:", "-----BEGIN ", "password='", "eyJ.", "@", " :"] {
        let text = piece.repeat(100_000 / piece.len());
        assert!(kinds("UserData", &text).len() < 3, "{piece}");
    }
}

#[test]
fn equal_secrets_share_a_digest_within_one_scan_alone() {
    let (one, other) = (Detector::new(SALT), Detector::new(Salt::of([8; 32])));
    let digest = |detector: &Detector, name: &str, text: &str| {
        detector.secrets("here", name, text).into_iter().next().unwrap().digest
    };
    let here = digest(&one, "DbPassword", "hunter22");
    assert_eq!(here, digest(&one, "Password", "hunter22"));
    assert_eq!(here, digest(&one, "UserData", "PASSWORD=hunter22"));
    assert_ne!(here, digest(&one, "DbPassword", "hunter23"));
    assert_ne!(here, digest(&other, "DbPassword", "hunter22"));
    assert_ne!(Salt::draw().unwrap().0, Salt::draw().unwrap().0);
}

#[test]
fn nothing_of_a_secret_is_kept_or_shown() {
    let token = format!("ghp_{}", drawn(36));
    let found = Detector::new(SALT).secrets("Outputs.Token", "Token", &token);
    let shown = format!("{found:?}");
    assert!(shown.contains("Outputs.Token") && shown.contains("GitHub"));
    assert!(!shown.contains("ghp_") && !shown.contains(&token[4..12]));
    assert_eq!(format!("{SALT:?} {:?}", Detector::new(SALT)), "Salt Detector(Salt)");
}
