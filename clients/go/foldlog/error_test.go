package foldlog

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	foldlogv1 "foldlog.dev/gen/foldlog/v1"
)

func errorInfo(reason string) *errdetails.ErrorInfo {
	return &errdetails.ErrorInfo{Domain: errorDomain, Reason: reason, Metadata: map[string]string{"position": "7"}}
}

func TestEachReasonOfErrorsProtoHasATypeOfItsName(t *testing.T) {
	for number, name := range foldlogv1.ErrorReason_name {
		reason := strings.TrimPrefix(name, reasonPrefix)
		failed := FromError(refuse(t, codes.Aborted, reason))
		wanted := camelCase(reason) + "Error"
		if number == 0 {
			wanted = "UnknownReasonError" // nobody sends it
		}
		if actual := reflect.TypeOf(failed).Elem().Name(); actual != wanted {
			t.Errorf("%s: %s (expected: %s)", reason, actual, wanted)
		}
		if failed.ReasonName() != reason || int32(failed.Reason()) != number {
			t.Errorf("%s: says %s, %v", reason, failed.ReasonName(), failed.Reason())
		}
	}
}

func camelCase(reason string) string {
	words := strings.Split(strings.ToLower(reason), "_")
	for i, word := range words {
		words[i] = strings.ToUpper(word[:1]) + word[1:]
		if word == "id" {
			words[i] = "ID"
		}
	}
	return strings.Join(words, "")
}

func TestErrorsWorkWithErrorsAs(t *testing.T) {
	wrapped := fmt.Errorf("while doing: %w", FromError(refuse(t, codes.DataLoss, "EVENT_UNREADABLE")))
	var unreadable *EventUnreadableError
	if !errors.As(wrapped, &unreadable) || unreadable.Position != 7 {
		t.Errorf("%v (expected: an EventUnreadableError at 7)", wrapped)
	}
	var general Error
	if !errors.As(wrapped, &general) || general.Code() != codes.DataLoss {
		t.Errorf("%v (expected: an Error)", wrapped)
	}
	var other *ForbiddenError
	if errors.As(wrapped, &other) {
		t.Errorf("%v is a ForbiddenError", wrapped)
	}
	if status.Code(wrapped) != codes.DataLoss {
		t.Errorf("status: %v (expected: DataLoss)", status.Code(wrapped))
	}
	if again := FromError(wrapped); again != general {
		t.Errorf("%v (expected: the error in it)", again)
	}
	if FromError(nil) != nil {
		t.Error("an error of nothing")
	}
}

func TestACallThatWasGivenUpMatchesTheContextsErrors(t *testing.T) {
	for code, wanted := range map[codes.Code]error{
		codes.Canceled:         context.Canceled,
		codes.DeadlineExceeded: context.DeadlineExceeded,
	} {
		failed := FromError(status.Error(code, "over"))
		if !errors.Is(failed, wanted) {
			t.Errorf("%v is not %v", failed, wanted)
		}
		if !errors.Is(outcomeUnknown(failed, nil), wanted) {
			t.Errorf("an unknown outcome after %v is not %v", failed, wanted)
		}
	}
	if errors.Is(FromError(status.Error(codes.Unavailable, "gone")), context.Canceled) {
		t.Error("a broken connection is a cancelled context")
	}
}

func TestADetailOfAnotherDomainIsNoReason(t *testing.T) {
	info := errorInfo("OVERLOADED")
	info.Domain = "example.org"
	detailed, err := status.New(codes.ResourceExhausted, "proxy").WithDetails(info)
	if err != nil {
		t.Fatal(err)
	}
	failed := FromError(detailed.Err())
	if _, ok := failed.(*TransportError); !ok || failed.Transient() {
		t.Errorf("%#v (expected: a TransportError that does not pass)", failed)
	}
}

func TestAnUnknownOutcomeIsNeverWithoutEffect(t *testing.T) {
	request := &foldlogv1.AppendRequest{RequestId: "r"}
	last := FromError(refuse(t, codes.Unavailable, "NOT_READY"))
	err := outcomeUnknown(last, request)
	if !last.WithoutEffect() || err.WithoutEffect() {
		t.Errorf("without effect: %t, %t (expected: true, false)", last.WithoutEffect(), err.WithoutEffect())
	}
	var notReady *NotReadyError
	if !errors.As(err, &notReady) {
		t.Errorf("%v does not tell what the last try brought", err)
	}
	if err.(*OutcomeUnknownError).Request != request {
		t.Error("it has not its request")
	}
}
