//! Launch templates, by the versions that groups and people take: the default one and the latest.

use awspect_findings::{Decision, Evidence, Verdict};
use awspect_inventory::{
    Observed,
    ec2::{EndpointState, HttpTokens, LaunchTemplate, TemplateVersion},
};
use serde_json::json;

/// What is wrong with either version; unknown if only the one that nobody could read may be wrong.
fn either(
    template: &LaunchTemplate,
    faults: impl Fn(&TemplateVersion) -> Vec<Evidence>,
) -> Decision {
    let (mut found, mut unread) = (vec![], None);
    for version in [&template.default_version, &template.latest_version] {
        match version {
            Observed::Set(version) => found.extend(faults(version)),
            Observed::NotSet => (),
            Observed::Unknown(why) => unread = Some(why.clone()),
        }
    }
    found.dedup();
    match unread {
        Some(why) if found.is_empty() => Err(why),
        _ => Ok(Verdict::faults(found)),
    }
}

/// Both versions require a token of whoever asks for metadata, or turn the service off.
pub(super) fn imdsv2(template: &LaunchTemplate) -> Decision {
    either(template, |version| {
        let options = version.metadata.as_ref();
        let off =
            options.and_then(|it| it.http_endpoint.as_ref()) == Some(&EndpointState::Disabled);
        let tokens = options.and_then(|it| it.http_tokens.as_ref());
        if off || tokens == Some(&HttpTokens::Required) {
            return vec![];
        }
        vec![Evidence::of::<TemplateVersion>(
            "LaunchTemplateData.MetadataOptions.HttpTokens",
            json!({ "version": version.number, "HttpTokens": tokens.map(HttpTokens::as_str) }),
            "required",
        )]
    })
}

/// Neither version asks for a public address.
pub(super) fn public_ip(template: &LaunchTemplate) -> Decision {
    either(template, |version| {
        let public = version.interfaces.iter().filter(|it| it.public_ip == Some(true));
        let shown = public.map(|interface| {
            Evidence::of::<TemplateVersion>(
                "LaunchTemplateData.NetworkInterfaces.AssociatePublicIpAddress",
                json!({ "version": version.number, "device_index": interface.device_index }),
                "false",
            )
        });
        shown.collect()
    })
}
