//! What stands around a user pool: protection from deletion, a web ACL, logs.

use awspect_findings::{Decision, Evidence, Severity, Verdict};
use awspect_inventory::{
    Unknown,
    cognito::{
        DeletionProtection, LogDelivery, LogDestination, LogSource, PoolWebAcl, ThreatProtection,
        UserPool, UserPoolSettings,
    },
};
use serde_json::{Value, json};

use super::concern::{Judged, pool_settings};
use crate::engine::unknown_value;

/// A pool is not deleted by one call.
pub(super) fn deletion_protection(pool: &UserPool) -> Decision {
    let settings = pool_settings(pool)?;
    let protection = settings.deletion_protection.as_ref();
    if let Some(DeletionProtection::Other(other)) = protection {
        return Err(unknown_value::<UserPoolSettings>(other));
    }
    let observed = protection.map(DeletionProtection::as_str);
    let mut evidence =
        vec![Evidence::of::<UserPoolSettings>("UserPool.DeletionProtection", observed, "ACTIVE")];
    if protection == Some(&DeletionProtection::Active) {
        return Ok(Verdict::Pass(evidence));
    }
    let users = settings.estimated_users;
    evidence.push(Evidence::of::<UserPoolSettings>(
        "UserPool.EstimatedNumberOfUsers",
        users,
        "any; they would all have to register again",
    ));
    let verdict = Verdict::faults(evidence);
    Ok(if users == 0 { verdict.severity(Severity::Low) } else { verdict })
}

/// A web ACL stands in front of the pool.
pub(super) fn web_acl(pool: &UserPool) -> Decision {
    let expected = "a web ACL in front of the pool";
    if let Some(acl) = pool.web_acl.known()? {
        let observed = json!({ "Name": acl.name, "ARN": acl.arn });
        return Ok(Verdict::Pass(vec![Evidence::of::<PoolWebAcl>("WebACL", observed, expected)]));
    }
    let none = Evidence::of::<PoolWebAcl>("WebACL", Value::Null, expected);
    let by_strangers = pool
        .settings
        .set()
        .is_some_and(|settings| settings.sms.is_some() && !settings.admin_create_user_only);
    Ok(if by_strangers {
        let observed = json!({ "SmsConfiguration": "set",
            "AdminCreateUserConfig.AllowAdminCreateUserOnly": false });
        let expected = "no sign-up by strangers, or a web ACL, since text messages are paid for";
        let paid = Evidence::of::<UserPoolSettings>("UserPool", observed, expected);
        Verdict::faults(vec![none, paid]).severity(Severity::Medium)
    } else {
        Verdict::faults(vec![none])
    })
}

/// The pool writes down what went wrong, and what threat protection saw.
pub(super) fn logging(pool: &UserPool) -> Judged {
    let logs = pool.log_delivery.known()?.map(|LogDelivery(logs)| logs.as_slice());
    let logs = logs.unwrap_or_default();
    let (notifications, has_notifications) = target(logs, &LogSource::UserNotification);
    let (events, has_events) = target(logs, &LogSource::UserAuthEvents);
    let mut faults = vec![];
    if !has_notifications {
        faults.push(notifications.clone());
    }
    let mut shown = vec![notifications];
    if has_events {
        shown.push(events);
    } else {
        match pool_settings(pool).and_then(rated) {
            Ok(Some(mode)) => faults.extend([events, mode]),
            Ok(None) => {}
            // One log is missing, whatever there is to write in the other.
            Err(_) if !has_notifications => {}
            Err(unknown) => return Err(unknown),
        }
    }
    Ok(Some(if faults.is_empty() { Verdict::Pass(shown) } else { Verdict::faults(faults) }))
}

/// Where a log goes, and whether it goes anywhere.
fn target(logs: &[LogDestination], source: &LogSource) -> (Evidence, bool) {
    let place = logs
        .iter()
        .filter(|log| log.source == *source)
        .find_map(|log| log.log_group.as_ref().or(log.bucket.as_ref()).or(log.stream.as_ref()));
    let field = format!("LogDeliveryConfiguration.LogConfigurations of {}", source.as_str());
    let evidence =
        Evidence::of::<LogDelivery>(field, json!(place), "a log group, bucket or stream");
    (evidence, place.is_some())
}

/// The mode of threat protection, where it has something to write.
fn rated(settings: &UserPoolSettings) -> Result<Option<Evidence>, Unknown> {
    let modes = [
        ("AdvancedSecurityMode", &settings.threat_protection),
        ("AdvancedSecurityAdditionalFlows.CustomAuthMode", &settings.custom_auth_threat_protection),
    ];
    let mut open = None;
    for (field, mode) in modes {
        match mode {
            Some(mode @ (ThreatProtection::Audit | ThreatProtection::Enforced)) => {
                return Ok(Some(Evidence::of::<UserPoolSettings>(
                    format!("UserPool.UserPoolAddOns.{field}"),
                    mode.as_str(),
                    "OFF, or a log of userAuthEvents, where the ratings go",
                )));
            }
            Some(ThreatProtection::Other(other)) => {
                open = Some(unknown_value::<UserPoolSettings>(other));
            }
            Some(ThreatProtection::Off) | None => {}
        }
    }
    open.map_or(Ok(None), Err)
}
