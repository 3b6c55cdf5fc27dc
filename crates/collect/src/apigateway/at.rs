//! Where things are asked for, and what their ARNs are there.

use aws_sdk_apigateway::Client;
use aws_sdk_apigatewayv2::Client as ClientV2;
use awspect_inventory::{Arn, Gap, Region, Unknown};

use crate::{
    Session,
    ask::{Ask, Missing},
};

/// API Gateway in one region: one service, and two APIs to ask it by.
#[derive(Debug)]
pub(super) struct At<'a> {
    pub(super) session: &'a Session,
    pub(super) region: &'a Region,
    pub(super) client: Client,
    pub(super) v2: ClientV2,
}

impl<'a> At<'a> {
    pub(super) fn new(session: &'a Session, region: &'a Region) -> Self {
        let (client, v2) = (session.apigateway(region), session.apigatewayv2(region));
        Self { session, region, client, v2 }
    }

    pub(super) fn ask(&self) -> Ask {
        self.session.ask(self.region)
    }

    /// The ARN of what has this path, which follows from `from`.
    pub(super) fn arn(&self, path: &str, from: &'static str) -> Result<Arn, Missing> {
        let partition = &self.session.account.partition;
        Arn::new(partition, "apigateway", Some(self.region), None, path).map_err(|_| Missing(from))
    }

    /// What of this pattern went unseen.
    pub(super) fn gap(&self, path: &'static str) -> impl Fn(Unknown) -> Gap {
        let arn = pattern(self.session, self.region.as_str(), path);
        let region = self.region.clone();
        move |unknown| Gap { arn: arn.clone(), region: Some(region.clone()), unknown }
    }

    /// What of an API went unseen.
    pub(super) fn gap_of(&self, api: &Arn, path: &'static str) -> impl Fn(Unknown) -> Gap {
        let arn = format!("{api}{path}");
        let region = self.region.clone();
        move |unknown| Gap { arn: arn.clone(), region: Some(region.clone()), unknown }
    }
}

/// The ARN of a part of an API, which follows from `from`.
pub(super) fn part(api: &Arn, path: &str, from: &'static str) -> Result<Arn, Missing> {
    format!("{api}{path}").parse().map_err(|_| Missing(from))
}

/// All that has a path like this, in a region or in all.
pub(super) fn pattern(session: &Session, region: &str, path: &str) -> String {
    format!("arn:{}:apigateway:{region}::{path}", session.account.partition)
}
