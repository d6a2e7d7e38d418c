package foldlog

import (
	"context"
	"errors"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	foldlogv1 "foldlog.dev/gen/foldlog/v1"
)

var errBroken = status.Error(codes.Unavailable, "broken")

func newEvent(artifact string) *foldlogv1.NewEvent {
	return &foldlogv1.NewEvent{Action: "approve", Producer: "p", ArtifactId: artifact, ArtifactType: "answer"}
}

// nobody is an address that nobody listens at.
func nobody(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	return listener.Addr().String()
}

func TestAnAppendIsTriedAgainWithTheSameIDsAndLeavesTheRequestAlone(t *testing.T) {
	var ids []string
	client := serve(t, &fakeServer{append: func(_ context.Context, q *foldlogv1.AppendRequest) (*foldlogv1.AppendResponse, error) {
		ids = append(ids, q.GetEvents()[0].GetEventId())
		if len(ids) < 3 {
			return nil, errBroken
		}
		return &foldlogv1.AppendResponse{Replayed: true}, nil
	}})
	event := newEvent("a")
	appended, err := client.AppendEvents(t.Context(), event)
	if err != nil || !appended.GetReplayed() {
		t.Fatalf("%v, %v", appended, err)
	}
	if len(ids) != 3 || ids[0] == "" || ids[0] != ids[1] || ids[1] != ids[2] {
		t.Errorf("ids: %q (expected: the same three times)", ids)
	}
	if event.GetEventId() != "" {
		t.Error("the caller's event was changed")
	}
}

func TestARequestIDLeavesTheEventsWithoutIDs(t *testing.T) {
	client := serve(t, &fakeServer{append: func(_ context.Context, q *foldlogv1.AppendRequest) (*foldlogv1.AppendResponse, error) {
		if q.GetEvents()[0].GetEventId() != "" {
			return nil, errNoAnswer
		}
		return &foldlogv1.AppendResponse{}, nil
	}})
	_, err := client.Append(t.Context(), &foldlogv1.AppendRequest{RequestId: client.NewEventID(), Events: []*foldlogv1.NewEvent{newEvent("a")}})
	if err != nil {
		t.Error(err)
	}
}

func TestANilEventIsRefused(t *testing.T) {
	client := serve(t, &fakeServer{})
	if _, err := client.AppendEvents(t.Context(), newEvent("a"), nil); err == nil || err.Error() != "foldlog: events[1]: nil (expected: an event)" {
		t.Errorf("%v", err)
	}
}

func TestADefiniteAnswerEndsTheDoubtAboutAnAppend(t *testing.T) {
	tries := 0
	client := serve(t, &fakeServer{append: func(context.Context, *foldlogv1.AppendRequest) (*foldlogv1.AppendResponse, error) {
		tries++
		if tries == 1 {
			return nil, errBroken
		}
		return nil, refuse(t, codes.Aborted, "CONCURRENCY_CONFLICT")
	}})
	_, err := client.AppendEvents(t.Context(), newEvent("a"))
	if _, ok := err.(*ConcurrencyConflictError); !ok || tries != 2 {
		t.Errorf("after %d tries: %v (expected: a conflict after 2)", tries, err)
	}
}

func TestARefusalOnTheWayDoesNotEndTheDoubtAboutAnAppend(t *testing.T) {
	tries := 0
	client := serve(t, &fakeServer{append: func(context.Context, *foldlogv1.AppendRequest) (*foldlogv1.AppendResponse, error) {
		tries++
		if tries == 1 {
			return nil, errBroken
		}
		return nil, status.Error(codes.PermissionDenied, "a proxy says no")
	}})
	_, err := client.AppendEvents(t.Context(), newEvent("a"))
	unknown, ok := err.(*OutcomeUnknownError)
	if !ok {
		t.Fatalf("%v (expected: an unknown outcome)", err)
	}
	if request, ok := unknown.Request.(*foldlogv1.AppendRequest); !ok || request.GetEvents()[0].GetEventId() == "" {
		t.Errorf("request: %v (expected: the append with its ids)", unknown.Request)
	}
}

