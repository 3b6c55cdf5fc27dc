//! What has to be asked for the sake of what was asked for.

use std::collections::BTreeSet;

use awspect_inventory::{
    Action, EnabledRegions, Fact as _,
    access_analyzer::{Analyzers, ExternalFindings},
    apigateway::RestApi,
    backup::{BackupPlan, BackupSelection, BackupVault, ProtectedTable, SelectionSettings},
    cloudformation::{Stack, StackPolicy, Template},
    cloudfront::{Deliveries, DeliverySources, Distribution, DistributionConfig, DistributionTags},
    cognito::{
        ClientSettings, IdentityPool, IdentityPoolRoles, IdentityPoolSettings, IdentityProviders,
        LogDelivery, Mfa, PoolWebAcl, RiskConfiguration, SmsAttributes, SmsSandbox, SmsSpent,
        SpendLimits, UserPool, UserPoolClient, UserPoolSettings,
    },
    dynamodb::{
        ContinuousBackups, DaxCluster, ExportSettings, OnDemandBackup, ResourcePolicy,
        ScalableTarget, Table, TableExport, TableSettings, TableTags,
    },
    ec2::{
        AllowedPrincipals, EndpointService, LaunchTemplate, PrefixList, PrefixListEntries,
        TemplateVersion,
    },
    iam::{
        AccessJob, Credentials, LastAccessed, MfaDevices, OidcProvider, OidcSettings, ReportState,
        User, VirtualMfaDevice,
    },
    kms::KeySettings,
    lambda::{
        Alias, Function, FunctionPolicy, FunctionUrl, LayerVersion, LayerVersionPolicy, Layers,
    },
    s3::{AccessPoint, Bucket, DestinationRegion, Location, Tags},
    wafv2::{
        ClassicRegionalWebAcl, ManagedRules, Protected, RuleGroup, RuleGroupSettings, WebAcl,
        WebAclLogging, WebAclSettings,
    },
};

/// What is asked for any fact of S3: where things are, and their tags, which every finding shows.
const S3: [Action; 4] = [Bucket::ACTION, Location::ACTION, DestinationRegion::ACTION, Tags::ACTION];

/// What is asked for any fact about a user pool: whether it sends text messages and has threat protection, and its tags.
const POOL: &[Action] = &[UserPool::ACTION, UserPoolSettings::ACTION];

/// What is asked for any fact about a table: its tags, which every finding shows.
const TABLE: &[Action] = &[Table::ACTION, TableTags::ACTION];

