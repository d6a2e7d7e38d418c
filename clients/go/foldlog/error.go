package foldlog

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	foldlogv1 "foldlog.dev/gen/foldlog/v1"
)

const (
	errorDomain  = "foldlog.dev"
	reasonPrefix = "ERROR_REASON_"
)

// Error is a call that failed. Each reason of errors.proto has a type of its own with the details of
// that reason, such as [*ConcurrencyConflictError]; a reason that this package does not know is an
// [*UnknownReasonError], and a failure that is not Foldlog's own a [*TransportError]. Newer versions
// may add types. Only this package implements it.
type Error interface {
	error

	// Reason is the reason that the server gave. It is ERROR_REASON_UNSPECIFIED when it gave none, or
	// one that this package does not know; [Error.ReasonName] tells these apart.
	Reason() foldlogv1.ErrorReason

	// ReasonName is the reason's name as it was sent, such as "CONCURRENCY_CONFLICT"; "" when there is
	// none.
	ReasonName() string

	// Code is the code of the gRPC status.
	Code() codes.Code

	// Message is what the server, or the transport, said.
	Message() string

	// Metadata has facts beside the message, as errors.proto lists them for the reason. It is a copy.
	Metadata() map[string]string

	// RetryDelay is how long the server asks to wait before another try; 0 when it does not ask.
	RetryDelay() time.Duration

	// Transient reports whether the same call may succeed later without anybody's help.
	Transient() bool

	// WithoutEffect reports whether it is certain that the call took no effect. It is of no interest
	// for calls that only read.
	WithoutEffect() bool

	// GRPCStatus is the status as it was received, with all its details; status.FromError uses it.
	GRPCStatus() *status.Status

	base() *CallFailure
}

// CallFailure is the part that all errors have in common; see [Error] for its methods.
type CallFailure struct {
	status     *status.Status
	reasonName string
	metadata   map[string]string
	retryDelay time.Duration
	// sent is false when it is certain that the call never left this machine.
	sent   bool
	causes []error
}

func (f *CallFailure) base() *CallFailure { return f }

// Error returns text for people: the reason (or the code), and the message.
func (f *CallFailure) Error() string {
	kind := f.reasonName
	if kind == "" {
		kind = f.Code().String()
	}
	return "foldlog: " + kind + ": " + f.Message()
}

// Reason returns the reason that the server gave; see [Error].
func (f *CallFailure) Reason() foldlogv1.ErrorReason {
	return foldlogv1.ErrorReason(foldlogv1.ErrorReason_value[reasonPrefix+f.reasonName])
}

// ReasonName returns the reason's name as it was sent; "" when there is none.
func (f *CallFailure) ReasonName() string { return f.reasonName }

// Code returns the code of the gRPC status.
func (f *CallFailure) Code() codes.Code { return f.status.Code() }

// Message returns what the server, or the transport, said.
func (f *CallFailure) Message() string { return f.status.Message() }

// Metadata has facts beside the message. It is a copy.
func (f *CallFailure) Metadata() map[string]string { return maps.Clone(f.metadata) }

// RetryDelay returns how long the server asks to wait before another try; 0 when it does not ask.
func (f *CallFailure) RetryDelay() time.Duration { return f.retryDelay }

// GRPCStatus returns the status as it was received, with all its details.
func (f *CallFailure) GRPCStatus() *status.Status { return f.status }

// Transient reports whether the same call may succeed later without anybody's help.
func (f *CallFailure) Transient() bool {
	switch f.Code() {
	case codes.Unavailable, codes.DeadlineExceeded:
		return true
	case codes.ResourceExhausted:
		return f.Reason() == foldlogv1.ErrorReason_ERROR_REASON_OVERLOADED
	default:
		return false
	}
}

// WithoutEffect reports whether it is certain that the call took no effect.
func (f *CallFailure) WithoutEffect() bool {
	if f.reasonName == "" {
		return !f.sent || isRefusedByTransport(f.Code())
	}
	switch f.Reason() {
	case foldlogv1.ErrorReason_ERROR_REASON_UNSPECIFIED, // not known here
		foldlogv1.ErrorReason_ERROR_REASON_INTERNAL,
		foldlogv1.ErrorReason_ERROR_REASON_OUTCOME_UNKNOWN:
		return false
	default:
		return true
	}
}

