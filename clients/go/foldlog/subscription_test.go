package foldlog

import (
	"context"
	"errors"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/types/known/durationpb"

	foldlogv1 "foldlog.dev/gen/foldlog/v1"
)

type subscriber = grpc.ServerStreamingServer[foldlogv1.SubscribeAllResponse]

func confirm(store string, start int64) *foldlogv1.SubscribeAllResponse {
	return &foldlogv1.SubscribeAllResponse{Position: start, Kind: &foldlogv1.SubscribeAllResponse_Confirmed{
		Confirmed: &foldlogv1.Confirmed{StoreId: store, StartPosition: start, HeadPosition: 100},
	}}
}

func batchOf(positions ...int64) *foldlogv1.SubscribeAllResponse {
	return &foldlogv1.SubscribeAllResponse{Position: positions[len(positions)-1], Kind: &foldlogv1.SubscribeAllResponse_Batch{
		Batch: &foldlogv1.EventBatch{Events: recorded(positions...)},
	}}
}

func sendAll(to subscriber, messages ...*foldlogv1.SubscribeAllResponse) error {
	for _, message := range messages {
		if err := to.Send(message); err != nil {
			return err
		}
	}
	return nil
}

func TestASubscriptionResumesBehindTheLastEventInTheSameStore(t *testing.T) {
	var requests []*foldlogv1.SubscribeAllRequest
	client := serve(t, &fakeServer{subscribe: func(q *foldlogv1.SubscribeAllRequest, to subscriber) error {
		requests = append(requests, q)
		if len(requests) == 1 {
			return errors.Join(sendAll(to, confirm("store-1", 4), batchOf(5, 6)), errBroken)
		}
		return errors.Join(sendAll(to, confirm("store-1", 6), batchOf(7)), refuse(t, codes.OutOfRange, "RETENTION_GAP"))
	}})
	var seen []int64
	subscription := client.SubscribeAll(t.Context(), &foldlogv1.SubscribeAllRequest{
		Start: &foldlogv1.SubscribeAllRequest_Checkpoint{Checkpoint: "c"},
	})
	var gap *RetentionGapError
	for event, err := range subscription.Events() {
		if err == nil {
			seen = append(seen, event.GetPosition())
		} else if !errors.As(err, &gap) {
			t.Errorf("%v (expected: the gap)", err)
		}
	}
	if gap == nil || len(seen) != 3 || seen[2] != 7 || subscription.Position() != 7 || subscription.StoreID() != "store-1" {
		t.Errorf("%v, %v, at %d in %s", seen, gap, subscription.Position(), subscription.StoreID())
	}
	if first := requests[0]; first.GetCheckpoint() != "c" || first.GetStoreId() != "" {
		t.Errorf("first request: %v (expected: the checkpoint, in any store)", first)
	}
	if second := requests[1]; second.GetAfterPosition() != 6 || second.GetStoreId() != "store-1" {
		t.Errorf("second request: %v (expected: after 6 in store-1)", second)
	}
}

func TestAnEventInWhoseTurnTheLoopIsLeftIsNotPassed(t *testing.T) {
	client := serve(t, &fakeServer{subscribe: func(_ *foldlogv1.SubscribeAllRequest, to subscriber) error {
		if err := sendAll(to, confirm("store-1", 0), batchOf(1, 2, 3)); err != nil {
			return err
		}
		<-to.Context().Done()
		return to.Context().Err()
	}})
	subscription := client.SubscribeAll(t.Context(), nil)
	for event, err := range subscription.Events() {
		if err != nil {
			t.Fatal(err)
		}
		if event.GetPosition() == 2 {
			break
		}
	}
	if subscription.Position() != 1 {
		t.Errorf("position: %d (expected: 1)", subscription.Position())
	}
	for _, err := range subscription.Events() {
		if !errors.Is(err, errSubscriptionUsed) {
			t.Errorf("%v (expected: used once)", err)
		}
	}
}

func TestASubscriptionTellsAllKindsOfMessages(t *testing.T) {
	noticed := &foldlogv1.SubscribeAllResponse{Position: 50} // of a kind that is not known
	client := serve(t, &fakeServer{subscribe: func(_ *foldlogv1.SubscribeAllRequest, to subscriber) error {
		return errors.Join(sendAll(to, confirm("store-1", 0), batchOf(1),
			&foldlogv1.SubscribeAllResponse{Position: 2, Kind: &foldlogv1.SubscribeAllResponse_CaughtUp{CaughtUp: &foldlogv1.CaughtUp{}}},
			&foldlogv1.SubscribeAllResponse{Position: 3, Kind: &foldlogv1.SubscribeAllResponse_FellBehind{FellBehind: &foldlogv1.FellBehind{HeadPosition: 40}}},
			&foldlogv1.SubscribeAllResponse{Position: 4, Kind: &foldlogv1.SubscribeAllResponse_Heartbeat{Heartbeat: &foldlogv1.Heartbeat{HeadPosition: 41}}},
			noticed), refuse(t, codes.FailedPrecondition, "STORE_MISMATCH"))
	}})
	var told []Message
	for message, err := range client.SubscribeAll(t.Context(), nil).Messages() {
		if err == nil {
			told = append(told, message)
		}
	}
	if len(told) != 10 {
		t.Fatalf("%d messages (expected: 10): %v", len(told), told)
	}
	for i, position := range map[int]int64{2: 1, 4: 2, 6: 3, 8: 4, 9: 50} {
		if passed, ok := told[i].(*Passed); !ok || passed.Position != position {
			t.Errorf("message %d: %#v (expected: passed %d)", i, told[i], position)
		}
	}
	if fell, ok := told[5].(*FellBehind); !ok || fell.HeadPosition != 40 {
		t.Errorf("%#v (expected: fell behind 40)", told[5])
	}
	if beat, ok := told[7].(*Heartbeat); !ok || beat.HeadPosition != 41 {
		t.Errorf("%#v (expected: a heartbeat at 41)", told[7])
	}
}

func TestASilentServerIsLeftForAnotherConnection(t *testing.T) {
	connections := 0
	client := serve(t, &fakeServer{subscribe: func(_ *foldlogv1.SubscribeAllRequest, to subscriber) error {
		connections++
		if connections > 1 {
			return refuse(t, codes.OutOfRange, "RETENTION_GAP")
		}
		if err := to.Send(confirm("store-1", 0)); err != nil {
			return err
		}
		<-to.Context().Done()
		return to.Context().Err()
	}}, WithHeartbeatsMissedMax(2))
	var broken *Disconnected
	for message := range client.SubscribeAll(t.Context(), &foldlogv1.SubscribeAllRequest{
		HeartbeatInterval: durationpb.New(100 * time.Millisecond),
	}).Messages() {
		if it, ok := message.(*Disconnected); ok {
			broken = it
		}
	}
	if broken == nil || broken.Cause.Code() != codes.DeadlineExceeded {
		t.Errorf("%v (expected: disconnected for silence)", broken)
	}
}

func TestACancelledContextEndsASubscription(t *testing.T) {
	client := serve(t, &fakeServer{subscribe: func(_ *foldlogv1.SubscribeAllRequest, to subscriber) error {
		if err := sendAll(to, confirm("store-1", 0), batchOf(1)); err != nil {
			return err
		}
		<-to.Context().Done()
		return to.Context().Err()
	}})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var last error
	for _, err := range client.SubscribeAll(ctx, nil).Events() {
		cancel()
		last = err
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("%v (expected: cancelled)", last)
	}
}
