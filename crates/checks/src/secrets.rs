//! Secrets that lay in the clear, as evidence. What tells one from another, their digests, is none.

use std::collections::BTreeMap;

use awspect_findings::{Evidence, Severity, Verdict};
use awspect_inventory::{
    Arn, Fact,
    secret::{Secret, SecretKind},
};
use serde_json::json;

/// So many other places of a secret are shown.
const SHOWN: usize = 10;

/// Where secrets stand, by their digests.
pub(crate) struct Places<'a>(BTreeMap<&'a str, Vec<Standing<'a>>>);

/// What a secret stands in, how that is called, and where in it.
struct Standing<'a> {
    owner: &'a Arn,
    name: &'a str,
    place: &'a str,
}

impl<'a> Places<'a> {
    /// The places of these secrets, each with what it stands in and how that is called.
    pub(crate) fn of(secrets: impl IntoIterator<Item = (&'a Arn, &'a str, &'a Secret)>) -> Self {
        let mut places: BTreeMap<&str, Vec<Standing<'_>>> = BTreeMap::new();
        for (owner, name, Secret { place, digest, .. }) in secrets {
            places.entry(digest).or_default().push(Standing { owner, name, place });
        }
        Self(places)
    }

    /// Where else a secret of this owner stands.
    fn elsewhere(&self, here: &Arn, secret: &Secret) -> Vec<String> {
        let all = self.0.get(secret.digest.as_str()).into_iter().flatten();
        let others = all.filter(|it| it.owner != here || it.place != secret.place);
        others.take(SHOWN).map(|it| format!("{}: {}", it.name, it.place)).collect()
    }
}

/// The secrets of one owner as faults, and whether the form of one of them says what it is.
pub(crate) struct Found<'a> {
    places: &'a Places<'a>,
    owner: &'a Arn,
    evidence: Vec<Evidence>,
    by_form: bool,
}

impl<'a> Found<'a> {
    /// None yet.
    pub(crate) fn new(places: &'a Places<'a>, owner: &'a Arn) -> Self {
        Self { places, owner, evidence: vec![], by_form: false }
    }

    /// Takes a secret for a fault, and shows in which version of its owner it is, if that has any.
    pub(crate) fn add<F: Fact>(&mut self, secret: &Secret, version: Option<&str>) {
        let mut observed = BTreeMap::from([("kind", json!(secret.kind.as_str()))]);
        observed.extend(version.map(|version| ("Version", json!(version))));
        let elsewhere = self.places.elsewhere(self.owner, secret);
        observed.extend((!elsewhere.is_empty()).then(|| ("the same in", json!(elsewhere))));
        let expected = "no secret, but what points to one, as the ARN of a secret does";
        self.evidence.push(Evidence::of::<F>(secret.place.clone(), json!(observed), expected));
        // An id opens nothing by itself.
        self.by_form |= !matches!(secret.kind, SecretKind::Named | SecretKind::AwsAccessKeyId);
    }

    /// Whether there is none so far.
    pub(crate) fn is_empty(&self) -> bool {
        self.evidence.is_empty()
    }

    /// As bad as `by_form` if a form says so, and medium if only names do.
    pub(crate) fn verdict(self, by_form: Severity) -> Verdict {
        let severity = if self.by_form { by_form } else { Severity::Medium };
        Verdict::faults(self.evidence).severity(severity)
    }
}
