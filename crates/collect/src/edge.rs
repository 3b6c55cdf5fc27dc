//! Where what belongs to CloudFront is asked for.

use awspect_inventory::Region;

use crate::Session;

/// The region of CloudFront's own things, by partition: its web ACLs and its logs, whatever regions are looked at. A
/// partition that is not here has no CloudFront (rules of the SDK for the endpoint of CloudFront).
const HOMES: [(&str, &str); 2] = [("aws", "us-east-1"), ("aws-cn", "cn-northwest-1")];

/// The region of CloudFront's own things in the account's partition, if there are any.
pub(crate) fn home(session: &Session) -> Option<Region> {
    let partition = session.account.partition.as_str();
    let (_, region) = HOMES.iter().find(|(name, _)| *name == partition)?;
    region.parse().ok()
}
