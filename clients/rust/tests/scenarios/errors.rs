//! What an error offers, as scenarios name it.

use foldlog::{ConflictViolation, Error, ExpressionError, FieldViolation};
use serde_json::{Value, json};

use crate::proto::mismatch;

/// The name of the variant.
pub fn type_of(error: &Error) -> String {
    let debug = format!("{error:?}");
    debug.split(' ').next().unwrap().to_owned()
}

/// The status in capitals.
pub fn code_of(error: &Error) -> String {
    let mut name = String::new();
    for letter in format!("{:?}", error.code()).chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(letter.to_ascii_uppercase());
    }
    name
}

pub fn assert_matches(what: &str, expected: &Value, error: &Error) {
    for key in expected.as_object().unwrap().keys() {
        assert!(["type", "code", "typed"].contains(&key.as_str()), "{what}: error.{key} is not known");
    }
    let actual = json!({"type": type_of(error), "code": code_of(error), "typed": facts(error)});
    if let Some(why) = mismatch(expected, Some(&actual)) {
        panic!("{what}: error{why}, which is: {error:?}");
    }
}

/// The facts that an error offers.
pub fn facts(error: &Error) -> Value {
    match error {
        Error::InvalidField { field_violations, violation_count, .. } => {
            json!({"field_violations": fields(field_violations), "violation_count": violation_count})
        }
        Error::InvalidExpression { expression_errors, .. } => {
            json!({"expression_errors": expressions(expression_errors)})
        }
        Error::LimitExceeded { limit, actual, max, field, .. } => {
            json!({"limit": limit, "actual": actual, "max": max, "field": field})
        }
        Error::ConcurrencyConflict { violations, violation_count, .. } => {
            json!({"violations": conflicts(violations), "violation_count": violation_count})
        }
        Error::EventIdConflict { event_id, position, .. } => json!({"event_id": event_id, "position": position}),
        Error::SyncProjectionFailed { projection, event_index, failure, .. } => {
            json!({"projection": projection, "event_index": event_index, "failure": failure})
        }
        Error::PositionAhead { field, position, head_position, .. } => {
            json!({"field": field, "position": position, "head_position": head_position})
        }
        Error::RetentionGap { oldest_position, .. } => json!({"oldest_position": oldest_position}),
        Error::CheckpointWentBack { checkpoint, position, current_position, .. } => {
            json!({"checkpoint": checkpoint, "position": position, "current_position": current_position})
        }
        Error::CheckpointMoved { checkpoint, expected_position, current_position, .. } => json!({
            "checkpoint": checkpoint, "expected_position": expected_position, "current_position": current_position,
        }),
        Error::Overloaded { .. } | Error::NotReady { .. } => {
            json!({"retry_delay_millis": error.retry_delay().map(|delay| delay.as_millis() as u64)})
        }
        Error::EventUnreadable { position, .. } => json!({"position": position}),
        Error::Internal { request_id, .. } => json!({"request_id": request_id}),
        Error::FeatureUnsupported { feature, .. } => json!({"feature": feature}),
        Error::TimestampAhead { field, timestamp, max, field_violations, .. } => {
            json!({"field": field, "timestamp": timestamp, "max": max, "field_violations": fields(field_violations)})
        }
        _ => json!({}),
    }
}

fn fields(violations: &[FieldViolation]) -> Value {
    let one = |it: &FieldViolation| json!({"field": it.field, "description": it.description, "reason": it.reason});
    violations.iter().map(one).collect()
}

fn conflicts(violations: &[ConflictViolation]) -> Value {
    let one = |it: &ConflictViolation| {
        json!({
            "index": it.index, "partition_key": it.partition_key,
            "actual_sequence": it.actual_sequence, "matching_position": it.matching_position,
        })
    };
    violations.iter().map(one).collect()
}

fn expressions(errors: &[ExpressionError]) -> Value {
    let one = |it: &ExpressionError| {
        json!({
            "field": it.field, "line": it.line, "column": it.column, "message": it.message, "snippet": it.snippet,
        })
    };
    errors.iter().map(one).collect()
}
