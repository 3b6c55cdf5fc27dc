//! EC2 as it answers of an account in which nothing runs.

use crate::FakeAws;

/// Regions in which most tests have something.
pub const REGIONS: &[&str] = &["eu-central-1", "eu-west-1", "us-east-1"];

/// The answers to what is asked of any region.
const EMPTY: [(&str, &str); 7] = [
    ("DescribeAddresses", "<addressesSet/>"),
    ("DescribeLaunchTemplates", "<launchTemplates/>"),
    ("DescribeNetworkInterfaces", "<networkInterfaceSet/>"),
    ("DescribeVpcBlockPublicAccessExclusions", "<vpcBlockPublicAccessExclusionSet/>"),
    (
        "DescribeVpcBlockPublicAccessOptions",
        "<vpcBlockPublicAccessOptions><internetGatewayBlockMode>off</internetGatewayBlockMode>\
         <state>default-state</state></vpcBlockPublicAccessOptions>",
    ),
    ("DescribeVpcs", "<vpcSet/>"),
    ("GetInstanceMetadataDefaults", "<accountLevel/>"),
];

/// Lets an account have these regions and no network in any, where the fake AWS has default networks with names of chance in all.
pub fn no_networks(fake: &FakeAws, regions: &[&str]) {
    let regions: Vec<String> = regions
        .iter()
        .map(|region| {
            format!(
                "<item><regionName>{region}</regionName>\
                 <optInStatus>opt-in-not-required</optInStatus></item>"
            )
        })
        .collect();
    let regions = regions.concat();
    answer(fake, "DescribeRegions", &format!("<regionInfo>{regions}</regionInfo>"));
    for (operation, body) in EMPTY {
        answer(fake, operation, body);
    }
    nothing_classic(fake);
}

/// Lets AWS WAF Classic be empty, which the fake AWS does not have.
fn nothing_classic(fake: &FakeAws) {
    for service in ["waf", "waf-regional"] {
        fake.on(service, "ListWebACLs").answer(
            200,
            &[("content-type", "application/x-amz-json-1.1")],
            r#"{"WebACLs":[]}"#,
        );
    }
}

fn answer(fake: &FakeAws, operation: &str, body: &str) {
    let xml = format!(
        "<{operation}Response xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">\
         <requestId>00000000-0000-4000-8000-000000000000</requestId>{body}</{operation}Response>"
    );
    fake.on("ec2", operation).answer(200, &[("content-type", "text/xml")], xml);
}