// isRefusedByTransport tells what no server has begun to work on.
func isRefusedByTransport(code codes.Code) bool {
	switch code {
	case codes.Unimplemented, codes.Unauthenticated, codes.PermissionDenied, codes.InvalidArgument:
		return true
	default:
		return false
	}
}

// Is reports whether target is what the context package says of a call that ended like this one, so
// that errors.Is(err, context.Canceled) and context.DeadlineExceeded work.
func (f *CallFailure) Is(target error) bool {
	if f.reasonName != "" {
		return false
	}
	switch target {
	case context.Canceled:
		return f.Code() == codes.Canceled
	case context.DeadlineExceeded:
		return f.Code() == codes.DeadlineExceeded
	default:
		return false
	}
}

// Unwrap returns what led to the failure, as far as it is known.
func (f *CallFailure) Unwrap() []error { return f.causes }

func (f *CallFailure) text(key string) string { return f.metadata[key] }

// number is a number beside the message, or 0.
func (f *CallFailure) number(key string) int64 {
	value, err := strconv.ParseInt(f.metadata[key], 10, 64)
	if err != nil {
		return 0
	}
	return value
}

// FromError returns the [Error] of a call that was made with the generated stubs themselves: of what they
// returned. An error that is an Error already, or has one in its tree, is answered as that one; nil
// for nil.
func FromError(err error) Error {
	if err == nil {
		return nil
	}
	var known Error
	if errors.As(err, &known) {
		return known
	}
	return failure(err, true)
}

// failure is the typed error of what a stub returned.
func failure(err error, sent bool) Error {
	received, ok := status.FromError(err)
	if !ok {
		received = status.FromContextError(err)
	}
	base := &CallFailure{status: received, sent: sent}
	if !ok {
		base.causes = []error{err}
	}
	details := errorDetails{}
	for _, detail := range received.Details() {
		details.take(base, detail)
	}
	return typed(base, &details)
}

// transportFailure is a failure that this package found by itself.
func transportFailure(code codes.Code, message string, causes ...error) Error {
	base := &CallFailure{status: status.New(code, message), sent: true, causes: slices.Clip(causes)}
	return &TransportError{CallFailure: base}
}

// contextFailure is a call that ended with its context, after what had been the matter before, if anything.
func contextFailure(ctx context.Context, before error) Error {
	message := context.Cause(ctx).Error()
	causes := []error{context.Cause(ctx)}
	if before != nil {
		message += "; before that: " + strings.TrimPrefix(before.Error(), "foldlog: ")
		causes = append(causes, before)
	}
	return transportFailure(status.FromContextError(ctx.Err()).Code(), message, causes...)
}

// errorDetails are the messages beside a status that have types of their own.
type errorDetails struct {
	fieldViolations  []FieldViolation
	violations       []ConflictViolation
	violationCount   int
	expressionErrors []ExpressionError
	requestID        string
}

func (d *errorDetails) take(base *CallFailure, detail any) {
	switch it := detail.(type) {
	case *errdetails.ErrorInfo:
		base.metadata = it.GetMetadata()
		if it.GetDomain() == errorDomain {
			base.reasonName = it.GetReason()
		}
	case *errdetails.RetryInfo:
		base.retryDelay = max(0, it.GetRetryDelay().AsDuration())
	case *errdetails.RequestInfo:
		d.requestID = it.GetRequestId()
	case *errdetails.BadRequest:
		for _, v := range it.GetFieldViolations() {
			d.fieldViolations = append(d.fieldViolations,
				FieldViolation{Field: v.GetField(), Description: v.GetDescription(), Reason: v.GetReason()})
		}
	case *foldlogv1.AppendConflict:
		d.violationCount = int(it.GetViolationCount())
		for _, v := range it.GetViolations() {
			d.violations = append(d.violations, ConflictViolation{Index: int(v.GetIndex()), PartitionKey: v.GetPartitionKey(),
				ActualSequence: v.GetActualSequence(), MatchingPosition: v.GetMatchingPosition()})
		}
	case *foldlogv1.ExpressionErrors:
		for _, e := range it.GetErrors() {
			d.expressionErrors = append(d.expressionErrors, ExpressionError{Field: e.GetField(), Line: int(e.GetLine()),
				Column: int(e.GetColumn()), Message: e.GetMessage(), Snippet: e.GetSnippet()})
		}
	}
}
