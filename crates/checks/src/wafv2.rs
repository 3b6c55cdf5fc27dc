//! AWS WAF rules.

mod acl;
mod association;
mod classic;
mod core_rules;
pub(crate) mod filter;
mod group;
mod log_filter;
mod logging;
mod rate;
mod settings;
mod stopping;

use acl::each_acl;
pub(crate) use classic::ClassicPlace;

use crate::engine::{Rule, concerned, each, rule};

pub(crate) static RULES: [Rule; 9] = [
    rule!("wafv2/web-acl-empty", |scan| each(&scan.inventory.wafv2.web_acls, settings::has_rules)),
    rule!("wafv2/web-acl-count-only", |scan| {
        each_acl(scan, move |acl| stopping::stops_something(scan, acl))
    }),
    rule!("wafv2/rule-group-empty", |scan| {
        concerned(&scan.inventory.wafv2.rule_groups, move |group| group::has_rules(scan, group))
    }),
    rule!("wafv2/web-acl-managed-rules", |scan| each_acl(scan, core_rules::used)),
    rule!("wafv2/web-acl-rate-limit", |scan| {
        each_acl(scan, move |acl| rate::limited(scan, acl))
    }),
    rule!("wafv2/web-acl-logging", |scan| each(&scan.inventory.wafv2.web_acls, logging::stopped)),
    rule!("wafv2/web-acl-metrics", |scan| each(&scan.inventory.wafv2.web_acls, settings::metrics)),
    rule!("wafv2/web-acl-unassociated", |scan| {
        each(&scan.inventory.wafv2.web_acls, move |acl| association::protects(scan, acl))
    }),
    rule!("wafv2/classic-in-use", classic::unused),
];
