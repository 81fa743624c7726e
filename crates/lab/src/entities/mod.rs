//! Clusters of names as labelled.

pub mod gold;
