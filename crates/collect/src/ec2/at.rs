//! One region of an account, and the names that its resources have.

use aws_sdk_ec2::{
    Client,
    error::{ProvideErrorMetadata, SdkError},
};
use aws_smithy_async::future::pagination_stream::PaginationStream;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use awspect_inventory::{AccountId, Arn, Fact, Gap, Listed, Observed, Region, Unknown};

use super::kinds::Kind;
use crate::{
    Session,
    ask::{Ask, Missing},
};

/// The most that a call gives in one page, unless its own documentation says less.
pub(super) const PAGE: i32 = 1_000;

/// How many resources of one kind are asked about one by one at once.
pub(super) const IN_FLIGHT: usize = 16;

/// One region of an account.
#[derive(Debug)]
pub(super) struct At<'a> {
    session: &'a Session,
    pub(super) region: &'a Region,
    pub(super) client: Client,
}

type Pages<O, E> = PaginationStream<Result<O, SdkError<E, HttpResponse>>>;

impl<'a> At<'a> {
    pub(super) fn new(session: &'a Session, region: &'a Region) -> Self {
        Self { session, region, client: session.ec2(region) }
    }

    /// Whether an owner is the account itself.
    pub(super) fn is_own(&self, owner: Option<&str>) -> bool {
        owner == Some(self.session.account.id.as_str())
    }

    fn ask(&self) -> Ask {
        self.session.ask(self.region)
    }

    /// The ARN of a resource by its owner, who is the account itself where AWS names none, and its id.
    pub(super) fn arn<T: Kind>(
        &self,
        owner: Option<&AccountId>,
        id: &str,
        name: &'static str,
    ) -> Result<Arn, Missing> {
        let account = &self.session.account;
        let owner = owner.unwrap_or(&account.id);
        let resource = T::PATTERN.replace('*', id);
        Arn::new(&account.partition, "ec2", Some(self.region), Some(owner), &resource)
            .map_err(|_| Missing(name))
    }

    /// The same for what is the account's own.
    pub(super) fn own<T: Kind>(&self, id: &str, name: &'static str) -> Result<Arn, Missing> {
        self.arn::<T>(None, id, name)
    }

    fn gap<T: Kind>(&self, unknown: Unknown) -> Gap {
        let account = &self.session.account;
        let (partition, id, region) = (&account.partition, &account.id, self.region);
        Gap {
            arn: format!("arn:{partition}:ec2:{region}:{id}:{}", T::PATTERN),
            region: Some(region.clone()),
            unknown,
        }
    }

    /// All of a kind in this region.
    pub(super) async fn all<T: Kind, O, I, E>(
        &self,
        pages: Pages<O, E>,
        items: impl Fn(O) -> Result<Vec<I>, Missing>,
        read: impl Fn(I) -> Result<T, Missing>,
    ) -> Listed<T>
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        self.ask()
            .pages::<T, _, _, _, _>(pages, items, read, |unknown| self.gap::<T>(unknown))
            .await
    }

    /// A listing about one resource as a fact.
    pub(super) async fn whole<F: Fact, O, I, T, E>(
        &self,
        pages: Pages<O, E>,
        items: impl Fn(O) -> Result<Vec<I>, Missing>,
        read: impl Fn(I) -> Result<T, Missing>,
        fact: impl FnOnce(Vec<T>) -> F,
    ) -> Observed<F>
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        self.ask().whole(pages, items, read, fact).await
    }

    /// Why nobody asks for a kind, if nobody does.
    pub(super) fn unwanted<T: Kind>(&self) -> Option<Listed<T>> {
        self.ask().unwanted(&T::ACTION).map(|unknown| self.unseen(unknown))
    }

    /// Nothing of a kind was seen.
    pub(super) fn unseen<T: Kind>(&self, unknown: Unknown) -> Listed<T> {
        Listed { gaps: vec![self.gap::<T>(unknown)], ..Listed::complete(vec![]) }
    }
}
