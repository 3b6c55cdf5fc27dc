//! Endpoint services: what this account offers to others' VPCs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Arn, Observed, Region,
    macros::{fact, regional},
};

/// An endpoint service of this account (`DescribeVpcEndpointServiceConfigurations`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndpointService {
    /// Its ARN.
    pub arn: Arn,
    /// Its id, `vpce-svc-…`.
    pub id: String,
    /// Where it lives.
    pub region: Region,
    /// The name that others connect to.
    pub service_name: String,
    /// `Available` and others.
    pub state: Option<String>,
    /// Whether each connection waits for somebody to accept it.
    pub acceptance_required: bool,
    /// The load balancers behind it, by ARN.
    pub load_balancers: Vec<String>,
    /// Who may connect.
    #[serde(default)]
    pub principals: Observed<AllowedPrincipals>,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}
regional!(EndpointService, "ec2:DescribeVpcEndpointServiceConfigurations");

/// The principals that may connect (`DescribeVpcEndpointServicePermissions`); `*` is everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AllowedPrincipals(pub Vec<String>);
fact!(AllowedPrincipals, "ec2:DescribeVpcEndpointServicePermissions");
