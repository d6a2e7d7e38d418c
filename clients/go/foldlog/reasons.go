package foldlog

import (
	"google.golang.org/protobuf/proto"

	foldlogv1 "foldlog.dev/gen/foldlog/v1"
)

// FieldViolation is what is wrong with one field of a request.
type FieldViolation struct {
	// Field is its path, such as "events[0].action"; "" when it is the request itself.
	Field string
	// Description says what was expected.
	Description string
	// Reason is a short name for what is wrong; "" when the server gave none.
	Reason string
}

// ConflictViolation is one precondition that did not hold.
type ConflictViolation struct {
	// Index is its index in AppendRequest.preconditions.
	Index int
	// PartitionKey is the partition, for a partition condition.
	PartitionKey string
	// ActualSequence is the partition's last sequence, for a partition condition.
	ActualSequence int64
	// MatchingPosition is the position of the first event that matches, for NoEventsMatching; 0
	// otherwise.
	MatchingPosition int64
}

// ExpressionError is what the compiler of expressions says about one place.
type ExpressionError struct {
	// Field is the path of the expression's field, such as "filter.expression".
	Field string
	// Line and Column are counted from 1; Column in code points.
	Line, Column int
	// Message says what is wrong.
	Message string
	// Snippet is the line around the column.
	Snippet string
}

