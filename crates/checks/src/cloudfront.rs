//! Amazon CloudFront rules.

mod access;
mod bucket;
mod bypass;
mod concern;
mod faults;
mod front;
mod function_url;
mod headers;
mod logs;
mod names;
mod origin;
mod root;
mod settings;
mod viewer;
mod waf;

use concern::{each_behavior, each_origin, enabled, whole};

use crate::engine::{Rule, each, rule};

pub(crate) static RULES: [Rule; 20] = [
    rule!("cloudfront/s3-origin-oac", |scan| {
        enabled(scan, move |distribution| front::alone(scan, distribution))
    }),
    rule!("cloudfront/s3-website-origin", |scan| {
        enabled(scan, move |distribution| bucket::website(scan, distribution))
    }),
    rule!("cloudfront/s3-origin-missing-bucket", |scan| {
        whole(scan, move |distribution| bucket::missing(scan, distribution))
    }),
    rule!("cloudfront/s3-origin-foreign-bucket", |scan| {
        enabled(scan, move |distribution| bucket::foreign(scan, distribution))
    }),
    rule!("cloudfront/oac-not-signing", |scan| {
        let controls = &scan.inventory.cloudfront.origin_access_controls;
        each(controls, move |control| access::signing(scan, control))
    }),
    rule!("cloudfront/waf", |scan| {
        enabled(scan, move |distribution| waf::web_acl(scan, distribution))
    }),
    rule!("cloudfront/viewer-https", |scan| each_behavior(scan, |_, it| viewer::https(it))),
    rule!("cloudfront/viewer-tls-policy", |scan| enabled(scan, viewer::tls_policy)),
    rule!("cloudfront/custom-certificate", |scan| enabled(scan, viewer::custom_certificate)),
    rule!("cloudfront/sni", |scan| enabled(scan, viewer::sni)),
    rule!("cloudfront/origin-https", |scan| each_origin(scan, origin::https)),
    rule!("cloudfront/origin-tls", |scan| each_origin(scan, |_, it| origin::tls(it))),
    rule!("cloudfront/logging", |scan| {
        enabled(scan, move |distribution| logs::logging(scan, distribution))
    }),
    rule!("cloudfront/default-root-object", |scan| {
        enabled(scan, move |distribution| root::not_listed(scan, distribution))
    }),
    rule!("cloudfront/geo-restriction", |scan| enabled(scan, settings::countries)),
    rule!("cloudfront/field-level-encryption", |scan| enabled(scan, settings::fields)),
    rule!("cloudfront/origin-failover", |scan| enabled(scan, origin::failover)),
    rule!("cloudfront/response-headers", |scan| {
        each_behavior(scan, move |_, behavior| headers::security(scan, behavior))
    }),
    rule!("cloudfront/lambda-url-oac", |scan| {
        each_origin(scan, move |_, origin| function_url::oac(scan, origin))
    }),
    rule!("cloudfront/origin-bypass", |scan| {
        enabled(scan, move |distribution| bypass::closed(scan, distribution))
    }),
];
