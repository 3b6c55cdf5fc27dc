//! Users, groups, roles and policies, all by `GetAccountAuthorizationDetails`.

use std::collections::BTreeSet;

use aws_sdk_iam::{
    Client,
    operation::get_account_authorization_details::GetAccountAuthorizationDetailsOutput as Page,
    types::EntityType,
};
use awspect_inventory::{
    Arn, Fact, Gap, Listed, Unknown,
    iam::{AwsManagedPolicy, Group, ManagedPolicy, Role, User},
};

use super::{
    listing::{gap, more, unseen},
    read,
};
use crate::{Session, ask::Missing};

/// The most that the operation gives in one page.
const PAGE: i32 = 1_000;

/// Who there is, and what each may do.
#[derive(Debug)]
pub(super) struct Details {
    pub(super) users: Listed<User>,
    pub(super) groups: Listed<Group>,
    pub(super) roles: Listed<Role>,
    pub(super) policies: Listed<ManagedPolicy>,
    pub(super) aws_policies: Listed<AwsManagedPolicy>,
}

/// One listing for each kind, side by side: a page of one is not held up by the pages of another.
pub(super) async fn collect(session: &Session, client: &Client) -> Details {
    use EntityType::{AwsManagedPolicy, Group, LocalManagedPolicy, Role, User};
    let own = |kind| gap(session, kind);
    let (users, groups, roles, policies, aws_policies) = futures::join!(
        listing(
            session,
            client.get_account_authorization_details().filter(User),
            |page| page.user_detail_list.ok_or(Missing("UserDetailList")),
            read::user,
            own("user/*"),
        ),
        listing(
            session,
            client.get_account_authorization_details().filter(Group),
            |page| page.group_detail_list.ok_or(Missing("GroupDetailList")),
            read::group,
            own("group/*"),
        ),
        listing(
            session,
            client.get_account_authorization_details().filter(Role),
            |page| page.role_detail_list.ok_or(Missing("RoleDetailList")),
            read::role,
            own("role/*"),
        ),
        listing(
            session,
            client.get_account_authorization_details().filter(LocalManagedPolicy),
            |page| page.policies.ok_or(Missing("Policies")),
            read::policy,
            own("policy/*"),
        ),
        listing(
            session,
            client.get_account_authorization_details().filter(AwsManagedPolicy),
            |page| page.policies.ok_or(Missing("Policies")),
            read::aws_policy,
            unseen(format!("arn:{}:iam::aws:policy/*", session.account.partition)),
        ),
    );
    let mut details = Details { users, groups, roles, policies, aws_policies };
    details.forget_what_nobody_carries();
    details
}

impl Details {
    /// AWS's own policies are the same everywhere, and most of them nobody here has.
    fn forget_what_nobody_carries(&mut self) {
        let users = self.users.found.iter().map(|user| (&user.attached, &user.boundary));
        let groups = self.groups.found.iter().map(|group| (&group.attached, &None));
        let roles = self.roles.found.iter().map(|role| (&role.attached, &role.boundary));
        let carried: BTreeSet<&Arn> = users
            .chain(groups)
            .chain(roles)
            .flat_map(|(attached, boundary)| attached.iter().map(|it| &it.arn).chain(boundary))
            .collect();
        self.aws_policies.found.retain(|policy| carried.contains(&policy.arn));
    }
}

type Request = aws_sdk_iam::operation::get_account_authorization_details::builders::GetAccountAuthorizationDetailsFluentBuilder;

async fn listing<T: Fact, I>(
    session: &Session,
    request: Request,
    items: impl Fn(Page) -> Result<Vec<I>, Missing>,
    read: impl Fn(I) -> Result<T, Missing>,
    gap: impl Fn(Unknown) -> Gap,
) -> Listed<T> {
    let pages = request.into_paginator().page_size(PAGE).send();
    let items = |page: Page| {
        more(page.is_truncated, page.marker.as_deref())?;
        items(page)
    };
    session.ask(&session.home).pages::<T, _, _, _, _>(pages, items, read, gap).await
}
