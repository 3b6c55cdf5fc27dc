//! Amazon Cognito rules.

use crate::engine::Rule;

pub(crate) static RULES: [Rule; 0] = [];
