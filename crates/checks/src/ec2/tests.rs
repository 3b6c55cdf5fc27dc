//! Networks whose answers are known, and those that other scanners get wrong.

mod groups;
mod layouts;
mod random;
mod rules;
mod walk;
mod ways;
mod world;
