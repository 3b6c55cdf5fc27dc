//! One answer of AWS as a fact, or as the reason why there is none.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
    error::Error,
    sync::{Arc, Mutex, PoisonError},
};

use aws_smithy_async::future::pagination_stream::{PaginationStream, fn_stream::FnStream};
use aws_smithy_runtime_api::client::{orchestrator::HttpResponse, result::SdkError};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use awspect_inventory::{Action, Asked, Fact, Gap, Listed, Observed, Reason, Region, Unknown};

use crate::{read::observed, reason::unknown};

/// What was asked in a whole scan, and what came back.
#[derive(Debug, Default)]
pub(crate) struct Ledger(Mutex<BTreeMap<(Action, Region), Asked>>);

impl Ledger {
    /// All that was asked, by action and region.
    pub(crate) fn rows(&self) -> Vec<Asked> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    fn write(&self, action: &Action, region: &Region, refused: Option<Reason>) {
        let mut rows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let row = rows.entry((action.clone(), region.clone())).or_insert_with(|| Asked {
            action: action.clone(),
            region: region.clone(),
            asked: 0,
            answered: 0,
            refused: BTreeMap::new(),
        });
        row.asked += 1;
        match refused {
            None => row.answered += 1,
            Some(reason) => *row.refused.entry(reason).or_default() += 1,
        }
    }
}

/// What an answer says: a value, nothing, or less than it must.
pub(crate) type Read<T> = Result<Option<T>, Missing>;

/// The field that an answer must have and lacks.
#[derive(Debug)]
pub(crate) struct Missing(pub(crate) &'static str);

impl Missing {
    /// What nobody knows for the lack of it.
    pub(crate) fn of(&self, action: Action) -> Unknown {
        Unknown::new(action, Reason::Malformed)
            .because(format!("the answer has no usable `{}`", self.0))
    }
}

/// Asks in one region, about one thing, and keeps the ledger.
#[derive(Debug)]
pub(crate) struct Ask {
    ledger: Arc<Ledger>,
    only: Option<Arc<BTreeSet<Action>>>,
    region: Region,
    gone: Cell<bool>,
}

impl Ask {
    /// `only` are the actions that anybody wants an answer to; without it all are.
    pub(crate) fn new(
        ledger: &Arc<Ledger>,
        only: Option<&Arc<BTreeSet<Action>>>,
        region: &Region,
    ) -> Self {
        Self {
            ledger: Arc::clone(ledger),
            only: only.map(Arc::clone),
            region: region.clone(),
            gone: Cell::new(false),
        }
    }

    /// Why a fact of this action is not asked for, if it is not.
    pub(crate) fn unwanted(&self, action: &Action) -> Option<Unknown> {
        let is_wanted = self.only.as_ref().is_none_or(|only| only.contains(action));
        (!is_wanted).then(|| Unknown::new(action.clone(), Reason::NotAsked))
    }

    /// A fact that follows from what is known without a call of its own, where anybody wants it.
    pub(crate) fn known<F: Fact>(&self, fact: Observed<F>) -> Observed<F> {
        self.unwanted(&F::ACTION).map_or(fact, Observed::Unknown)
    }

    /// Whether an answer said that the thing asked about does not exist any more.
    pub(crate) fn gone(&self) -> bool {
        self.gone.get()
    }

    /// Keeps the ledger for what does not come by a single call.
    pub(crate) fn enter(&self, action: &Action, refused: Option<&Unknown>) {
        self.ledger.write(action, &self.region, refused.map(|unknown| unknown.reason));
    }

    /// An answer as a fact; the call is made only if somebody wants the fact.
    ///
    /// `not_configured` are the error codes by which this API says so; every other error means that nobody
    /// knows, and the scan goes on.
    pub(crate) async fn fact<F: Fact, O, E>(
        &self,
        not_configured: &[&str],
        call: impl Future<Output = Result<O, SdkError<E, HttpResponse>>>,
        read: impl FnOnce(O) -> Read<F>,
    ) -> Observed<F>
    where
        E: ProvideErrorMetadata + Error + 'static,
    {
        if let Some(unwanted) = self.unwanted(&F::ACTION) {
            return Observed::Unknown(unwanted);
        }
        let observed = match call.await {
            Ok(output) => observed(read(output)),
            Err(error) if error.code().is_some_and(|code| not_configured.contains(&code)) => {
                Observed::NotSet
            }
            Err(error) => Observed::Unknown(unknown(F::ACTION, &error)),
        };
        let reason = match &observed {
            Observed::Unknown(unknown) => Some(unknown.reason),
            Observed::Set(_) | Observed::NotSet => None,
        };
        if reason == Some(Reason::Gone) {
            self.gone.set(true);
        }
        self.ledger.write(&F::ACTION, &self.region, reason);
        observed
    }

    /// All pages of a listing, each item read; where a page fails, what came before it and the gap.
    ///
    /// An item that cannot be read is a gap as well: something is there that nobody can judge.
    pub(crate) async fn pages<F: Fact, O, I, T, E>(
        &self,
        mut pages: PaginationStream<Result<O, SdkError<E, HttpResponse>>>,
        items: impl Fn(O) -> Result<Vec<I>, Missing>,
        read: impl Fn(I) -> Result<T, Missing>,
        gap: impl Fn(Unknown) -> Gap,
    ) -> Listed<T>
    where
        E: ProvideErrorMetadata + Error + 'static,
    {
        let mut listed = Listed::complete(vec![]);
        if let Some(unwanted) = self.unwanted(&F::ACTION) {
            listed.gaps.push(gap(unwanted));
            return listed;
        }
        while let Some(page) = pages.next().await {
            let page = match page {
                Ok(page) => items(page).map_err(|missing| missing.of(F::ACTION)),
                Err(error) => Err(unknown(F::ACTION, &error)),
            };
            let page = match page {
                Ok(page) => page,
                Err(unknown) => {
                    if unknown.reason == Reason::Gone {
                        self.gone.set(true);
                    }
                    listed.gaps.push(gap(unknown));
                    break;
                }
            };
            for item in page.into_iter().map(&read) {
                match item {
                    Ok(item) => listed.found.push(item),
                    Err(missing) => listed.gaps.push(gap(missing.of(F::ACTION))),
                }
            }
        }
        self.enter(&F::ACTION, listed.gaps.first().map(|gap| &gap.unknown));
        listed
    }

    /// All pages of a listing as one fact, which is known only where all of it is.
    pub(crate) async fn whole<F: Fact, O, I, T, E>(
        &self,
        pages: PaginationStream<Result<O, SdkError<E, HttpResponse>>>,
        items: impl Fn(O) -> Result<Vec<I>, Missing>,
        read: impl Fn(I) -> Result<T, Missing>,
        fact: impl FnOnce(Vec<T>) -> F,
    ) -> Observed<F>
    where
        E: ProvideErrorMetadata + Error + 'static,
    {
        let gap = |unknown| Gap { arn: String::new(), region: None, unknown };
        let listed = self.pages::<F, _, _, _, _>(pages, items, read, gap).await;
        match listed.gaps.into_iter().next() {
            Some(gap) => Observed::Unknown(gap.unknown),
            None => Observed::Set(fact(listed.found)),
        }
    }
}

/// A listing that has no pages, as one page.
pub(crate) fn once<T: Send + 'static>(
    call: impl Future<Output = T> + Send + 'static,
) -> PaginationStream<T> {
    PaginationStream::new(FnStream::new(|page| {
        Box::pin(async move {
            // Nobody waits for it any more if this fails.
            let _ = page.send(call.await).await;
        })
    }))
}

