//! Parameters and outputs: their names, and the secrets among what they say.

use aws_sdk_cloudformation::types::{Output, Parameter};
use awspect_inventory::{
    cloudformation::{StackOutput, StackOutputs, StackParameters},
    secret::NamedValues,
};

use crate::{
    ask::Read,
    read::{given, text},
    secret::Detector,
};

/// What the AWS CDK calls the output that tells the version of its bootstrap stack.
const BOOTSTRAP_VERSION: &str = "BootstrapVersion";

/// And the one beside it that names the bucket which it uploads to.
const BOOTSTRAP_BUCKET: &str = "BucketName";

pub(super) fn parameters(detector: Detector, parameters: Vec<Parameter>) -> Read<StackParameters> {
    let mut read = NamedValues { names: vec![], secrets: vec![] };
    for parameter in parameters {
        let name = text(parameter.parameter_key, "ParameterKey")?;
        let place = format!("Parameters.{name}");
        let value = parameter.parameter_value.unwrap_or_default();
        match parameter.resolved_value {
            // The value is the name of something in Parameter Store, and this is what stands there.
            Some(resolved) => {
                let place = format!("{place}.ResolvedValue");
                read.secrets.extend(detector.secrets(&place, &name, &resolved));
            }
            None => read.secrets.extend(detector.secrets(&place, &name, &value)),
        }
        read.names.push(name);
    }
    Ok(Some(StackParameters(read)))
}

pub(super) fn outputs(detector: Detector, outputs: Vec<Output>) -> Read<StackOutputs> {
    let value = |wanted| {
        let output = outputs.iter().find(|own| own.output_key.as_deref() == Some(wanted));
        output.and_then(|own| own.output_value.clone())
    };
    let version = value(BOOTSTRAP_VERSION);
    let mut read = StackOutputs {
        outputs: vec![],
        secrets: vec![],
        bootstrap_version: version.as_ref().and_then(|version| version.parse().ok()),
        bootstrap_bucket: version.and_then(|_| value(BOOTSTRAP_BUCKET)),
    };
    for output in outputs {
        let key = text(output.output_key, "OutputKey")?;
        let value = output.output_value.unwrap_or_default();
        read.secrets.extend(detector.secrets(&format!("Outputs.{key}"), &key, &value));
        read.outputs.push(StackOutput { key, export_name: given(output.export_name) });
    }
    Ok(Some(read))
}
