//! Layers and networks. A batch is a matrix whose columns are examples; every derivative is generated.

mod activation;
mod jacobian;
mod layer;
mod network;

pub use activation::{Activation, activate, relu, sigmoid};
pub use layer::{Dense, DenseTangent, affine, dense};
pub use network::{Mlp, MlpTangent, mlp};