/// A listing whose pages the SDK does not turn: `call` asks for the page behind a token, `next` finds the token of the page
/// after it.
///
/// A token that leads to itself is an error; it would hide what comes after it.
pub(crate) fn turned<O, E, C>(
    call: impl Fn(Option<String>) -> C + Send + 'static,
    next: impl Fn(&O) -> Option<&str> + Send + 'static,
) -> PaginationStream<Result<O, SdkError<E, HttpResponse>>>
where
    O: Send + 'static,
    E: Send + 'static,
    C: Future<Output = Result<O, SdkError<E, HttpResponse>>> + Send + 'static,
{
    PaginationStream::new(FnStream::new(|pages| {
        Box::pin(async move {
            let mut token = None;
            loop {
                let page = call(token.clone()).await;
                let following = page.as_ref().ok().and_then(&next);
                let following = following.filter(|it| !it.is_empty()).map(str::to_owned);
                if pages.send(page).await.is_err() || following.is_none() {
                    return;
                }
                if following == token {
                    let stuck = SdkError::construction_failure("the next page is the same again");
                    let _ = pages.send(Err(stuck)).await;
                    return;
                }
                token = following;
            }
        })
    }))
}

/// What was read of what was listed, and how much of it had gone away.
pub(crate) fn still_there<T>(read: Vec<Option<T>>, gaps: Vec<Gap>) -> Listed<T> {
    let all = read.len();
    let found: Vec<T> = read.into_iter().flatten().collect();
    let gone = (all - found.len()) as u64;
    Listed { found, gaps, gone }
}
