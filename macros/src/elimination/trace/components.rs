//! Parameters and results taken apart.

use super::{MOST_NODES, Node, Obstacle, Operand, Operation, Trace, Value};
use crate::elimination::index::integer;
use crate::ir::{Access, Expr, Place, Projection, Ty};
use quote::ToTokens;

impl Trace {
    /// The components of a parameter.
    pub(super) fn input(&mut self, place: Place, ty: &Ty, declared: &syn::Type) -> Option<Value> {
        self.components(place, ty, declared, &mut |trace, value, name| {
            trace.inputs.push(trace.nodes.len());
            trace.node(Node { value, name, operation: Operation::Input, active: true })
        })
    }

    /// The components of what is in a place, each of which becomes an operand.
    pub(super) fn components(
        &mut self,
        place: Place,
        ty: &Ty,
        declared: &syn::Type,
        component: &mut dyn FnMut(&mut Self, Expr, String) -> Operand,
    ) -> Option<Value> {
        let mut declared = declared;
        while let syn::Type::Reference(syn::TypeReference { elem, .. })
        | syn::Type::Paren(syn::TypeParen { elem, .. })
        | syn::Type::Group(syn::TypeGroup { elem, .. }) = declared
        {
            declared = elem;
        }
        match (ty, declared) {
            (Ty::Float(_), _) => {
                let owned = self.vars[place.root].access == Access::Owned;
                let value = if place.is_whole() && owned { Expr::Var(place.root) } else { Expr::Load(place) };
                let name = self.name_of_input(&value);
                Some(Value::Scalar(component(self, value, name)))
            }
            (Ty::Tuple(types), syn::Type::Tuple(tuple)) if types.len() == tuple.elems.len() => {
                let fields = types.iter().zip(&tuple.elems).enumerate();
                let parts: Option<Vec<Value>> = fields
                    .map(|(index, (ty, declared))| {
                        let part = place.clone().project(Projection::Field(index.to_string()));
                        self.components(part, ty, declared, component)
                    })
                    .collect();
                parts.map(Value::Parts)
            }
            (Ty::Array(item), syn::Type::Array(array)) => {
                let len = array.len.to_token_stream().to_string();
                let len: usize = len.strip_suffix("usize").unwrap_or(&len).parse().ok()?;
                self.elements(&place, item, &array.elem, len, component)
            }
            (Ty::Matrix(float), syn::Type::Path(path)) => {
                let len = length_of_vector(&path.path)?;
                self.elements(&place, &Ty::Float(float.clone()), declared, len, component)
            }
            // an integer among floats
            (ty, _) if ty.is_inert() => Some(Value::Scalar(Operand::Other(Expr::Load(place)))),
            _ => None,
        }
    }

    /// `x`, and `x_0_1` for `x.0[1]`.
    fn name_of_input(&self, value: &Expr) -> String {
        let (root, path) = match value {
            Expr::Load(place) => (place.root, place.path.as_slice()),
            _ => return self.vars.describe(value),
        };
        path.iter().fold(self.vars[root].name.clone(), |name, step| match step {
            Projection::Field(field) => format!("{name}_{field}"),
            Projection::Index(index) => match integer(index, &self.integers) {
                Some(index) => format!("{name}_{index}"),
                None => name,
            },
            _ => name,
        })
    }

    fn elements(
        &mut self,
        place: &Place,
        item: &Ty,
        declared: &syn::Type,
        len: usize,
        component: &mut dyn FnMut(&mut Self, Expr, String) -> Operand,
    ) -> Option<Value> {
        if len > MOST_NODES || self.nodes.len() > MOST_NODES {
            return None;
        }
        let parts: Option<Vec<Value>> = (0..len)
            .map(|index| {
                let index = Expr::integer(i32::try_from(index).ok()?);
                self.components(place.clone().project(Projection::Index(Box::new(index))), item, declared, component)
            })
            .collect();
        parts.map(Value::Parts)
    }

    /// The components of the result, each a vertex that nothing else is computed from.
    pub(super) fn outputs(&mut self, value: &Value, ty: &Ty) -> Result<(), Obstacle> {
        match (value, ty) {
            (_, ty) if ty.is_inert() => {}
            (Value::Scalar(operand), Ty::Float(_)) => {
                let output = match operand {
                    Operand::Node(node) if self.nodes[*node].active => Some(*node),
                    _ => None,
                };
                let own = |node: usize| {
                    let used = self.nodes.iter().any(|other| other.operands().any(|operand| operand == node));
                    !used && !self.nodes[node].is_input() && !self.outputs.contains(&Some(node))
                };
                let shared = output.filter(|node| !own(*node));
                self.outputs.push(output);
                if let Some(node) = shared {
                    // nothing is computed from an output, from one that stands twice neither
                    for at in 0..self.outputs.len() {
                        if self.outputs[at] == Some(node) {
                            self.outputs[at] = Some(self.copied(node));
                        }
                    }
                }
            }
            (Value::Parts(parts), Ty::Tuple(types)) if parts.len() == types.len() => {
                for (part, ty) in parts.iter().zip(types) {
                    self.outputs(part, ty)?;
                }
            }
            (Value::Parts(parts), Ty::Array(item)) => {
                for part in parts {
                    self.outputs(part, item)?;
                }
            }
            _ => return Err(self.refusal("a result whose components cannot be counted here")),
        }
        Ok(())
    }
}

/// The components of a vector of static size: `Vector3<f64>`, `SVector<f64, 4>`.
fn length_of_vector(path: &syn::Path) -> Option<usize> {
    let last = path.segments.last()?;
    let name = last.ident.to_string();
    if let Some(digits) = name.strip_prefix("RowVector").or_else(|| name.strip_prefix("Vector")) {
        return digits.parse().ok();
    }
    let syn::PathArguments::AngleBracketed(args) = &last.arguments else { return None };
    match name.as_str() {
        "SVector" | "RowSVector" => args.args.iter().nth(1)?.to_token_stream().to_string().parse().ok(),
        _ => None,
    }
}
