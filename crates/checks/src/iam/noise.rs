//! Roles that somebody else than the account's own people made and keeps.

use awspect_findings::Severity;
use awspect_inventory::iam::Role;

/// A role of an AWS service, which only that service can take and nobody can change (IAM User Guide, "Service-linked roles").
pub(super) fn is_service_linked(role: &Role) -> bool {
    role.path.starts_with("/aws-service-role/")
}

/// A role that IAM Identity Center keeps for a permission set, and people sign in to.
pub(super) fn is_identity_center(role: &Role) -> bool {
    role.path.starts_with("/aws-reserved/sso.amazonaws.com/")
        && role.name.starts_with("AWSReservedSSO_")
}

/// A role through which the organization's management account, Control Tower or stack sets work in the account.
pub(super) fn is_organization_managed(role: &Role) -> bool {
    ["OrganizationAccountAccessRole", "AWSControlTowerExecution"].contains(&role.name.as_str())
        || role.name.starts_with("stacksets-exec-")
        || role.name.starts_with("AWSCloudFormationStackSetExecutionRole")
}

/// What is left of a severity where others than the account's own people decide over the role.
pub(super) fn severity(role: &Role) -> Option<Severity> {
    (is_identity_center(role) || is_organization_managed(role)).then_some(Severity::Info)
}
