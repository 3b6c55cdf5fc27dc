//! Launch templates, with the versions that new instances are made from.

use std::collections::HashMap;

use aws_sdk_ec2::{
    operation::describe_launch_template_versions::builders::DescribeLaunchTemplateVersionsFluentBuilder as Request,
    types,
};
use awspect_inventory::{
    Action, Fact, Listed, Observed, Reason, Unknown,
    ec2::{LaunchTemplate, MetadataOptions, TemplateInterface, TemplateVersion},
};
use futures::{StreamExt as _, stream};

use super::{
    at::{At, IN_FLIGHT},
    read::{said, tags},
};
use crate::{
    ask::{Missing, still_there},
    read::text,
};

/// The most that both calls about launch templates give in one page.
const PAGE: i32 = 200;

/// The versions that count: an instance gets the default one, an Auto Scaling group often the newest.
const VERSIONS: [&str; 2] = ["$Default", "$Latest"];

/// What an answer says of versions: whose each is, and what is in it.
struct Versions(Vec<Option<Version>>);

impl Fact for Versions {
    const ACTION: Action = TemplateVersion::ACTION;
}

struct Version {
    template: String,
    number: i64,
    is_default: bool,
    read: Observed<TemplateVersion>,
}

/// The templates of the region. Their versions come together, whatever template they are of.
pub(super) async fn templates(at: &At<'_>) -> Listed<LaunchTemplate> {
    let pages = at.client.describe_launch_templates().into_paginator().page_size(PAGE).send();
    let mut listed = at
        .all(
            pages,
            |page| page.launch_templates.ok_or(Missing("launchTemplates")),
            |item| template(at, item),
        )
        .await;
    if listed.found.is_empty() {
        return listed;
    }
    match versions(at, at.client.describe_launch_template_versions()).await {
        Observed::Set(Versions(versions)) => {
            let mut of_template: HashMap<String, Vec<Version>> = HashMap::new();
            for version in versions.into_iter().flatten() {
                of_template.entry(version.template.clone()).or_default().push(version);
            }
            let read = stream::iter(listed.found)
                .map(|template| {
                    let own = of_template.remove(&template.id);
                    with_versions(at, template, own)
                })
                .buffered(IN_FLIGHT);
            still_there(read.collect().await, listed.gaps)
        }
        Observed::NotSet => listed,
        Observed::Unknown(unknown) => {
            listed.found.iter_mut().for_each(|template| nobody_knows(template, &unknown));
            listed
        }
    }
}

fn template(at: &At<'_>, item: types::LaunchTemplate) -> Result<LaunchTemplate, Missing> {
    let id = text(item.launch_template_id, "launchTemplateId")?;
    let not_asked = || Observed::Unknown(Unknown::new(TemplateVersion::ACTION, Reason::NotAsked));
    Ok(LaunchTemplate {
        arn: at.own::<LaunchTemplate>(&id, "launchTemplateId")?,
        region: at.region.clone(),
        template_name: text(item.launch_template_name, "launchTemplateName")?,
        created_by: said(item.created_by),
        default_version: not_asked(),
        latest_version: not_asked(),
        tags: tags(item.tags),
        id,
    })
}

async fn versions(at: &At<'_>, request: Request) -> Observed<Versions> {
    let request = request.set_versions(Some(VERSIONS.map(str::to_owned).to_vec()));
    at.whole(
        request.into_paginator().page_size(PAGE).send(),
        |page| page.launch_template_versions.ok_or(Missing("launchTemplateVersionSet")),
        // One that belongs to nothing is missing where it belongs.
        |item| Ok(version(item)),
        Versions,
    )
    .await
}

/// A template and its versions; `None` if it is not there any more, which only the call for itself can say.
async fn with_versions(
    at: &At<'_>,
    mut template: LaunchTemplate,
    own: Option<Vec<Version>>,
) -> Option<LaunchTemplate> {
    let own = match own {
        Some(own) => Ok(own),
        None => of_template(at, &template.id).await,
    };
    let own = match own {
        Ok(own) => own,
        Err(unknown) if unknown.reason == Reason::Gone => return None,
        Err(unknown) => {
            nobody_knows(&mut template, &unknown);
            return Some(template);
        }
    };
    let read = |version: Option<&Version>| match version {
        Some(version) => version.read.clone(),
        None => Observed::Unknown(Missing("launchTemplateVersionSet").of(TemplateVersion::ACTION)),
    };
    template.default_version = read(own.iter().find(|version| version.is_default));
    template.latest_version = read(own.iter().max_by_key(|version| version.number));
    Some(template)
}

/// A template that no version came of is asked about by itself: it may be newer than the answer, or gone.
async fn of_template(at: &At<'_>, id: &str) -> Result<Vec<Version>, Unknown> {
    let request = at.client.describe_launch_template_versions().launch_template_id(id);
    match versions(at, request).await {
        Observed::Set(Versions(own)) => Ok(own.into_iter().flatten().collect()),
        Observed::NotSet => Ok(vec![]),
        Observed::Unknown(unknown) => Err(unknown),
    }
}

fn nobody_knows(template: &mut LaunchTemplate, unknown: &Unknown) {
    template.default_version = Observed::Unknown(unknown.clone());
    template.latest_version = Observed::Unknown(unknown.clone());
}

fn version(item: types::LaunchTemplateVersion) -> Option<Version> {
    let number = item.version_number?;
    Some(Version {
        template: said(item.launch_template_id)?,
        number,
        is_default: item.default_version.unwrap_or_default(),
        read: match item.launch_template_data.ok_or(Missing("launchTemplateData")) {
            Ok(data) => Observed::Set(contents(number, data)),
            Err(missing) => Observed::Unknown(missing.of(TemplateVersion::ACTION)),
        },
    })
}

fn contents(number: i64, data: types::ResponseLaunchTemplateData) -> TemplateVersion {
    let profile = data.iam_instance_profile.and_then(|it| said(it.arn).or(said(it.name)));
    let interfaces = data.network_interfaces.unwrap_or_default();
    TemplateVersion {
        number,
        image: said(data.image_id),
        profile,
        metadata: data.metadata_options.as_ref().map(metadata),
        groups: data.security_group_ids.unwrap_or_default(),
        interfaces: interfaces.into_iter().map(interface).collect(),
    }
}

fn interface(
    item: types::LaunchTemplateInstanceNetworkInterfaceSpecification,
) -> TemplateInterface {
    let fixed = item.ipv6_addresses.map(|addresses| addresses.len());
    let fixed = fixed.map(|count| i32::try_from(count).unwrap_or(i32::MAX));
    let counts = [item.ipv6_address_count, fixed];
    TemplateInterface {
        device_index: item.device_index,
        interface: said(item.network_interface_id),
        subnet: said(item.subnet_id),
        groups: item.groups.unwrap_or_default(),
        public_ip: item.associate_public_ip_address,
        ipv6_addresses: counts.into_iter().flatten().reduce(i32::saturating_add),
    }
}

fn metadata(options: &types::LaunchTemplateInstanceMetadataOptions) -> MetadataOptions {
    MetadataOptions {
        http_tokens: options.http_tokens.as_ref().map(|it| it.as_str().into()),
        http_endpoint: options.http_endpoint.as_ref().map(|it| it.as_str().into()),
        hop_limit: options.http_put_response_hop_limit,
        ipv6: options.http_protocol_ipv6.as_ref().map(|it| it.as_str().into()),
        instance_tags: options.instance_metadata_tags.as_ref().map(|it| it.as_str().into()),
    }
}
