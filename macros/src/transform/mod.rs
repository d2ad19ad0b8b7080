//! Transformations of the IR: forward mode, along several directions and to higher orders, reverse mode, fusion of loops, and forward mode
//! of reverse mode.

pub mod capacity;
pub mod captures;
pub mod copies;
pub mod directions;
pub mod forward;
pub mod frames;
pub mod fuse;
pub mod half_open;
pub mod lent;
pub mod moves;
pub mod overwriting;
pub mod pairs;
pub mod preaccumulate;
pub mod records;
pub mod registers;
pub mod reverse;
pub mod slices;
pub mod taken_apart;
pub mod tangent_of_sweeps;
pub mod taylor;
pub mod variants;
pub mod zeros;
