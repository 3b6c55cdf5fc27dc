//! Distributions as CloudFront writes them.

/// A distribution in the making. What a test does not say is as CloudFront has it by itself.
#[derive(Clone, Debug, Default)]
pub struct Distribution {
    /// By what the caller tells it from others.
    pub name: String,
    /// Names of its owner's.
    pub aliases: Vec<&'static str>,
    /// What is read for `/`.
    pub root: Option<&'static str>,
    /// Its origins.
    pub origins: Vec<Origin>,
    /// Origins that stand in for each other.
    pub groups: Vec<(&'static str, [&'static str; 2])>,
    /// The default cache behavior.
    pub default: Behavior,
    /// The others, by their paths.
    pub behaviors: Vec<(&'static str, Behavior)>,
    /// How the certificate of its owner's is served and from which policy on, or CloudFront's own certificate.
    pub certificate: Option<(&'static str, &'static str)>,
    /// The countries that are served, or all.
    pub countries: Vec<&'static str>,
    /// The web ACL in front of it.
    pub web_acl: Option<String>,
    /// The bucket of its standard logs.
    pub logs: Option<&'static str>,
}

/// Where a distribution reads from.
#[derive(Clone, Debug)]
pub struct Origin {
    id: &'static str,
    domain: String,
    config: String,
    control: Option<String>,
}

/// What happens to requests of some paths.
#[derive(Clone, Debug, Default)]
pub struct Behavior {
    /// The origin or the group that is asked.
    pub target: &'static str,
    /// What viewers may speak, `allow-all`.
    pub viewers: &'static str,
    /// Whether it takes forms, or is read only.
    pub takes_forms: bool,
    /// The response headers policy.
    pub headers: Option<&'static str>,
    /// The configuration of field-level encryption.
    pub encryption: Option<&'static str>,
}

/// An element of a document.
pub fn element(name: &str, inner: &str) -> String {
    format!("<{name}>{inner}</{name}>")
}

/// A list with how many it has.
pub fn list(name: &str, items: &[String]) -> String {
    let quantity = element("Quantity", &items.len().to_string());
    let items = if items.is_empty() { String::new() } else { element("Items", &items.concat()) };
    element(name, &(quantity + &items))
}

fn named(name: &str, texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| element(name, text)).collect()
}

impl Origin {
    /// A bucket by its REST endpoint, asked by an origin access identity or by none.
    pub fn bucket(id: &'static str, domain: &str, identity: Option<&str>) -> Self {
        let identity =
            identity.map(|identity| format!("origin-access-identity/cloudfront/{identity}"));
        let identity = element("OriginAccessIdentity", &identity.unwrap_or_default());
        let config = element("S3OriginConfig", &identity);
        Self { id, domain: domain.to_owned(), config, control: None }
    }

    /// A server: what is spoken with it, and the versions of TLS.
    pub fn server(id: &'static str, domain: &str, protocol: &str, versions: &[&str]) -> Self {
        let parts = [
            element("HTTPPort", "80"),
            element("HTTPSPort", "443"),
            element("OriginProtocolPolicy", protocol),
            list("OriginSslProtocols", &named("SslProtocol", versions)),
        ];
        let config = element("CustomOriginConfig", &parts.concat());
        Self { id, domain: domain.to_owned(), config, control: None }
    }

    /// The same, asked by an origin access control.
    #[must_use]
    pub fn by(self, control: &str) -> Self {
        Self { control: Some(control.to_owned()), ..self }
    }

    fn write(&self) -> String {
        let control = self.control.as_ref().map(|id| element("OriginAccessControlId", id));
        let parts = [
            element("Id", self.id),
            element("DomainName", &self.domain),
            element("OriginPath", ""),
            self.config.clone(),
            control.unwrap_or_default(),
        ];
        element("Origin", &parts.concat())
    }
}

impl Behavior {
    /// The requests go to this origin, and viewers speak HTTPS.
    pub fn to(target: &'static str) -> Self {
        Self { target, viewers: "redirect-to-https", ..Self::default() }
    }

