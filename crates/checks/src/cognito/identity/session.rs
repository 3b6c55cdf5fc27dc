//! What Amazon Cognito takes from guests where it hands out their credentials itself (Amazon Cognito developer guide, "IAM roles",
//! "Access policies for unauthenticated identities").

use std::sync::LazyLock;

use awspect_policy::Policy;

/// The session policy that it sends along.
static INLINE: LazyLock<Policy> = LazyLock::new(|| {
    parsed(
        "limits of the enhanced flow",
        r#""cloudwatch:*", "logs:*", "dynamodb:*", "kinesis:*", "mobileanalytics:*", "s3:*", "ses:*", "sns:*", "sqs:*",
        "lambda:*", "machinelearning:*", "execute-api:*", "iot:*", "gamelift:*", "cognito-identity:*",
        "cognito-idp:*", "lex:*", "polly:*", "comprehend:*", "translate:*", "transcribe:*", "rekognition:*",
        "mobiletargeting:*", "firehose:*", "appsync:*", "personalize:*", "sagemaker:InvokeEndpoint",
        "cognito-sync:*", "codewhisperer:*", "textract:DetectDocumentText", "textract:AnalyzeDocument", "sdb:*""#,
    )
});

/// AWS's managed policy that it adds, in version 4.
static MANAGED: LazyLock<Policy> = LazyLock::new(|| {
    parsed(
        "AmazonCognitoUnAuthedIdentitiesSessionPolicy",
        r#""rum:PutRumEvents", "sagemaker:InvokeEndpoint", "polly:*", "comprehend:*", "translate:*",
        "transcribe:*", "rekognition:*", "mobiletargeting:*", "firehose:*", "personalize:*", "geo:GetMap*",
        "geo:ListMaps", "geo:SearchPlaceIndex*", "geo:GetPlace", "geo:CalculateRoute*", "geo:*Geofence",
        "geo:*Geofences", "geo:*DevicePosition*", "kms:Encrypt", "kms:Decrypt", "kms:ReEncryptTo",
        "kms:ReEncryptFrom", "kms:GenerateDataKey", "kms:GenerateDataKeyPair",
        "kms:GenerateDataKeyPairWithoutPlaintext", "kms:GenerateDataKeyWithoutPlaintext""#,
    )
});

fn parsed(name: &str, actions: &str) -> Policy {
    let text = format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":[{actions}],"Resource":"*"}}]}}"#
    );
    let policy = Policy::parse(&text).unwrap_or_default().named(name);
    debug_assert!(!policy.statements.is_empty());
    policy
}

/// What guests keep of their role in the enhanced flow: what either policy allows.
pub(super) fn of_guests() -> Vec<&'static Policy> {
    vec![&INLINE, &MANAGED]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policies_can_be_read() {
        assert!(of_guests().iter().all(|policy| policy.allows().count() == 1));
    }
}