type (
	// InvalidFieldError says that a field is missing or malformed.
	InvalidFieldError struct {
		*CallFailure
		// FieldViolations lists them, as many as fit into an answer.
		FieldViolations []FieldViolation
		// ViolationCount is the number of all.
		ViolationCount int
	}

	// InvalidExpressionError says that an expression does not compile.
	InvalidExpressionError struct {
		*CallFailure
		// Errors says where and why.
		Errors []ExpressionError
	}

	// InvalidUpcasterChainError says that a chain of upcasters has a gap, a skip or a double step.
	InvalidUpcasterChainError struct{ *CallFailure }

	// LimitExceededError says that a size or a count is over a limit of the server; [Client.StoreInfo] states them.
	LimitExceededError struct {
		*CallFailure
		// Limit is the limit's name, such as "max_payload_bytes".
		Limit string
		// Actual is what was sent, Max what is allowed, in the limit's unit.
		Actual, Max int64
		// Field is the path of the field; "" when it is not one field's limit.
		Field string
	}

	// EventVersionUnknownError says that an event's version is not on the chain of its type.
	EventVersionUnknownError struct{ *CallFailure }

	// ConcurrencyConflictError says that a precondition did not hold, so nothing was stored. Read and decide again.
	ConcurrencyConflictError struct {
		*CallFailure
		// Violations are the preconditions that did not hold, in order of index, as many as fit.
		Violations []ConflictViolation
		// ViolationCount is the number of all.
		ViolationCount int
	}

	// EventIDConflictError says that an event id is stored with other content, or only some events of an append are stored.
	EventIDConflictError struct {
		*CallFailure
		// EventID is the id, Position where it is stored.
		EventID  string
		Position int64
	}

	// RequestIDReusedError says that a request id was used with other content.
	RequestIDReusedError struct{ *CallFailure }

	// ResourceExistsError says that a resource of that name exists with other content.
	ResourceExistsError struct{ *CallFailure }

	// ResourceNotFoundError says that there is no such event or other resource.
	ResourceNotFoundError struct{ *CallFailure }

	// RevisionConflictError says that the expected revision is not the current one.
	RevisionConflictError struct{ *CallFailure }

	// InvalidStateError says that the resource is in a state that does not allow the call.
	InvalidStateError struct{ *CallFailure }

	// SyncProjectionFailedError says that a synchronous projection failed on an event, so nothing was stored.
	SyncProjectionFailedError struct {
		*CallFailure
		// Projection is its name.
		Projection string
		// EventIndex is the index of the event in the append, from 0.
		EventIndex int64
		// ProjectionMessage is what the projection says.
		ProjectionMessage string
	}

	// StoreMismatchError says that the position belongs to another store than this one.
	StoreMismatchError struct{ *CallFailure }

	// PositionAheadError says that a position is past the head of the log.
	PositionAheadError struct {
		*CallFailure
		// Field is the path of the position, such as "after_position".
		Field string
		// Position is what was sent, HeadPosition the head.
		Position, HeadPosition int64
	}

	// RetentionGapError says that retention has removed events after the position.
	RetentionGapError struct {
		*CallFailure
		// OldestPosition is that of the oldest event kept.
		OldestPosition int64
	}

	// CheckpointWentBackError says that a checkpoint would go back.
	CheckpointWentBackError struct {
		*CallFailure
		// Checkpoint is its name.
		Checkpoint string
		// Position is what was sent, CurrentPosition where it is.
		Position, CurrentPosition int64
	}

	// CheckpointMovedError says that a checkpoint is not where it was expected; another worker moved it.
	CheckpointMovedError struct {
		*CallFailure
		// Checkpoint is its name.
		Checkpoint string
		// ExpectedPosition is what was sent, CurrentPosition where it is; 0: nowhere.
		ExpectedPosition, CurrentPosition int64
	}

	// ExpressionBudgetExceededError says that an expression took too many steps or made too large a value.
	ExpressionBudgetExceededError struct{ *CallFailure }

	// OverloadedError says that the server is at a limit of queued writes, calls or subscriptions. It passes.
	OverloadedError struct{ *CallFailure }

	// StorageFullError says that the server has no room for more events. Reads go on.
	StorageFullError struct{ *CallFailure }

	// NotReadyError says that the server starts or stops, or waits for a restart. Nothing of the call took effect.
	NotReadyError struct{ *CallFailure }

	// EventUnreadableError says that a stored event cannot be read.
	EventUnreadableError struct {
		*CallFailure
		// Position is the event's; 0 when it is not known.
		Position int64
	}

	// ForbiddenError says that the caller may not do this.
	ForbiddenError struct{ *CallFailure }

	// UnauthenticatedError says that there is no credential, or a wrong one.
	UnauthenticatedError struct{ *CallFailure }

	// InternalError is a defect of the server. Whether the call took effect is not known.
	InternalError struct {
		*CallFailure
		// IncidentID is the id under which the server's log has it; "" when the server did not say.
		IncidentID string
	}

	// OutcomeUnknownError says that it is not known whether a call that writes took effect, because the server said so or no
	// answer came. An append is stored whole or not at all, and its request can be sent again: the same
	// ids store it once. It unwraps to the failure of the last try.
	OutcomeUnknownError struct {
		*CallFailure
		// Request is the request as it was sent, an append (*AppendRequest) with its ids filled in; nil
		// in an error that [FromError] made.
		Request proto.Message
	}

	// FeatureUnsupportedError says that the server lacks a feature; [Client.StoreInfo] lists those that it has.
	FeatureUnsupportedError struct {
		*CallFailure
		// Feature is its name.
		Feature string
	}

	// TimestampAheadError says that an event's timestamp is further ahead of the server's clock than allowed.
	TimestampAheadError struct {
		*CallFailure
		// Field is the path of the timestamp.
		Field string
		// Timestamp is what was sent and Max the latest that is allowed, in RFC 3339.
		Timestamp, Max string
		// FieldViolations says it once more in words.
		FieldViolations []FieldViolation
	}

	// UnknownReasonError says that Foldlog gave a reason that this version of the package does not know;
	// ReasonName and Metadata have it.
	UnknownReasonError struct{ *CallFailure }

	// TransportError is a failure of the way to the server and not of Foldlog: no connection, one that
	// broke, a deadline that passed, a silent server, a cancelled call, an unknown method. Code
	// tells which.
	TransportError struct{ *CallFailure }
)

// WithoutEffect returns false: that is what this error says.
func (*OutcomeUnknownError) WithoutEffect() bool { return false }

// outcomeUnknown is the error of a write of which nothing tells whether it took effect.
func outcomeUnknown(last Error, request proto.Message) Error {
	base := *last.base()
	base.causes = []error{last}
	return &OutcomeUnknownError{CallFailure: &base, Request: request}
}

// Error says so before what the last try brought.
func (e *OutcomeUnknownError) Error() string {
	return "foldlog: it is not known whether the call took effect: " + e.Code().String() + ": " + e.Message()
}

