//! Collects what the account's organization is.

use aws_sdk_organizations::operation::describe_organization::DescribeOrganizationOutput;
use awspect_inventory::organizations::{Organization, Organizations};

use crate::{
    Session,
    ask::{Missing, Read},
    read::text,
};

/// The organization, which every member account may ask for.
pub(crate) async fn collect(session: &Session) -> Organizations {
    let client = session.organizations(&session.home);
    let call = client.describe_organization().send();
    let ask = session.ask(&session.home);
    let organization = ask.fact(&["AWSOrganizationsNotInUseException"], call, organization).await;
    Organizations { organization }
}

fn organization(answer: DescribeOrganizationOutput) -> Read<Organization> {
    let organization = answer.organization.ok_or(Missing("Organization"))?;
    let manager = organization.master_account_id.unwrap_or_default();
    Ok(Some(Organization {
        id: text(organization.id, "Id")?,
        management_account: manager.parse().map_err(|_| Missing("MasterAccountId"))?,
        feature_set: organization.feature_set.map(|set| set.as_str().to_owned()),
    }))
}