/// An action, and those without whose answers nobody can ask for its own, or tell whom they are about.
///
/// What needs another line stands before that line.
const NEEDS: [(Action, &[Action]); 65] = [
    (MfaDevices::ACTION, &[User::ACTION, Credentials::ACTION, VirtualMfaDevice::ACTION]),
    (Credentials::ACTION, &[User::ACTION, ReportState::ACTION]),
    (LastAccessed::ACTION, &[User::ACTION, AccessJob::ACTION]),
    (OidcSettings::ACTION, &[OidcProvider::ACTION]),
    (ExternalFindings::ACTION, &[Analyzers::ACTION]),
    (ClientSettings::ACTION, &[UserPoolClient::ACTION]),
    (RiskConfiguration::ACTION, &[UserPoolClient::ACTION]),
    (UserPoolClient::ACTION, POOL),
    (Mfa::ACTION, POOL),
    (IdentityProviders::ACTION, POOL),
    (LogDelivery::ACTION, POOL),
    (PoolWebAcl::ACTION, POOL),
    (SmsAttributes::ACTION, POOL),
    (SmsSandbox::ACTION, POOL),
    (SpendLimits::ACTION, POOL),
    (SmsSpent::ACTION, POOL),
    (UserPoolSettings::ACTION, &[UserPool::ACTION]),
    (IdentityPoolRoles::ACTION, &[IdentityPoolSettings::ACTION]),
    (IdentityPoolSettings::ACTION, &[IdentityPool::ACTION]),
    (DistributionConfig::ACTION, &[Distribution::ACTION]),
    (Deliveries::ACTION, &[DeliverySources::ACTION]),
    (DeliverySources::ACTION, &[Distribution::ACTION]),
    (Distribution::ACTION, &[DistributionTags::ACTION]),
    (ManagedRules::ACTION, &[WebAclSettings::ACTION]),
    (WebAclSettings::ACTION, &[WebAcl::ACTION]),
    (WebAclLogging::ACTION, &[WebAcl::ACTION]),
    (Protected::ACTION, &[WebAcl::ACTION]),
    (RuleGroupSettings::ACTION, &[RuleGroup::ACTION]),
    (WebAcl::ACTION, &[EnabledRegions::ACTION]),
    (RuleGroup::ACTION, &[EnabledRegions::ACTION]),
    (ClassicRegionalWebAcl::ACTION, &[EnabledRegions::ACTION]),
    (KeySettings::ACTION, &[TableSettings::ACTION, BackupVault::ACTION]),
    (ResourcePolicy::ACTION, &[TableSettings::ACTION]),
    (TableSettings::ACTION, TABLE),
    (ContinuousBackups::ACTION, TABLE),
    (OnDemandBackup::ACTION, TABLE),
    (ScalableTarget::ACTION, TABLE),
    (ExportSettings::ACTION, &[TableExport::ACTION]),
    (TableExport::ACTION, &[Table::ACTION]),
    (DaxCluster::ACTION, &[Table::ACTION]),
    (SelectionSettings::ACTION, &[BackupSelection::ACTION]),
    (BackupSelection::ACTION, &[BackupPlan::ACTION]),
    (BackupPlan::ACTION, TABLE),
    (ProtectedTable::ACTION, TABLE),
    (TableTags::ACTION, &[Table::ACTION]),
    (StackPolicy::ACTION, &[Stack::ACTION]),
    (Template::ACTION, &[Stack::ACTION]),
    (Stack::ACTION, &[EnabledRegions::ACTION]),
    (BackupVault::ACTION, &[EnabledRegions::ACTION]),
    (Table::ACTION, &[EnabledRegions::ACTION]),
    (UserPool::ACTION, &[EnabledRegions::ACTION]),
    (IdentityPool::ACTION, &[EnabledRegions::ACTION]),
    (Analyzers::ACTION, &[EnabledRegions::ACTION]),
    (AccessPoint::ACTION, &[EnabledRegions::ACTION]),
    (FunctionPolicy::ACTION, &[Alias::ACTION, Function::ACTION]),
    (FunctionUrl::ACTION, &[Function::ACTION]),
    (Alias::ACTION, &[Function::ACTION]),
    (Function::ACTION, &[EnabledRegions::ACTION]),
    (LayerVersionPolicy::ACTION, &[LayerVersion::ACTION]),
    (LayerVersion::ACTION, &[Layers::ACTION]),
    (Layers::ACTION, &[EnabledRegions::ACTION]),
    (RestApi::ACTION, &[EnabledRegions::ACTION]),
    (PrefixListEntries::ACTION, &[PrefixList::ACTION]),
    (TemplateVersion::ACTION, &[LaunchTemplate::ACTION]),
    (AllowedPrincipals::ACTION, &[EndpointService::ACTION]),
];

/// These actions and all that they need.
pub(crate) fn with_needs(mut wanted: BTreeSet<Action>) -> BTreeSet<Action> {
    for (action, needs) in NEEDS {
        if wanted.contains(&action) {
            wanted.extend(needs.iter().cloned());
        }
    }
    if wanted.iter().any(|action| action.service() == Bucket::ACTION.service()) {
        wanted.extend(S3);
    }
    // All of EC2 is regional.
    if wanted.iter().any(|action| action.service() == EnabledRegions::ACTION.service()) {
        wanted.insert(EnabledRegions::ACTION);
    }
    wanted
}
