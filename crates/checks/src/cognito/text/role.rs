//! The role that Amazon Cognito sends a pool's text messages with.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Unknown,
    cognito::{SmsConfiguration, SmsService, UserPool, UserPoolSettings},
    iam::{PolicyDocument, Role, TrustPolicy},
};
use awspect_policy::{AccountId, Action, Answer, Budget, Errand};
use serde_json::json;

use crate::{
    Scan,
    iam::{Named, Session, by_level, request, tellingly},
};

const COGNITO: &str = "cognito-idp.amazonaws.com";

/// What a pool of somebody else may have for an external id.
const OTHER: &str = "awspect-unnamed";

/// An account that is not the pool's.
const STRANGER: &str = "999988887777";

/// The role sends text messages, for this pool only.
pub(in crate::cognito) fn narrow(scan: Scan<'_>, pool: &UserPool) -> Option<Decision> {
    match pool.sms() {
        Ok(Some(sms)) => Some(judged(scan, pool, sms)),
        Ok(None) => None,
        Err(unknown) => Some(Err(unknown)),
    }
}

fn judged(scan: Scan<'_>, pool: &UserPool, sms: &SmsConfiguration) -> Decision {
    let Some(role) = Named::of(scan, &sms.role)? else {
        let gone = Evidence::of::<Role>(
            "RoleDetailList",
            json!({ "SmsConfiguration": sms.role.as_str(), "exists": false }),
            "a role that exists: without it no text message goes out",
        );
        return Ok(Verdict::faults(vec![gone]));
    };
    let named = Evidence::of::<UserPoolSettings>(
        "UserPool.SmsConfiguration",
        json!({ "role": sms.role.as_str(), "external id": sms.external_id }),
        "a role for this pool's text messages and nothing else",
    );
    let (mut faults, mut worst, mut open) = (vec![], None, None);
    for fault in [trusted(&role, pool, sms), rights(&role, sms.service)] {
        match fault {
            Ok(Some((severity, evidence))) => {
                faults.extend(evidence);
                worst = worst.max(Some(severity));
            }
            Ok(None) => {}
            Err(unknown) => {
                open.get_or_insert(unknown);
            }
        }
    }
    match (worst, open) {
        (Some(severity), _) => {
            faults.insert(0, named);
            Ok(Verdict::faults(faults).severity(severity))
        }
        (None, Some(unknown)) => Err(unknown),
        (None, None) => Ok(Verdict::Pass(vec![named])),
    }
}

/// What is wrong, and how badly.
type Fault = Result<Option<(Severity, Vec<Evidence>)>, Unknown>;

/// The trust policy lets Amazon Cognito in for this pool, and for no other account's.
fn trusted(role: &Named<'_>, pool: &UserPool, sms: &SmsConfiguration) -> Fault {
    let (arn, own_id) = (pool.arn.as_str(), sms.external_id.as_deref());
    let own = Errand { account: role.facts.owner, source: arn, external_id: own_id };
    if role.admits_errand(COGNITO, own)?.is_no() {
        let shut = Evidence::of::<TrustPolicy>(
            "AssumeRolePolicyDocument",
            json!({ "service": COGNITO, "aws:SourceArn": arn, "sts:ExternalId": own_id,
                "gets in": false }),
            "a trust policy that lets Amazon Cognito in for this pool: without it no text message goes out",
        );
        return Ok(Some((Severity::Medium, vec![shut])));
    }
    let (region, partition) = (&pool.region, &role.facts.partition);
    let source = format!("arn:{partition}:cognito-idp:{region}:{STRANGER}:userpool/{region}_x");
    let account = AccountId::parse(STRANGER).unwrap_or(AccountId::EXAMPLE);
    let stranger = |external_id| Errand { account, source: &source, external_id };
    let ids = [Some(OTHER), None];
    if let Some(answer) = admitted(role, &ids.map(stranger))? {
        let expected = "sts:ExternalId equal to the pool's, and aws:SourceArn or aws:SourceAccount";
        let fault = request::<TrustPolicy>(answer.witness(), expected);
        return Ok(Some((Severity::Medium, vec![fault])));
    }
    if let Some(answer) = admitted(role, &[stranger(own_id)])? {
        let expected = "aws:SourceArn or aws:SourceAccount as well: an external id is no secret";
        return Ok(Some((Severity::Low, vec![request::<TrustPolicy>(answer.witness(), expected)])));
    }
    if let Some(answer) = admitted(role, &ids.map(|external_id| Errand { external_id, ..own }))? {
        let expected = "sts:ExternalId equal to the pool's as well";
        return Ok(Some((Severity::Low, vec![request::<TrustPolicy>(answer.witness(), expected)])));
    }
    Ok(None)
}

/// The first of these that gets in.
fn admitted(role: &Named<'_>, errands: &[Errand<'_>]) -> Result<Option<Answer>, Unknown> {
    let mut open = None;
    for errand in errands {
        match role.admits_errand(COGNITO, *errand) {
            Ok(yes @ Answer::Yes(_)) => return Ok(Some(yes)),
            Ok(_) => {}
            Err(unknown) => open = Some(unknown),
        }
    }
    open.map_or(Ok(None), Err)
}

/// The role may send text messages and do nothing else.
fn rights(role: &Named<'_>, service: SmsService) -> Fault {
    let sends = |action: Action| match (action.service, action.name) {
        ("sns", "Publish") => true,
        ("sms-voice", "SendTextMessage") => service == SmsService::EndUserMessaging,
        _ => false,
    };
    let session = Session::default();
    let actions = role.granted(&session, |action| !sends(action))?;
    let Some(first) = tellingly(&actions).first().copied() else { return Ok(None) };
    let answer = role.identity(&session).may(&first.to_string(), &Budget::default());
    let expected =
        "sns:Publish, and sms-voice:SendTextMessage where it sends by End User Messaging";
    let evidence = vec![
        by_level(&actions, expected),
        request::<PolicyDocument>(answer.witness(), "no other request"),
    ];
    Ok(Some((Severity::Medium, evidence)))
}
