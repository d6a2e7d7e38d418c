package foldlog

import (
	"errors"
	"slices"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	foldlogv1 "foldlog.dev/gen/foldlog/v1"
)

func TestAReadGoesOnBehindTheLastSequenceUnderItsSnapshot(t *testing.T) {
	var requests []*foldlogv1.ReadStreamRequest
	client := serve(t, &fakeServer{readStream: func(q *foldlogv1.ReadStreamRequest, to grpc.ServerStreamingServer[foldlogv1.ReadStreamResponse]) error {
		requests = append(requests, q)
		switch len(requests) {
		case 1:
			return errors.Join(to.Send(&foldlogv1.ReadStreamResponse{Events: recorded(3, 4), AsOfPosition: 9, LastSequence: 5}), errBroken)
		case 2:
			return errBroken
		default:
			return to.Send(&foldlogv1.ReadStreamResponse{Events: recorded(5), AsOfPosition: 9, LastSequence: 5})
		}
	}})
	request := &foldlogv1.ReadStreamRequest{PartitionKey: "a", AfterSequence: 2, Limit: 10}
	read := client.ReadStream(t.Context(), request)
	request.PartitionKey = "changed later"
	events, err := read.Collect()
	if err != nil || !slices.Equal(sequencesOf(events), []int64{3, 4, 5}) {
		t.Fatalf("%v, %v", events, err)
	}
	if read.AsOfPosition() != 9 || read.LastSequence() != 5 {
		t.Errorf("as of %d, last sequence %d (expected: 9, 5)", read.AsOfPosition(), read.LastSequence())
	}
	if first := requests[0]; first.GetAfterSequence() != 2 || first.GetAsOfPosition() != 0 || first.GetPartitionKey() != "a" {
		t.Errorf("first request: %v", first)
	}
	if last := requests[2]; last.GetAfterSequence() != 4 || last.GetLimit() != 8 || last.GetAsOfPosition() != 9 {
		t.Errorf("last request: %v (expected: what is left)", last)
	}
}

func TestARecentSliceIsReadAgainAndKnownEventsAreLeftOut(t *testing.T) {
	calls := 0
	client := serve(t, &fakeServer{readSince: func(q *foldlogv1.ReadStreamSinceRequest, to grpc.ServerStreamingServer[foldlogv1.ReadStreamSinceResponse]) error {
		calls++
		if calls == 1 {
			return errors.Join(to.Send(&foldlogv1.ReadStreamSinceResponse{Events: recorded(3, 4), AsOfPosition: 9, Truncated: true}), errBroken)
		}
		if q.GetLimit() != 3 || q.GetAsOfPosition() != 9 {
			return errNoAnswer
		}
		return to.Send(&foldlogv1.ReadStreamSinceResponse{Events: recorded(3, 4, 5), AsOfPosition: 9, Truncated: true})
	}})
	read := client.ReadStreamSince(t.Context(), &foldlogv1.ReadStreamSinceRequest{PartitionKey: "a", Limit: 3})
	events, err := read.Collect()
	if err != nil || !slices.Equal(sequencesOf(events), []int64{3, 4, 5}) || !read.Truncated() {
		t.Errorf("%v, %v", events, err)
	}
}

func TestAReadOfAllGoesOnWhereItHasLooked(t *testing.T) {
	var after []int64
	client := serve(t, &fakeServer{readAll: func(q *foldlogv1.ReadAllRequest, to grpc.ServerStreamingServer[foldlogv1.ReadAllResponse]) error {
		after = append(after, q.GetAfterPosition())
		if len(after) == 1 {
			return errors.Join(to.Send(&foldlogv1.ReadAllResponse{ScannedPosition: 500, AsOfPosition: 900}), errBroken)
		}
		return to.Send(&foldlogv1.ReadAllResponse{Events: recorded(600), ScannedPosition: 900, AsOfPosition: 900})
	}})
	read := client.ReadAll(t.Context(), nil)
	if events, err := read.Collect(); err != nil || len(events) != 1 || !slices.Equal(after, []int64{0, 500}) {
		t.Errorf("%v, %v, after %v (expected: 0, 500)", events, err, after)
	}
	if read.ScannedPosition() != 900 {
		t.Errorf("scanned: %d (expected: 900)", read.ScannedPosition())
	}
}

func TestAReadWhoseLimitIsReachedNeedsNoEnd(t *testing.T) {
	calls := 0
	client := serve(t, &fakeServer{readAll: func(_ *foldlogv1.ReadAllRequest, to grpc.ServerStreamingServer[foldlogv1.ReadAllResponse]) error {
		calls++
		return errors.Join(to.Send(&foldlogv1.ReadAllResponse{Events: recorded(1, 2), AsOfPosition: 9}), errBroken)
	}})
	events, err := client.ReadAll(t.Context(), &foldlogv1.ReadAllRequest{Limit: 2}).Collect()
	if err != nil || len(events) != 2 || calls != 1 {
		t.Errorf("%v, %v, %d calls (expected: 2 events of 1 call)", events, err, calls)
	}
}

func TestAReadGivesUpAfterItsTries(t *testing.T) {
	calls := 0
	client := serve(t, &fakeServer{readAll: func(*foldlogv1.ReadAllRequest, grpc.ServerStreamingServer[foldlogv1.ReadAllResponse]) error {
		calls++
		return errBroken
	}})
	if _, err := client.ReadAll(t.Context(), nil).Collect(); status.Code(err) != codes.Unavailable || calls != 5 {
		t.Errorf("%v after %d calls (expected: unavailable, after 5)", err, calls)
	}
}

func TestAStreamThatTheServerResetForRoomIsAskedForAgain(t *testing.T) {
	calls := 0
	client := serve(t, &fakeServer{readAll: func(_ *foldlogv1.ReadAllRequest, to grpc.ServerStreamingServer[foldlogv1.ReadAllResponse]) error {
		calls++
		if calls == 1 {
			return status.Error(codes.Canceled, "reset")
		}
		return to.Send(&foldlogv1.ReadAllResponse{Events: recorded(1), AsOfPosition: 1})
	}})
	if events, err := client.ReadAll(t.Context(), nil).Collect(); err != nil || len(events) != 1 {
		t.Errorf("%v, %v (expected: 1 event)", events, err)
	}
}

func TestLeavingTheLoopTellsTheServer(t *testing.T) {
	told := make(chan struct{})
	client := serve(t, &fakeServer{readAll: func(_ *foldlogv1.ReadAllRequest, to grpc.ServerStreamingServer[foldlogv1.ReadAllResponse]) error {
		if err := to.Send(&foldlogv1.ReadAllResponse{Events: recorded(1, 2), AsOfPosition: 9}); err != nil {
			return err
		}
		<-to.Context().Done()
		close(told)
		return to.Context().Err()
	}})
	read := client.ReadAll(t.Context(), nil)
	for range read.Events() {
		break
	}
	<-told
	if _, err := read.Collect(); !errors.Is(err, errReadUsed) {
		t.Errorf("%v (expected: used once)", err)
	}
}
