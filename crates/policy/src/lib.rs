//! Reads IAM and resource policies and proves what they allow.
