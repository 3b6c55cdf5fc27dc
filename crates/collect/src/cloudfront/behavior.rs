//! Cache behaviors, the default one and the others, which the SDK has as two types of the same fields.

use aws_sdk_cloudfront::types::{
    AllowedMethods, DefaultCacheBehavior, FunctionAssociations, LambdaFunctionAssociations,
};
use awspect_inventory::cloudfront::{CacheBehavior, EdgeFunction};

use super::read::items;
use crate::{
    ask::Missing,
    read::{arn, given, said, some_arn},
};

/// Reads a behavior of either type.
macro_rules! behavior {
    ($behavior:expr, $path:expr) => {{
        let behavior = $behavior;
        let signers = behavior.trusted_signers.is_some_and(|it| it.enabled);
        let key_groups = behavior.trusted_key_groups.is_some_and(|it| it.enabled);
        let mut functions = lambda(behavior.lambda_function_associations)?;
        functions.extend(own(behavior.function_associations)?);
        let protocol = behavior.viewer_protocol_policy.as_str();
        Ok(CacheBehavior {
            path: $path,
            target: said(&behavior.target_origin_id, "TargetOriginId")?.to_owned(),
            viewer_protocol: said(protocol, "ViewerProtocolPolicy")?.into(),
            allowed_methods: behavior.allowed_methods.map(methods).transpose()?,
            signed: signers || key_groups,
            functions,
            field_level_encryption: given(behavior.field_level_encryption_id),
            realtime_logs: some_arn(behavior.realtime_log_config_arn, "RealtimeLogConfigArn")?,
            response_headers_policy: given(behavior.response_headers_policy_id),
        })
    }};
}

/// The default behavior.
pub(super) fn default(behavior: DefaultCacheBehavior) -> Result<CacheBehavior, Missing> {
    behavior!(behavior, None)
}

/// The behavior of some paths.
pub(super) fn read(
    behavior: aws_sdk_cloudfront::types::CacheBehavior,
) -> Result<CacheBehavior, Missing> {
    let path = said(&behavior.path_pattern, "PathPattern")?.to_owned();
    behavior!(behavior, Some(path))
}

fn methods(methods: AllowedMethods) -> Result<Vec<String>, Missing> {
    let methods = items(methods.quantity, Some(methods.items), "AllowedMethods")?;
    Ok(methods.iter().map(|method| method.as_str().to_owned()).collect())
}

fn lambda(functions: Option<LambdaFunctionAssociations>) -> Result<Vec<EdgeFunction>, Missing> {
    let Some(functions) = functions else { return Ok(vec![]) };
    let functions = items(functions.quantity, functions.items, "LambdaFunctionAssociations")?;
    let read = functions.into_iter().map(|function| {
        Ok(EdgeFunction {
            arn: arn(Some(&function.lambda_function_arn), "LambdaFunctionARN")?,
            event: said(function.event_type.as_str(), "EventType")?.into(),
        })
    });
    read.collect()
}

fn own(functions: Option<FunctionAssociations>) -> Result<Vec<EdgeFunction>, Missing> {
    let Some(functions) = functions else { return Ok(vec![]) };
    let functions = items(functions.quantity, functions.items, "FunctionAssociations")?;
    let read = functions.into_iter().map(|function| {
        Ok(EdgeFunction {
            arn: arn(Some(&function.function_arn), "FunctionARN")?,
            event: said(function.event_type.as_str(), "EventType")?.into(),
        })
    });
    read.collect()
}
