//! Reads what functions are and run on.

use aws_sdk_lambda::types::{self, EnvironmentResponse};
use awspect_inventory::{
    Arn, Fact as _, Listed, Observed, Region, Unknown,
    lambda::{Environment, Function, FunctionConfiguration, FunctionVersion},
};

use crate::{
    ask::{Missing, Read},
    read::{arn, given, observed, said, text, variables},
    reason::by_code,
    secret::Detector,
};

/// What Lambda calls the version that a function is edited in.
const LATEST: &str = "$LATEST";

/// A line of the listing.
pub(super) enum Listing {
    Function(Box<Function>),
    /// With the ARN of its function.
    Version(Arn, Box<FunctionVersion>),
}

/// A function, or one of its versions. Policies, aliases and addresses are other answers.
pub(super) fn listing(
    detector: Detector,
    region: &Region,
    function: types::FunctionConfiguration,
) -> Result<Listing, Missing> {
    let version = given(function.version.clone()).unwrap_or_else(|| LATEST.to_owned());
    let full = arn(function.function_arn.as_deref(), "FunctionArn")?;
    let own = unqualified(&full, &version)?;
    let name = text(function.function_name.clone(), "FunctionName")?;
    let role = arn(function.role.as_deref(), "Role")?;
    let environment = environment(detector, function.environment.clone());
    let configuration = observed(configuration(function));
    let region = region.clone();
    if version == LATEST {
        return Ok(Listing::Function(Box::new(Function {
            arn: own,
            name,
            region,
            role,
            configuration,
            environment,
            policy: Observed::default(),
            versions: Listed::default(),
            aliases: Listed::default(),
            urls: Listed::default(),
        })));
    }
    let arn = format!("{own}:{version}").parse().map_err(|_| Missing("FunctionArn"))?;
    let name = format!("{name}:{version}");
    let policy = Observed::default();
    let version =
        FunctionVersion { arn, name, region, version, role, configuration, environment, policy };
    Ok(Listing::Version(own, Box::new(version)))
}

/// The ARN without the version that Lambda may put behind it.
fn unqualified(arn: &Arn, version: &str) -> Result<Arn, Missing> {
    let own = arn.as_str().strip_suffix(version).and_then(|start| start.strip_suffix(':'));
    own.unwrap_or(arn.as_str()).parse().map_err(|_| Missing("FunctionArn"))
}

fn configuration(function: types::FunctionConfiguration) -> Read<FunctionConfiguration> {
    let package = function.package_type.ok_or(Missing("PackageType"))?;
    let layers = function.layers.unwrap_or_default().into_iter();
    Ok(Some(FunctionConfiguration {
        package: said(package.as_str(), "PackageType")?.into(),
        runtime: function.runtime.map(|runtime| runtime.as_str().to_owned()),
        layers: layers
            .map(|layer| arn(layer.arn.as_deref(), "Layers"))
            .collect::<Result<_, _>>()?,
    }))
}

/// The variables; Lambda may be unable to decrypt them.
fn environment(
    detector: Detector,
    environment: Option<EnvironmentResponse>,
) -> Observed<Environment> {
    let Some(environment) = environment else { return Observed::NotSet };
    if let Some(error) = environment.error {
        let code = given(error.error_code);
        let reason = by_code(code.as_deref(), None);
        return Observed::Unknown(Unknown { code, ..Unknown::new(Environment::ACTION, reason) });
    }
    let variables = variables(detector, "Environment.Variables", environment.variables);
    variables.map_or(Observed::NotSet, |variables| Observed::Set(Environment(variables)))
}
