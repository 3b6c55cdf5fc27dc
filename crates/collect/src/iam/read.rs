//! Answers of `GetAccountAuthorizationDetails` as facts.

use std::collections::BTreeMap;

use aws_sdk_iam::types;
use awspect_inventory::{
    Arn, Fact, Observed, Reason, Unknown,
    iam::{
        AttachedPolicy, AwsManagedPolicy, Credentials, Group, InlinePolicy, LastAccessed,
        ManagedPolicy, MfaDevices, PolicyDocument, Role, RoleUse, TrustPolicy, User,
    },
};

use super::document::plain;
use crate::{
    ask::Missing,
    read::{arn, text, time},
};

pub(super) fn user(user: types::UserDetail) -> Result<User, Missing> {
    Ok(User {
        arn: arn(user.arn.as_deref(), "Arn")?,
        name: text(user.user_name, "UserName")?,
        path: path(user.path),
        id: text(user.user_id, "UserId")?,
        created: user.create_date.and_then(time),
        inline: all(user.user_policy_list, inline)?,
        attached: all(user.attached_managed_policies, attached)?,
        groups: user.group_list.unwrap_or_default(),
        boundary: boundary(user.permissions_boundary)?,
        tags: tags(user.tags)?,
        credentials: not_asked::<Credentials>(),
        mfa_devices: not_asked::<MfaDevices>(),
        last_accessed: not_asked::<LastAccessed>(),
    })
}

pub(super) fn group(group: types::GroupDetail) -> Result<Group, Missing> {
    Ok(Group {
        arn: arn(group.arn.as_deref(), "Arn")?,
        name: text(group.group_name, "GroupName")?,
        path: path(group.path),
        id: text(group.group_id, "GroupId")?,
        created: group.create_date.and_then(time),
        inline: all(group.group_policy_list, inline)?,
        attached: all(group.attached_managed_policies, attached)?,
        last_accessed: not_asked::<LastAccessed>(),
    })
}

pub(super) fn role(role: types::RoleDetail) -> Result<Role, Missing> {
    let trust = plain(role.assume_role_policy_document, "AssumeRolePolicyDocument");
    let used = role.role_last_used.unwrap_or_else(|| types::RoleLastUsed::builder().build());
    let last_used = match used.last_used_date {
        Some(at) => {
            let at = time(at).ok_or(Missing("LastUsedDate"))?;
            Some(RoleUse { at, region: used.region })
        }
        None => None,
    };
    let profile = |profile: types::InstanceProfile| arn(Some(&profile.arn), "InstanceProfile.Arn");
    Ok(Role {
        arn: arn(role.arn.as_deref(), "Arn")?,
        name: text(role.role_name, "RoleName")?,
        path: path(role.path),
        id: text(role.role_id, "RoleId")?,
        created: role.create_date.and_then(time),
        trust: observed(trust.map(TrustPolicy)),
        inline: all(role.role_policy_list, inline)?,
        attached: all(role.attached_managed_policies, attached)?,
        boundary: boundary(role.permissions_boundary)?,
        instance_profiles: all(role.instance_profile_list, profile)?,
        last_used,
        tags: tags(role.tags)?,
        last_accessed: not_asked::<LastAccessed>(),
    })
}

pub(super) fn policy(policy: types::ManagedPolicyDetail) -> Result<ManagedPolicy, Missing> {
    let count = |count: Option<i32>| count.and_then(|count| u32::try_from(count).ok());
    let (arn, name) = identity(policy.arn.as_deref(), policy.policy_name)?;
    Ok(ManagedPolicy {
        arn,
        name,
        path: path(policy.path),
        created: policy.create_date.and_then(time),
        attachments: count(policy.attachment_count),
        boundary_uses: count(policy.permissions_boundary_usage_count),
        document: in_force(policy.policy_version_list, policy.default_version_id.as_deref()),
        default_version: policy.default_version_id,
        tags: BTreeMap::new(),
    })
}

pub(super) fn aws_policy(policy: types::ManagedPolicyDetail) -> Result<AwsManagedPolicy, Missing> {
    let (arn, name) = identity(policy.arn.as_deref(), policy.policy_name)?;
    Ok(AwsManagedPolicy {
        arn,
        name,
        document: in_force(policy.policy_version_list, policy.default_version_id.as_deref()),
        default_version: policy.default_version_id,
    })
}

/// Which policy it is. Its ARN ends with its name, so that a policy without one is no less known.
fn identity(text: Option<&str>, name: Option<String>) -> Result<(Arn, String), Missing> {
    let arn = arn(text, "Arn")?;
    let last = || arn.resource().rsplit('/').next().unwrap_or_default().to_owned();
    let name = name.filter(|name| !name.is_empty()).unwrap_or_else(last);
    Ok((arn, name))
}

/// The document of the version in force; what the others say does nothing.
fn in_force(
    versions: Option<Vec<types::PolicyVersion>>,
    default: Option<&str>,
) -> Observed<PolicyDocument> {
    let mut versions = versions.unwrap_or_default().into_iter();
    let version = versions.find(|version| match default {
        Some(id) => version.version_id.as_deref() == Some(id),
        None => version.is_default_version,
    });
    let document = version.ok_or(Missing("DefaultVersionId"));
    let document = document.and_then(|version| plain(version.document, "Document"));
    observed(document.map(PolicyDocument))
}

fn inline(policy: types::PolicyDetail) -> Result<InlinePolicy, Missing> {
    let document = plain(policy.policy_document, "PolicyDocument");
    Ok(InlinePolicy {
        name: text(policy.policy_name, "PolicyName")?,
        document: observed(document.map(PolicyDocument)),
    })
}

fn attached(policy: types::AttachedPolicy) -> Result<AttachedPolicy, Missing> {
    Ok(AttachedPolicy {
        arn: arn(policy.policy_arn.as_deref(), "PolicyArn")?,
        name: text(policy.policy_name, "PolicyName")?,
    })
}

fn boundary(boundary: Option<types::AttachedPermissionsBoundary>) -> Result<Option<Arn>, Missing> {
    boundary
        .map(|it| arn(it.permissions_boundary_arn.as_deref(), "PermissionsBoundaryArn"))
        .transpose()
}

fn tags(tags: Option<Vec<types::Tag>>) -> Result<BTreeMap<String, String>, Missing> {
    let tags = tags.unwrap_or_default().into_iter();
    tags.map(|tag| Ok((text(Some(tag.key), "Key")?, tag.value))).collect()
}

/// IAM leaves out the path of whatever has none of its own.
fn path(path: Option<String>) -> String {
    path.filter(|path| !path.is_empty()).unwrap_or_else(|| "/".to_owned())
}

/// Every item of a list; one that cannot be read spoils the whole, for it may matter most.
fn all<I, T>(
    list: Option<Vec<I>>,
    read: impl Fn(I) -> Result<T, Missing>,
) -> Result<Vec<T>, Missing> {
    list.unwrap_or_default().into_iter().map(read).collect()
}

fn observed<F: Fact>(read: Result<F, Missing>) -> Observed<F> {
    match read {
        Ok(fact) => Observed::Set(fact),
        Err(missing) => Observed::Unknown(missing.of(F::ACTION)),
    }
}

/// Until somebody asks.
fn not_asked<F: Fact>() -> Observed<F> {
    Observed::Unknown(Unknown::new(F::ACTION, Reason::NotAsked))
}
