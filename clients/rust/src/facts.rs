use crate::context::Details;
use crate::v1::{AppendConflict, ExpressionErrors};

/// A field of a request that is missing or malformed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldViolation {
    /// Path of the field, such as `events[0].action`; empty when it is the request itself.
    pub field: String,
    /// What is wrong with it.
    pub description: String,
    /// What is wrong with it, as a name; can be empty.
    pub reason: String,
}

/// A precondition that did not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConflictViolation {
    /// Index in the preconditions of the request, from 0.
    pub index: i32,
    /// The partition, for a condition on one; otherwise empty.
    pub partition_key: String,
    /// The partition's last sequence as it is, for a condition on one.
    pub actual_sequence: i64,
    /// Position of the first event that matches, for a condition that none does; otherwise 0.
    pub matching_position: i64,
}

/// A mistake in an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExpressionError {
    /// Path of the field that has the expression.
    pub field: String,
    /// Line, from 1.
    pub line: i32,
    /// Column in code points, from 1.
    pub column: i32,
    /// What is wrong.
    pub message: String,
    /// The line around the column, with a caret under it.
    pub snippet: String,
}

pub(crate) fn field_violations(details: &Details) -> Vec<FieldViolation> {
    let request = details.detail::<tonic_types::pb::BadRequest>();
    let violations = request.field_violations.into_iter();
    violations
        .map(|violation| FieldViolation {
            field: violation.field,
            description: violation.description,
            reason: violation.reason,
        })
        .collect()
}

pub(crate) fn conflict_violations(details: &Details) -> Vec<ConflictViolation> {
    let violations = details.detail::<AppendConflict>().violations.into_iter();
    violations
        .map(|violation| ConflictViolation {
            index: violation.index,
            partition_key: violation.partition_key,
            actual_sequence: violation.actual_sequence,
            matching_position: violation.matching_position,
        })
        .collect()
}

pub(crate) fn expression_errors(details: &Details) -> Vec<ExpressionError> {
    let errors = details.detail::<ExpressionErrors>().errors.into_iter();
    errors
        .map(|error| ExpressionError {
            field: error.field,
            line: error.line,
            column: error.column,
            message: error.message,
            snippet: error.snippet,
        })
        .collect()
}