// typed is the one table that gives each reason its error.
func typed(f *CallFailure, d *errorDetails) Error {
	switch f.Reason() {
	case foldlogv1.ErrorReason_ERROR_REASON_INVALID_FIELD:
		return &InvalidFieldError{f, d.fieldViolations, int(f.number("violation_count"))}
	case foldlogv1.ErrorReason_ERROR_REASON_INVALID_EXPRESSION:
		return &InvalidExpressionError{f, d.expressionErrors}
	case foldlogv1.ErrorReason_ERROR_REASON_INVALID_UPCASTER_CHAIN:
		return &InvalidUpcasterChainError{f}
	case foldlogv1.ErrorReason_ERROR_REASON_LIMIT_EXCEEDED:
		return &LimitExceededError{f, f.text("limit"), f.number("actual"), f.number("max"), f.text("field")}
	case foldlogv1.ErrorReason_ERROR_REASON_EVENT_VERSION_UNKNOWN:
		return &EventVersionUnknownError{f}
	case foldlogv1.ErrorReason_ERROR_REASON_CONCURRENCY_CONFLICT:
		return &ConcurrencyConflictError{f, d.violations, d.violationCount}
	case foldlogv1.ErrorReason_ERROR_REASON_EVENT_ID_CONFLICT:
		return &EventIDConflictError{f, f.text("event_id"), f.number("position")}
	case foldlogv1.ErrorReason_ERROR_REASON_REQUEST_ID_REUSED:
		return &RequestIDReusedError{f}
	case foldlogv1.ErrorReason_ERROR_REASON_RESOURCE_EXISTS:
		return &ResourceExistsError{f}
	case foldlogv1.ErrorReason_ERROR_REASON_RESOURCE_NOT_FOUND:
		return &ResourceNotFoundError{f}
	case foldlogv1.ErrorReason_ERROR_REASON_REVISION_CONFLICT:
		return &RevisionConflictError{f}
	case foldlogv1.ErrorReason_ERROR_REASON_INVALID_STATE:
		return &InvalidStateError{f}
	case foldlogv1.ErrorReason_ERROR_REASON_SYNC_PROJECTION_FAILED:
		return &SyncProjectionFailedError{f, f.text("projection"), f.number("event_index"), f.text("message")}
	case foldlogv1.ErrorReason_ERROR_REASON_STORE_MISMATCH:
		return &StoreMismatchError{f}
	case foldlogv1.ErrorReason_ERROR_REASON_POSITION_AHEAD:
		return &PositionAheadError{f, f.text("field"), f.number("position"), f.number("head_position")}
	case foldlogv1.ErrorReason_ERROR_REASON_RETENTION_GAP:
		return &RetentionGapError{f, f.number("oldest_position")}
	case foldlogv1.ErrorReason_ERROR_REASON_CHECKPOINT_WENT_BACK:
		return &CheckpointWentBackError{f, f.text("checkpoint"), f.number("position"), f.number("current_position")}
	case foldlogv1.ErrorReason_ERROR_REASON_CHECKPOINT_MOVED:
		return &CheckpointMovedError{f, f.text("checkpoint"), f.number("expected_position"), f.number("current_position")}
	case foldlogv1.ErrorReason_ERROR_REASON_EXPRESSION_BUDGET_EXCEEDED:
		return &ExpressionBudgetExceededError{f}
	case foldlogv1.ErrorReason_ERROR_REASON_OVERLOADED:
		return &OverloadedError{f}
	case foldlogv1.ErrorReason_ERROR_REASON_STORAGE_FULL:
		return &StorageFullError{f}
	case foldlogv1.ErrorReason_ERROR_REASON_NOT_READY:
		return &NotReadyError{f}
	case foldlogv1.ErrorReason_ERROR_REASON_EVENT_UNREADABLE:
		return &EventUnreadableError{f, f.number("position")}
	case foldlogv1.ErrorReason_ERROR_REASON_FORBIDDEN:
		return &ForbiddenError{f}
	case foldlogv1.ErrorReason_ERROR_REASON_UNAUTHENTICATED:
		return &UnauthenticatedError{f}
	case foldlogv1.ErrorReason_ERROR_REASON_INTERNAL:
		return &InternalError{f, d.requestID}
	case foldlogv1.ErrorReason_ERROR_REASON_OUTCOME_UNKNOWN:
		return &OutcomeUnknownError{f, nil}
	case foldlogv1.ErrorReason_ERROR_REASON_FEATURE_UNSUPPORTED:
		return &FeatureUnsupportedError{f, f.text("feature")}
	case foldlogv1.ErrorReason_ERROR_REASON_TIMESTAMP_AHEAD:
		return &TimestampAheadError{f, f.text("field"), f.text("timestamp"), f.text("max"), d.fieldViolations}
	}
	if f.reasonName != "" {
		return &UnknownReasonError{f}
	}
	return &TransportError{f}
}