func TestWhatNeverLeftThisMachineHadNoEffect(t *testing.T) {
	client, err := NewClient(nobody(t), WithRetry(RetryPolicy{TriesMax: 2, FirstPauseMax: 1, PauseMax: 1}))
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	_, err = client.AppendEvents(t.Context(), newEvent("a"))
	var failed *TransportError
	if !errors.As(err, &failed) || failed.Code() != codes.Unavailable || !failed.WithoutEffect() {
		t.Errorf("%#v (expected: a TransportError without effect)", err)
	}
	var unknown *OutcomeUnknownError
	if errors.As(err, &unknown) {
		t.Errorf("%v (expected: no doubt)", err)
	}
}

func TestOfACallersConnectionItIsNotKnownWhetherACallWasSent(t *testing.T) {
	conn, err := grpc.NewClient(nobody(t), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	client, err := NewClientOver(conn, WithRetry(RetryPolicy{TriesMax: 1, FirstPauseMax: 1, PauseMax: 1}))
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.AppendEvents(t.Context(), newEvent("a"))
	if _, ok := err.(*OutcomeUnknownError); !ok {
		t.Errorf("%v (expected: an unknown outcome)", err)
	}
}

func TestAMoveThatMayHaveHadAnEffectIsNotRepeated(t *testing.T) {
	for name, it := range map[string]struct {
		failure error
		tries   int32
	}{
		"broken":    {errBroken, 1},
		"not ready": {refuse(t, codes.Unavailable, "NOT_READY"), 5},
	} {
		var tries atomic.Int32
		client := serve(t, &fakeServer{commit: func(context.Context, *foldlogv1.CommitCheckpointRequest) (*foldlogv1.CommitCheckpointResponse, error) {
			tries.Add(1)
			return nil, it.failure
		}})
		if _, err := client.MoveCheckpoint(t.Context(), "c", 0, 1); err == nil || tries.Load() != it.tries {
			t.Errorf("%s: %d tries, %v (expected: %d)", name, tries.Load(), err, it.tries)
		}
	}
}

func TestACancelledContextEndsACallAndItsPauses(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	long := RetryPolicy{TriesMax: 5, FirstPauseMax: time.Hour, PauseMax: time.Hour}
	client := serve(t, &fakeServer{getEvent: func(context.Context, *foldlogv1.GetEventRequest) (*foldlogv1.GetEventResponse, error) {
		cancel()
		return nil, errBroken
	}}, WithRetry(long), WithDeadline(24*time.Hour))
	if _, err := client.GetEvent(ctx, "e"); !errors.Is(err, context.Canceled) {
		t.Errorf("%v (expected: cancelled)", err)
	}
}

func TestAPauseLongerThanWhatIsLeftIsNotMade(t *testing.T) {
	var tries atomic.Int32
	client := serve(t, &fakeServer{getEvent: func(context.Context, *foldlogv1.GetEventRequest) (*foldlogv1.GetEventResponse, error) {
		tries.Add(1)
		detailed, err := status.New(codes.Unavailable, "later").WithDetails(errorInfo("NOT_READY"), retryInfo(time.Hour))
		if err != nil {
			return nil, err
		}
		return nil, detailed.Err()
	}})
	_, err := client.GetEvent(t.Context(), "e")
	failed, ok := err.(*NotReadyError)
	if !ok || failed.RetryDelay() != time.Hour || tries.Load() != 1 {
		t.Errorf("after %d tries: %v (expected: what the server said, after 1)", tries.Load(), err)
	}
}

func TestASilentConnectionIsReplacedAndItsOtherCallsGoOn(t *testing.T) {
	var dialed atomic.Int32
	var tries atomic.Int32
	delivered := make(chan struct{})
	fake := &fakeServer{
		connections: func(net.Conn) { dialed.Add(1) },
		getEvent: func(ctx context.Context, _ *foldlogv1.GetEventRequest) (*foldlogv1.GetEventResponse, error) {
			if tries.Add(1) == 1 {
				<-ctx.Done()
				return nil, ctx.Err()
			}
			return &foldlogv1.GetEventResponse{Event: &foldlogv1.RecordedEvent{EventId: "e"}}, nil
		},
		readAll: func(_ *foldlogv1.ReadAllRequest, to grpc.ServerStreamingServer[foldlogv1.ReadAllResponse]) error {
			if err := to.Send(&foldlogv1.ReadAllResponse{Events: recorded(1), AsOfPosition: 2}); err != nil {
				return err
			}
			<-delivered
			return to.Send(&foldlogv1.ReadAllResponse{Events: recorded(2), AsOfPosition: 2})
		},
	}
	client := serve(t, fake, WithTryDeadline(time.Second))
	count := 0
	for _, err := range client.ReadAll(t.Context(), nil).Events() {
		if err != nil {
			t.Fatal(err)
		}
		if count++; count == 1 {
			if event, err := client.GetEvent(t.Context(), "e"); err != nil || event.GetEventId() != "e" {
				t.Fatalf("%v, %v", event, err)
			}
			close(delivered)
		}
	}
	if count != 2 || dialed.Load() != 2 {
		t.Errorf("%d events over %d connections (expected: 2 over 2)", count, dialed.Load())
	}
	if left := len(client.connections.open); left != 1 {
		t.Errorf("%d connections are open (expected: the one in use)", left)
	}
}

func TestClosingAClientDoesNotEndTheDoubtAboutAnAppend(t *testing.T) {
	asked := make(chan struct{})
	client := serve(t, &fakeServer{append: func(ctx context.Context, _ *foldlogv1.AppendRequest) (*foldlogv1.AppendResponse, error) {
		close(asked)
		<-ctx.Done()
		return nil, ctx.Err()
	}})
	underWay := make(chan error)
	go func() {
		_, err := client.AppendEvents(t.Context(), newEvent("a"))
		underWay <- err
	}()
	<-asked
	if err := client.Close(); err != nil {
		t.Error(err)
	}
	err := <-underWay
	if _, ok := err.(*OutcomeUnknownError); !ok || !errors.Is(err, ErrClosed) {
		t.Errorf("%v (expected: an unknown outcome, as the client was closed)", err)
	}
	_, err = client.AppendEvents(t.Context(), newEvent("a"))
	if failed, ok := err.(*TransportError); !ok || !failed.WithoutEffect() || !errors.Is(err, ErrClosed) {
		t.Errorf("%v (expected: closed, without effect)", err)
	}
}

func TestAClosedClientSaysSo(t *testing.T) {
	asked := make(chan struct{})
	client := serve(t, &fakeServer{getEvent: func(ctx context.Context, _ *foldlogv1.GetEventRequest) (*foldlogv1.GetEventResponse, error) {
		close(asked)
		<-ctx.Done()
		return nil, ctx.Err()
	}})
	underWay := make(chan error)
	go func() {
		_, err := client.GetEvent(t.Context(), "e")
		underWay <- err
	}()
	<-asked
	if err := errors.Join(client.Close(), client.Close()); err != nil {
		t.Error(err)
	}
	if err := <-underWay; !errors.Is(err, ErrClosed) {
		t.Errorf("under way: %v (expected: closed)", err)
	}
	if _, err := client.GetEvent(t.Context(), "e"); !errors.Is(err, ErrClosed) {
		t.Errorf("call: %v (expected: closed)", err)
	}
	if _, err := client.ReadAll(t.Context(), nil).Collect(); !errors.Is(err, ErrClosed) {
		t.Errorf("read: %v (expected: closed)", err)
	}
}

func TestClosingAClientOverACallersConnectionEndsItsStreamsOnly(t *testing.T) {
	subscribed := make(chan struct{})
	own := serve(t, &fakeServer{
		subscribe: func(_ *foldlogv1.SubscribeAllRequest, to grpc.ServerStreamingServer[foldlogv1.SubscribeAllResponse]) error {
			close(subscribed)
			<-to.Context().Done()
			return nil
		},
		getEvent: func(context.Context, *foldlogv1.GetEventRequest) (*foldlogv1.GetEventResponse, error) {
			return &foldlogv1.GetEventResponse{}, nil
		},
	})
	client, err := NewClientOver(own.connections.current)
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		<-subscribed
		if err := client.Close(); err != nil {
			t.Error(err)
		}
	}()
	for _, err := range client.SubscribeAll(t.Context(), nil).Events() {
		if !errors.Is(err, ErrClosed) {
			t.Errorf("%v (expected: closed)", err)
		}
	}
	if _, err := own.GetEvent(t.Context(), "e"); err != nil {
		t.Errorf("the caller's connection: %v", err)
	}
}
