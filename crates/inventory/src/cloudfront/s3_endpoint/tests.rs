use super::*;

use S3EndpointKind::{AccessPoint, ObjectLambda, Rest, Website};

#[test]
fn every_form_of_a_buckets_host_tells_the_bucket() {
    for (host, kind, region) in [
        ("s3.amazonaws.com", Rest, None),
        ("S3.AmazonAWS.com.", Rest, None),
        ("s3.eu-west-1.amazonaws.com", Rest, Some("eu-west-1")),
        ("s3-eu-west-1.amazonaws.com", Rest, Some("eu-west-1")),
        ("s3-external-1.amazonaws.com", Rest, Some("us-east-1")),
        ("s3.dualstack.eu-west-1.amazonaws.com", Rest, Some("eu-west-1")),
        ("s3-fips.us-east-2.amazonaws.com", Rest, Some("us-east-2")),
        ("s3-fips.dualstack.us-east-2.amazonaws.com", Rest, Some("us-east-2")),
        ("s3-accelerate.amazonaws.com", Rest, None),
        ("s3-accelerate.dualstack.amazonaws.com", Rest, None),
        ("s3-website-eu-west-1.amazonaws.com", Website, Some("eu-west-1")),
        ("s3-website.eu-central-1.amazonaws.com", Website, Some("eu-central-1")),
    ] {
        // Names with dots, and names that look like what comes after them.
        let names = [
            "shop",
            "www.example.com",
            "backup.s3",
            "a.s3.eu-west-1",
            "s3",
            "b.s3-website",
            "c.dualstack",
            "d.amazonaws.com",
        ];
        for name in names {
            let found = S3Endpoint::of(&format!("{name}.{host}"), "").unwrap();
            assert_eq!((found.kind, found.name.as_str()), (kind, name), "{name}.{host}");
            assert_eq!(found.region.as_ref().map(Region::as_str), region, "{host}");
            assert_eq!((found.bucket(), found.partition.as_str()), (Some(name), "aws"), "{host}");
        }
    }
}

#[test]
fn the_host_tells_the_partition() {
    for (host, partition) in [
        ("shop.s3.eu-west-1.amazonaws.com", "aws"),
        ("shop.s3.cn-north-1.amazonaws.com.cn", "aws-cn"),
        ("shop.s3-website.cn-northwest-1.amazonaws.com.cn", "aws-cn"),
        ("shop.s3.us-gov-west-1.amazonaws.com", "aws-us-gov"),
        ("shop.s3-us-gov-west-1.amazonaws.com", "aws-us-gov"),
        ("shop.s3-fips-us-gov-west-1.amazonaws.com", "aws-us-gov"),
        ("shop.s3-website-us-gov-west-1.amazonaws.com", "aws-us-gov"),
        ("shop.s3.eusc-de-east-1.amazonaws.eu", "aws-eusc"),
    ] {
        let found = S3Endpoint::of(host, "").unwrap();
        assert_eq!((found.partition.as_str(), found.name.as_str()), (partition, "shop"), "{host}");
    }
}

#[test]
fn an_access_point_is_no_bucket() {
    for (host, kind) in [
        ("ap-a1b2c3-s3alias.s3.eu-west-1.amazonaws.com", AccessPoint),
        ("ap-a1b2c3-ext-s3alias.s3.amazonaws.com", AccessPoint),
        ("ap-111122223333.s3-accesspoint.eu-west-1.amazonaws.com", AccessPoint),
        ("ap-111122223333.s3-accesspoint.dualstack.eu-west-1.amazonaws.com", AccessPoint),
        ("a1b2c3.mrap.accesspoint.s3-global.amazonaws.com", AccessPoint),
        ("ol-a1b2c3--ol-s3.s3.eu-west-1.amazonaws.com", ObjectLambda),
        ("ol-111122223333.s3-object-lambda.eu-west-1.amazonaws.com", ObjectLambda),
    ] {
        let found = S3Endpoint::of(host, "").unwrap();
        assert_eq!((found.kind, found.bucket()), (kind, None), "{host}");
    }
}

#[test]
fn a_host_without_a_bucket_has_it_in_the_path() {
    for host in ["s3.amazonaws.com", "s3.eu-west-1.amazonaws.com", "s3-eu-west-1.amazonaws.com"] {
        assert_eq!(S3Endpoint::of(host, "/shop/live").unwrap().bucket(), Some("shop"), "{host}");
        assert_eq!(S3Endpoint::of(host, ""), None, "{host}");
        assert_eq!(S3Endpoint::of(host, "/"), None, "{host}");
    }
}

#[test]
fn other_hosts_mean_nothing_to_s3() {
    for host in [
        "",
        "example.com",
        "s3.example.com",
        "shop.s3.eu-west-1.example.com",
        "shop.s3.amazonaws.com.example.com",
        "amazonaws.com",
        ".amazonaws.com",
        "shop.s3x.amazonaws.com",
        "shop.s3.westwards.amazonaws.com",
        "a1b2c3.execute-api.eu-west-1.amazonaws.com",
        "balancer-1.eu-west-1.elb.amazonaws.com",
        "a1b2c3.lambda-url.eu-west-1.on.aws",
        "a1b2c3.mediastore.eu-west-1.amazonaws.com",
    ] {
        assert_eq!(S3Endpoint::of(host, "/shop"), None, "{host}");
    }
}
