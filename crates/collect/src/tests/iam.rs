//! IAM as it is collected, and what an account of one of each kind answers where a test says nothing else.

mod account;
mod calls;

pub(super) use account::usual;
