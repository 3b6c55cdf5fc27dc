//! How a running collection is told to end early.

use std::time::Duration;

use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use tokio::sync::watch;

/// Asks a collection to stop; it ends with what it has.
#[derive(Debug)]
pub struct Stopper(watch::Sender<bool>);

/// The receiving end, which every call and every pause listens to.
#[derive(Clone, Debug)]
pub struct Stop(watch::Receiver<bool>);

/// A pair of them.
pub fn stop() -> (Stopper, Stop) {
    let (sender, receiver) = watch::channel(false);
    (Stopper(sender), Stop(receiver))
}

impl Stopper {
    /// From now on every call answers at once that it was interrupted.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Stop {
    /// Whether somebody asked to stop.
    pub fn is_requested(&self) -> bool {
        *self.0.borrow()
    }

    /// Ends when somebody asks to stop.
    pub async fn requested(&self) {
        if self.0.clone().wait_for(|stopped| *stopped).await.is_err() {
            // Nobody is left who could ask.
            std::future::pending::<()>().await;
        }
    }
}

/// The SDK's pauses between retries end with the scan.
#[derive(Clone, Debug)]
pub(crate) struct Pauses(pub(crate) Stop);

impl AsyncSleep for Pauses {
    fn sleep(&self, duration: Duration) -> Sleep {
        let stop = self.0.clone();
        Sleep::new(async move {
            tokio::select! {
                () = tokio::time::sleep(duration) => (),
                () = stop.requested() => (),
            }
        })
    }
}
