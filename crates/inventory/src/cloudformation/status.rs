//! What a stack is doing, or came to.

use serde::{Deserialize, Serialize};

use crate::macros::open_enum;

open_enum! {
    /// What a stack is doing, or came to (`StackStatus`).
    StackStatus {
        /// It is being made.
        CreateInProgress = "CREATE_IN_PROGRESS",
        /// It could not be made, and what there is of it was kept.
        CreateFailed = "CREATE_FAILED",
        /// It was made.
        CreateComplete = "CREATE_COMPLETE",
        /// It could not be made, and what there was of it is being deleted.
        RollbackInProgress = "ROLLBACK_IN_PROGRESS",
        /// The same, and some of that could not be deleted.
        RollbackFailed = "ROLLBACK_FAILED",
        /// It could not be made, and all of it is gone. It can only be deleted.
        RollbackComplete = "ROLLBACK_COMPLETE",
        /// It is being deleted.
        DeleteInProgress = "DELETE_IN_PROGRESS",
        /// Some of it could not be deleted.
        DeleteFailed = "DELETE_FAILED",
        /// It was deleted.
        DeleteComplete = "DELETE_COMPLETE",
        /// It is being changed.
        UpdateInProgress = "UPDATE_IN_PROGRESS",
        /// It was changed, and what that replaced is being deleted.
        UpdateCompleteCleanupInProgress = "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
        /// It was changed.
        UpdateComplete = "UPDATE_COMPLETE",
        /// It could not be changed, and was left as it is.
        UpdateFailed = "UPDATE_FAILED",
        /// It could not be changed, and is going back.
        UpdateRollbackInProgress = "UPDATE_ROLLBACK_IN_PROGRESS",
        /// It could not go back either.
        UpdateRollbackFailed = "UPDATE_ROLLBACK_FAILED",
        /// It went back, and what is left over is being deleted.
        UpdateRollbackCompleteCleanupInProgress = "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
        /// It could not be changed, and went back.
        UpdateRollbackComplete = "UPDATE_ROLLBACK_COMPLETE",
        /// It is a change set that nobody has carried out, and has no resources.
        ReviewInProgress = "REVIEW_IN_PROGRESS",
        /// It is taking resources over.
        ImportInProgress = "IMPORT_IN_PROGRESS",
        /// It took them over.
        ImportComplete = "IMPORT_COMPLETE",
        /// It could not, and is going back.
        ImportRollbackInProgress = "IMPORT_ROLLBACK_IN_PROGRESS",
        /// It could not go back either.
        ImportRollbackFailed = "IMPORT_ROLLBACK_FAILED",
        /// It could not, and went back.
        ImportRollbackComplete = "IMPORT_ROLLBACK_COMPLETE",
    }
}
