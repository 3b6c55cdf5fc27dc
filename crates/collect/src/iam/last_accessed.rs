//! Which services a principal used. IAM finds out by a job for each principal.

use aws_sdk_iam::{
    Client,
    operation::get_service_last_accessed_details::GetServiceLastAccessedDetailsOutput as Page,
    types::{JobStatusType, ServiceLastAccessed},
};
use awspect_inventory::{
    Arn, Fact as _, Observed, Reason, Unknown,
    iam::{AccessJob, LastAccessed, ServiceUse},
};
use futures::{StreamExt as _, stream};

use super::details::Details;
use crate::{
    Session,
    ask::Missing,
    read::{said, time},
    reason::unknown,
    wait::{Stuck, Wait},
};

/// How many jobs are under way at once.
const JOBS: usize = 16;

/// The most that the operation gives in one page.
const PAGE: i32 = 1_000;

/// The paths of roles that belong to a service, and that nobody else can change.
const SERVICE_LINKED: &str = "/aws-service-role/";

/// Asks about all who may do anything, if the session was told to.
pub(super) async fn fill(session: &Session, client: &Client, mut details: Details) -> Details {
    if !session.last_accessed {
        return details;
    }
    let users = details.users.found.iter_mut().map(|user| {
        let may = !(user.inline.is_empty() && user.attached.is_empty() && user.groups.is_empty());
        (may, &user.arn, &mut user.last_accessed)
    });
    let groups = details.groups.found.iter_mut().map(|group| {
        let may = !(group.inline.is_empty() && group.attached.is_empty());
        (may, &group.arn, &mut group.last_accessed)
    });
    let roles = details.roles.found.iter_mut().map(|role| {
        let may = !(role.inline.is_empty() && role.attached.is_empty());
        (may && !role.path.starts_with(SERVICE_LINKED), &role.arn, &mut role.last_accessed)
    });
    stream::iter(users.chain(groups).chain(roles).filter(|(may, ..)| *may))
        .for_each_concurrent(JOBS, async |(_, arn, last_accessed)| {
            *last_accessed = of(session, client, arn).await;
        })
        .await;
    details
}

async fn of(session: &Session, client: &Client, arn: &Arn) -> Observed<LastAccessed> {
    let ask = session.ask(&session.home);
    if let Some(unwanted) = ask.unwanted(&LastAccessed::ACTION) {
        return Observed::Unknown(unwanted);
    }
    let mut wait = session.wait();
    let job = wait.until(async || start(client, arn).await).await;
    ask.enter(&AccessJob::ACTION, job.as_ref().err());
    let job = match job {
        Ok(job) => job,
        Err(unknown) => return Observed::Unknown(unknown),
    };
    let used = result(client, &mut wait, &job).await;
    ask.enter(&LastAccessed::ACTION, used.as_ref().err());
    match used {
        Ok(used) => Observed::Set(LastAccessed(used)),
        Err(unknown) => Observed::Unknown(unknown),
    }
}

async fn start(client: &Client, arn: &Arn) -> Result<String, Stuck> {
    let call = client.generate_service_last_accessed_details().arn(arn.as_str()).send();
    let answer = call.await.map_err(|error| unknown(AccessJob::ACTION, &error))?;
    let job = answer.job_id.filter(|job| !job.is_empty());
    Ok(job.ok_or_else(|| Missing("JobId").of(AccessJob::ACTION))?)
}

/// All pages of what a job found, once it has come to its end.
async fn result(client: &Client, wait: &mut Wait, job: &str) -> Result<Vec<ServiceUse>, Unknown> {
    let missing = |missing: Missing| missing.of(LastAccessed::ACTION);
    let (mut used, mut marker) = (vec![], None);
    loop {
        let page = wait.until(async || page(client, job, marker.as_deref()).await).await?;
        for service in page.services_last_accessed {
            used.push(service_use(&service).map_err(missing)?);
        }
        if !page.is_truncated {
            return Ok(used);
        }
        if page.marker.is_none() || page.marker == marker {
            return Err(missing(Missing("Marker")));
        }
        marker = page.marker;
    }
}

async fn page(client: &Client, job: &str, marker: Option<&str>) -> Result<Page, Stuck> {
    let call = client
        .get_service_last_accessed_details()
        .job_id(job)
        .max_items(PAGE)
        .set_marker(marker.map(str::to_owned));
    let page = call.send().await.map_err(|error| unknown(LastAccessed::ACTION, &error))?;
    match page.job_status {
        JobStatusType::Completed => Ok(page),
        JobStatusType::InProgress => {
            let unknown = Unknown::new(LastAccessed::ACTION, Reason::Timeout);
            Err(Stuck::ForNow(unknown.because("IAM was still at it when time was up")))
        }
        JobStatusType::Failed => {
            let unknown = Unknown::new(LastAccessed::ACTION, Reason::Failed);
            let (message, code) =
                page.error.map(|error| (error.message, error.code)).unwrap_or_default();
            let code = Some(code).filter(|code| !code.is_empty());
            Err(Stuck::ForGood(Unknown { code, ..unknown.because(message) }))
        }
        _ => Err(Missing("JobStatus").of(LastAccessed::ACTION).into()),
    }
}

fn service_use(service: &ServiceLastAccessed) -> Result<ServiceUse, Missing> {
    Ok(ServiceUse {
        service: said(&service.service_namespace, "ServiceNamespace")?.to_owned(),
        last_used: service.last_authenticated.and_then(time),
    })
}
