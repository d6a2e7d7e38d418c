package foldlog

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	foldlogv1 "foldlog.dev/gen/foldlog/v1"
)

// unitServer answers every read with the same events, as of position 9, and keeps what is asked.
type unitServer struct {
	fakeServer
	asOf    int64
	reads   int
	asked   []int64 // the snapshots of the reads
	appends []*foldlogv1.AppendRequest
	answers []error // of the appends; then they succeed
}

func serveUnits(t *testing.T) (*unitServer, *Client) {
	u := &unitServer{asOf: 9}
	u.readStream = func(q *foldlogv1.ReadStreamRequest, to grpc.ServerStreamingServer[foldlogv1.ReadStreamResponse]) error {
		u.read(q.GetAsOfPosition())
		return to.Send(&foldlogv1.ReadStreamResponse{Events: recorded(3), AsOfPosition: u.asOf, LastSequence: 3})
	}
	u.readSince = func(q *foldlogv1.ReadStreamSinceRequest, to grpc.ServerStreamingServer[foldlogv1.ReadStreamSinceResponse]) error {
		u.read(q.GetAsOfPosition())
		return to.Send(&foldlogv1.ReadStreamSinceResponse{Events: recorded(2, 3), AsOfPosition: u.asOf, LastSequence: 3})
	}
	u.readAll = func(q *foldlogv1.ReadAllRequest, to grpc.ServerStreamingServer[foldlogv1.ReadAllResponse]) error {
		u.read(q.GetAsOfPosition())
		return to.Send(&foldlogv1.ReadAllResponse{Events: recorded(3), AsOfPosition: u.asOf})
	}
	u.append = func(_ context.Context, q *foldlogv1.AppendRequest) (*foldlogv1.AppendResponse, error) {
		u.appends = append(u.appends, q)
		if n := len(u.appends); n <= len(u.answers) && u.answers[n-1] != nil {
			return nil, u.answers[n-1]
		}
		return &foldlogv1.AppendResponse{}, nil
	}
	return u, serve(t, &u.fakeServer, WithRerunsMax(2))
}

func (u *unitServer) read(asOfPosition int64) {
	u.reads++
	u.asked = append(u.asked, asOfPosition)
}

func actions(actions ...string) *foldlogv1.EventFilter {
	return &foldlogv1.EventFilter{Actions: actions}
}

func TestWhatWasReadBecomesThePreconditionsOfTheCommit(t *testing.T) {
	server, client := serveUnits(t)
	since := timestamppb.New(time.Unix(1_700_000_000, 0))
	later := timestamppb.New(time.Unix(1_800_000_000, 0))
	err := client.WithTransaction(t.Context(), func(ctx context.Context, unit *UnitOfWork) error {
		var failures []error
		read := func(_ []*foldlogv1.RecordedEvent, err error) { failures = append(failures, err) }
		read(unit.ReadStream(ctx, &foldlogv1.ReadStreamRequest{PartitionKey: "a"}))
		read(unit.ReadStream(ctx, &foldlogv1.ReadStreamRequest{PartitionKey: "a", Limit: 1, Filter: &foldlogv1.EventFilter{}}))
		read(unit.ReadStream(ctx, &foldlogv1.ReadStreamRequest{PartitionKey: "b", Filter: actions("x")}))
		read(unit.ReadStream(ctx, &foldlogv1.ReadStreamRequest{PartitionKey: "b", Filter: &foldlogv1.EventFilter{PartitionKeys: []string{"c"}}}))
		read(unit.ReadStreamSince(ctx, &foldlogv1.ReadStreamSinceRequest{PartitionKey: "b", Since: since}))
		read(unit.ReadStreamSince(ctx, &foldlogv1.ReadStreamSinceRequest{PartitionKey: "b", Since: since, Filter: &foldlogv1.EventFilter{Since: later}}))
		read(unit.ReadAll(ctx, &foldlogv1.ReadAllRequest{Filter: actions("y")}))
		read(unit.ReadAll(ctx, &foldlogv1.ReadAllRequest{Filter: actions("y"), Limit: 1}))
		return errors.Join(append(failures, unit.Append(newEvent("a")), unit.MoveCheckpoint("c", 1, 2))...)
	})
	if err != nil {
		t.Fatal(err)
	}
	wanted := []*foldlogv1.Precondition{
		AtSequence("a", 3),
		NoEventsMatching(&foldlogv1.EventFilter{PartitionKeys: []string{"b"}, Actions: []string{"x"}}, 9),
		NoEventsMatching(&foldlogv1.EventFilter{PartitionKeys: []string{"b"}, Since: since}, 9),
		NoEventsMatching(&foldlogv1.EventFilter{PartitionKeys: []string{"b"}, Since: later}, 9),
		NoEventsMatching(actions("y"), 9),
	}
	commit := server.appends[0]
	if !slices.EqualFunc(commit.GetPreconditions(), wanted, func(a, b *foldlogv1.Precondition) bool { return proto.Equal(a, b) }) {
		t.Errorf("preconditions: %v (expected: %v)", commit.GetPreconditions(), wanted)
	}
	if !slices.Equal(server.asked, []int64{0, 9, 9, 9, 9, 9, 9, 9}) {
		t.Errorf("snapshots: %v (expected: that of the first read)", server.asked)
	}
	if event := commit.GetEvents()[0]; event.GetEventId() == "" || event.GetTimestamp() == nil {
		t.Errorf("event: %v (expected: with id and time)", event)
	}
	if move := commit.GetCheckpoints()[0]; move.GetName() != "c" || move.GetExpectedPosition() != 1 || move.GetPosition() != 2 {
		t.Errorf("checkpoint: %v", move)
	}
}

