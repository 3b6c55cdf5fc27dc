//! EC2 and its networks: who may talk to what, decided over sets of addresses and ports.
//!
//! [`Network`] reads the facts once; [`Network::opened`] says what a security group opens to whom, [`Network::reach`] whether
//! there is a way from the Internet to an interface. Nothing is enumerated: rules, routes and entries cut ports into classes that
//! are all treated alike, and for one class the clients are a set of address ranges. What is not known makes two such sets, of
//! those that surely may and those that perhaps may; an answer that is the same for both needs the missing fact no more.

mod address;
mod block;
mod bounds;
mod filter;
mod guard;
mod network;
mod owner;
mod peering;
mod ranges;
mod reach;
mod routes;
mod transport;

pub use address::{Addresses, Breadth, Family};
pub use bounds::Bounds;
pub use filter::Admission;
pub use guard::{Opening, Scope};
pub use network::Network;
pub use owner::{Balancer, Owner};
pub use peering::{PeerScope, far_side, peer_scope};
pub use ranges::{Point, Ranges};
pub use reach::{Barrier, Question, Reach, Way};
pub use transport::Transport;

#[cfg(test)]
mod tests;