    fn write(&self) -> String {
        let read: &[&str] = &["GET", "HEAD"];
        let all = &["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"];
        let methods = named("Method", if self.takes_forms { all } else { read });
        let text = |name, text: Option<&str>| text.map(|text| element(name, text));
        let parts = [
            element("TargetOriginId", self.target),
            element("ViewerProtocolPolicy", self.viewers),
            list("AllowedMethods", &methods),
            text("ResponseHeadersPolicyId", self.headers).unwrap_or_default(),
            text("FieldLevelEncryptionId", self.encryption).unwrap_or_default(),
        ];
        parts.concat()
    }
}

impl Distribution {
    /// A distribution of one server, of which the fake AWS keeps all.
    pub fn plain(name: &str) -> Self {
        let server = Origin::server("server", "app.example.com", "https-only", &["TLSv1.2"]);
        Self {
            name: name.to_owned(),
            origins: vec![server],
            default: Behavior::to("server"),
            ..Self::default()
        }
    }

    /// A distribution of one bucket.
    pub fn of_bucket(name: &str, bucket: Origin) -> Self {
        let default = Behavior::to(bucket.id);
        Self { name: name.to_owned(), origins: vec![bucket], default, ..Self::default() }
    }

    /// What the fake AWS drops, by the name of the element that has it.
    pub(super) fn dropped(&self) -> [(&'static str, String); 3] {
        let origins: Vec<String> = self.origins.iter().map(Origin::write).collect();
        let groups = self.groups.iter().map(|(id, members)| {
            let member = |id: &&str| element("OriginGroupMember", &element("OriginId", id));
            let members: Vec<String> = members.iter().map(member).collect();
            element("OriginGroup", &(element("Id", id) + &list("Members", &members)))
        });
        [
            ("Origins", list("Origins", &origins)),
            ("OriginGroups", list("OriginGroups", &groups.collect::<Vec<_>>())),
            ("ViewerCertificate", self.certificate()),
        ]
    }

    fn certificate(&self) -> String {
        let parts = match self.certificate {
            None => vec![
                element("CloudFrontDefaultCertificate", "true"),
                element("MinimumProtocolVersion", "TLSv1"),
            ],
            Some((support, policy)) => vec![
                element("CloudFrontDefaultCertificate", "false"),
                element("IAMCertificateId", "ASCAEXAMPLE"),
                element("SSLSupportMethod", support),
                element("MinimumProtocolVersion", policy),
            ],
        };
        element("ViewerCertificate", &parts.concat())
    }

    /// All of it, as it is made.
    pub(super) fn config(&self) -> String {
        let [(_, origins), _, (_, certificate)] = self.dropped();
        let behaviors = self.behaviors.iter().map(|(path, behavior)| {
            let path = element("PathPattern", path);
            element("CacheBehavior", &(path + &behavior.write()))
        });
        let kind = if self.countries.is_empty() { "none" } else { "whitelist" };
        let countries = list("GeoRestriction", &named("Location", &self.countries));
        let countries =
            countries.replacen("<Quantity>", &(element("RestrictionType", kind) + "<Quantity>"), 1);
        let logs = self.logs.map(|bucket| {
            let bucket = element("Bucket", bucket) + &element("Prefix", "");
            let cookies = element("IncludeCookies", "false");
            element("Logging", &(element("Enabled", "true") + &cookies + &bucket))
        });
        let parts = [
            element("CallerReference", &self.name),
            list("Aliases", &named("CNAME", &self.aliases)),
            element("DefaultRootObject", self.root.unwrap_or_default()),
            origins,
            element("DefaultCacheBehavior", &self.default.write()),
            list("CacheBehaviors", &behaviors.collect::<Vec<_>>()),
            element("Comment", &self.name),
            logs.unwrap_or_default(),
            element("Enabled", "true"),
            certificate,
            element("Restrictions", &countries),
            element("WebACLId", self.web_acl.as_deref().unwrap_or_default()),
        ];
        parts.concat()
    }
}