func TestAUnitSeesItsOwnEventsBehindThoseStored(t *testing.T) {
	_, client := serveUnits(t)
	err := client.WithTransaction(t.Context(), func(ctx context.Context, unit *UnitOfWork) error {
		own := newEvent("a")
		own.EventId, own.Payload, own.Metadata = "own", BytesPayload([]byte{1}, "x/y"), map[string]string{"k": "v"}
		if err := errors.Join(unit.Append(own), unit.Append(newEvent("b"))); err != nil {
			return err
		}
		forward, err := unit.ReadStream(ctx, &foldlogv1.ReadStreamRequest{PartitionKey: "a"})
		check(t, "forward", forward, err, "", "own")
		if event := forward[1]; event.GetPosition() != 0 || event.GetSequence() != 0 || event.GetEventVersion() != 1 || event.GetPartitionKey() != "a" {
			t.Errorf("own event: %v", event)
		}
		backward := foldlogv1.Direction_DIRECTION_BACKWARD
		events, err := unit.ReadStream(ctx, &foldlogv1.ReadStreamRequest{PartitionKey: "a", Direction: backward})
		check(t, "backward", events, err, "own", "")
		events, err = unit.ReadStream(ctx, &foldlogv1.ReadStreamRequest{PartitionKey: "a", Direction: backward, AfterSequence: 9})
		check(t, "backward from a place", events, err, "")
		events, err = unit.ReadStream(ctx, &foldlogv1.ReadStreamRequest{PartitionKey: "a", Limit: 1})
		check(t, "limited", events, err, "")
		events, err = unit.ReadStream(ctx, &foldlogv1.ReadStreamRequest{PartitionKey: "a", Options: &foldlogv1.ReadOptions{HeadersOnly: true}})
		check(t, "headers", events, err, "", "own")
		if event := events[1]; event.GetPayload() != nil || event.GetMetadata() != nil {
			t.Errorf("headers: %v", event)
		}
		events, err = unit.ReadStreamSince(ctx, &foldlogv1.ReadStreamSinceRequest{PartitionKey: "a", Since: timestamppb.New(time.Unix(0, 0)), Limit: 2})
		check(t, "since, the newest", events, err, "", "own")
		events, err = unit.ReadAll(ctx, &foldlogv1.ReadAllRequest{Filter: &foldlogv1.EventFilter{ArtifactIds: []string{"a"}}, Direction: backward})
		check(t, "all, backward", events, err, "own", "")
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func check(t *testing.T, what string, events []*foldlogv1.RecordedEvent, err error, ids ...string) {
	t.Helper()
	var actual []string
	for _, event := range events {
		actual = append(actual, event.GetEventId())
	}
	if err != nil || !slices.Equal(actual, ids) {
		t.Errorf("%s: %q, %v (expected: %q)", what, actual, err, ids)
	}
}

func TestOfAnEmptyStoreOnlyTheFirstReadAsks(t *testing.T) {
	server, client := serveUnits(t)
	server.asOf = 0
	server.readStream = func(_ *foldlogv1.ReadStreamRequest, to grpc.ServerStreamingServer[foldlogv1.ReadStreamResponse]) error {
		server.reads++
		return to.Send(&foldlogv1.ReadStreamResponse{})
	}
	err := client.WithTransaction(t.Context(), func(ctx context.Context, unit *UnitOfWork) error {
		for range 2 {
			if events, err := unit.ReadStream(ctx, &foldlogv1.ReadStreamRequest{PartitionKey: "a"}); err != nil || len(events) > 0 {
				return errors.Join(err, errors.New("not empty"))
			}
		}
		if events, err := unit.ReadAll(ctx, &foldlogv1.ReadAllRequest{}); err != nil || len(events) > 0 {
			return errors.Join(err, errors.New("not empty"))
		}
		if position, known := unit.AsOfPosition(); position != 0 || !known {
			t.Errorf("snapshot: %d, %t (expected: 0, known)", position, known)
		}
		return nil
	})
	if err != nil || server.reads != 1 {
		t.Errorf("%v, %d reads (expected: 1)", err, server.reads)
	}
}

func TestAConflictRunsTheFunctionAgainAndNothingElseDoes(t *testing.T) {
	conflict := refuse(t, codes.Aborted, "CONCURRENCY_CONFLICT")
	for name, it := range map[string]struct {
		answers []error
		runs    int
		fails   bool
	}{
		"one conflict":      {[]error{conflict}, 2, false},
		"too many":          {[]error{conflict, conflict, conflict}, 3, true},
		"broken":            {[]error{errBroken}, 1, false},
		"moved checkpoint":  {[]error{refuse(t, codes.Aborted, "CHECKPOINT_MOVED")}, 1, true},
		"broken, conflicts": {[]error{errBroken, conflict}, 2, false},
	} {
		server, client := serveUnits(t)
		server.answers = it.answers
		runs := 0
		err := client.WithTransaction(t.Context(), func(_ context.Context, unit *UnitOfWork) error {
			runs++
			return unit.Append(newEvent("a"))
		})
		if runs != it.runs || (err != nil) != it.fails {
			t.Errorf("%s: %d runs, %v (expected: %d)", name, runs, err, it.runs)
		}
	}
}

func TestAUnitThatFailedCommitsNothing(t *testing.T) {
	mine := errors.New("mine")
	server, client := serveUnits(t)
	server.readStream = nil
	for name, it := range map[string]struct {
		function func(context.Context, *UnitOfWork) error
		fails    func(error) bool
	}{
		"an error of the function": {
			func(_ context.Context, unit *UnitOfWork) error { return errors.Join(unit.Append(newEvent("a")), mine) },
			func(err error) bool { return errors.Is(err, mine) },
		},
		"a read whose error was ignored": {
			func(ctx context.Context, unit *UnitOfWork) error {
				_, _ = unit.ReadStream(ctx, &foldlogv1.ReadStreamRequest{PartitionKey: "a"})
				return unit.Append(newEvent("a"))
			},
			func(err error) bool { var failed *TransportError; return errors.As(err, &failed) },
		},
		"an append whose error was ignored": {
			func(_ context.Context, unit *UnitOfWork) error {
				_ = unit.Append(nil)
				return unit.Append(newEvent("a"))
			},
			func(err error) bool { return err != nil },
		},
		"a checkpoint alone": {
			func(_ context.Context, unit *UnitOfWork) error { return unit.MoveCheckpoint("c", 0, 1) },
			func(err error) bool { return err != nil },
		},
		"nothing to commit": {
			func(context.Context, *UnitOfWork) error { return nil },
			func(err error) bool { return err == nil },
		},
	} {
		if err := client.WithTransaction(t.Context(), it.function); !it.fails(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(server.appends) > 0 {
		t.Errorf("committed: %v", server.appends)
	}
}

func TestAUnitRefusesWhatItCannotAnswer(t *testing.T) {
	server, client := serveUnits(t)
	expression := &foldlogv1.EventFilter{AnyOf: []*foldlogv1.EventFilter{{Expression: "event.action == 'x'"}}}
	asStruct := &foldlogv1.ReadOptions{PayloadForm: foldlogv1.PayloadForm_PAYLOAD_FORM_STRUCT}
	for name, request := range map[string]*foldlogv1.ReadAllRequest{
		"a snapshot of its own": {AsOfPosition: 3},
		"an expression":         {Filter: expression},
		"a form":                {Options: asStruct},
	} {
		err := client.WithTransaction(t.Context(), func(ctx context.Context, unit *UnitOfWork) error {
			if request.GetAsOfPosition() == 0 {
				if _, err := unit.ReadAll(ctx, request); err != nil {
					t.Errorf("%s before an append: %v", name, err)
				}
			}
			if err := unit.Append(newEvent("a")); err != nil {
				return err
			}
			_, err := unit.ReadAll(ctx, request)
			return err
		})
		if err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if len(server.appends) > 0 {
		t.Errorf("committed: %v", server.appends)
	}
}

func TestAUnitIsOfNoUseAfterItsFunction(t *testing.T) {
	_, client := serveUnits(t)
	var kept *UnitOfWork
	if err := client.WithTransaction(t.Context(), func(_ context.Context, unit *UnitOfWork) error {
		kept = unit
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	_, read := kept.ReadAll(t.Context(), nil)
	for _, err := range []error{read, kept.Append(newEvent("a")), kept.MoveCheckpoint("c", 0, 1)} {
		if !errors.Is(err, ErrUnitOver) {
			t.Errorf("%v (expected: over)", err)
		}
	}
}
