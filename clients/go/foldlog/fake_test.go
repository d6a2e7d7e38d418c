package foldlog

import (
	"context"
	"net"
	"sync"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/grpc/test/bufconn"
	"google.golang.org/protobuf/types/known/durationpb"

	foldlogv1 "foldlog.dev/gen/foldlog/v1"
)

// fakeServer answers as a test says, over a connection in memory. A method without an answer is unimplemented.
type fakeServer struct {
	foldlogv1.UnimplementedEventStoreServer
	foldlogv1.UnimplementedCheckpointsServer

	append      func(context.Context, *foldlogv1.AppendRequest) (*foldlogv1.AppendResponse, error)
	getEvent    func(context.Context, *foldlogv1.GetEventRequest) (*foldlogv1.GetEventResponse, error)
	commit      func(context.Context, *foldlogv1.CommitCheckpointRequest) (*foldlogv1.CommitCheckpointResponse, error)
	readStream  func(*foldlogv1.ReadStreamRequest, grpc.ServerStreamingServer[foldlogv1.ReadStreamResponse]) error
	readSince   func(*foldlogv1.ReadStreamSinceRequest, grpc.ServerStreamingServer[foldlogv1.ReadStreamSinceResponse]) error
	readAll     func(*foldlogv1.ReadAllRequest, grpc.ServerStreamingServer[foldlogv1.ReadAllResponse]) error
	subscribe   func(*foldlogv1.SubscribeAllRequest, grpc.ServerStreamingServer[foldlogv1.SubscribeAllResponse]) error
	connections func(net.Conn)
}

var errNoAnswer = status.Error(codes.Unimplemented, "the test has no answer")

func (f *fakeServer) Append(ctx context.Context, q *foldlogv1.AppendRequest) (*foldlogv1.AppendResponse, error) {
	if f.append == nil {
		return nil, errNoAnswer
	}
	return f.append(ctx, q)
}

func (f *fakeServer) GetEvent(ctx context.Context, q *foldlogv1.GetEventRequest) (*foldlogv1.GetEventResponse, error) {
	if f.getEvent == nil {
		return nil, errNoAnswer
	}
	return f.getEvent(ctx, q)
}

func (f *fakeServer) CommitCheckpoint(ctx context.Context, q *foldlogv1.CommitCheckpointRequest) (*foldlogv1.CommitCheckpointResponse, error) {
	if f.commit == nil {
		return nil, errNoAnswer
	}
	return f.commit(ctx, q)
}

func (f *fakeServer) ReadStream(q *foldlogv1.ReadStreamRequest, to grpc.ServerStreamingServer[foldlogv1.ReadStreamResponse]) error {
	if f.readStream == nil {
		return errNoAnswer
	}
	return f.readStream(q, to)
}

func (f *fakeServer) ReadStreamSince(q *foldlogv1.ReadStreamSinceRequest, to grpc.ServerStreamingServer[foldlogv1.ReadStreamSinceResponse]) error {
	if f.readSince == nil {
		return errNoAnswer
	}
	return f.readSince(q, to)
}

func (f *fakeServer) ReadAll(q *foldlogv1.ReadAllRequest, to grpc.ServerStreamingServer[foldlogv1.ReadAllResponse]) error {
	if f.readAll == nil {
		return errNoAnswer
	}
	return f.readAll(q, to)
}

func (f *fakeServer) SubscribeAll(q *foldlogv1.SubscribeAllRequest, to grpc.ServerStreamingServer[foldlogv1.SubscribeAllResponse]) error {
	if f.subscribe == nil {
		return errNoAnswer
	}
	return f.subscribe(q, to)
}

// serve starts the fake, and is a client of it that makes short pauses.
func serve(t *testing.T, fake *fakeServer, opts ...Option) *Client {
	t.Helper()
	listener := bufconn.Listen(1 << 20)
	server := grpc.NewServer()
	foldlogv1.RegisterEventStoreServer(server, fake)
	foldlogv1.RegisterCheckpointsServer(server, fake)
	var serving sync.WaitGroup
	serving.Go(func() { _ = server.Serve(listener) })
	dial := grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) {
		conn, err := listener.DialContext(ctx)
		if err == nil && fake.connections != nil {
			fake.connections(conn)
		}
		return conn, err
	})
	short := RetryPolicy{TriesMax: 5, FirstPauseMax: time.Millisecond, PauseMax: 10 * time.Millisecond}
	client, err := NewClient("passthrough:///fake", append([]Option{WithDialOptions(dial), WithRetry(short)}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := client.Close(); err != nil {
			t.Error(err)
		}
		server.Stop()
		serving.Wait()
	})
	return client
}

// refuse is a server's error with a reason of Foldlog's.
func refuse(t *testing.T, code codes.Code, reason string) error {
	t.Helper()
	detailed, err := status.New(code, "the test says "+reason).WithDetails(errorInfo(reason))
	if err != nil {
		t.Fatal(err)
	}
	return detailed.Err()
}

// recorded are events of one partition with these sequences, which are their positions too.
func recorded(sequences ...int64) []*foldlogv1.RecordedEvent {
	events := make([]*foldlogv1.RecordedEvent, len(sequences))
	for i, sequence := range sequences {
		events[i] = &foldlogv1.RecordedEvent{Sequence: sequence, Position: sequence, PartitionKey: "a"}
	}
	return events
}

func sequencesOf(events []*foldlogv1.RecordedEvent) []int64 {
	sequences := make([]int64, len(events))
	for i, event := range events {
		sequences[i] = event.GetSequence()
	}
	return sequences
}

func retryInfo(delay time.Duration) *errdetails.RetryInfo {
	return &errdetails.RetryInfo{RetryDelay: durationpb.New(delay)}
}
