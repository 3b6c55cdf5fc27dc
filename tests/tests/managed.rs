//! AWS's own managed policies, as the fake AWS carries them: all parse, and no question about one stays open.

use std::process::Command;

use awspect_policy::{Answer, Budget, Facts, Identity, Policy};
use awspect_tests::python;

const LIST: &str = "
import json
from moto.iam.aws_managed_policies import aws_managed_policies_data
policies = json.loads(aws_managed_policies_data)
print(json.dumps([[name, json.dumps(policy['Document'])] for name, policy in sorted(policies.items())]))
";

#[test]
fn every_managed_policy_parses_and_every_question_about_it_is_answered() {
    let output = Command::new(python::interpreter()).args(["-c", LIST]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let policies: Vec<(String, String)> = serde_json::from_slice(&output.stdout).unwrap();
    assert!(policies.len() > 1_000);
    let facts = Facts::default();
    let mut admins = vec![];
    for (name, text) in &policies {
        let policy = Policy::parse(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(policy.unsupported().next(), None, "{name}");
        let identity = Identity::new(vec![&policy], &facts);
        let admin = identity.grants_full_admin(&Budget::default());
        for answer in [
            &admin,
            &identity.privilege_escalation(&Budget::default()),
            &identity.denies_without_mfa(&Budget::default()),
        ] {
            assert!(!matches!(answer, Answer::Unknown(_)), "{name}: {answer:?}");
        }
        if admin.is_yes() {
            admins.push(name.as_str());
        }
    }
    assert_eq!(admins, ["AdministratorAccess"]);
}
