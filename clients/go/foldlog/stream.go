package foldlog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"

	foldlogv1 "foldlog.dev/gen/foldlog/v1"
)

// opener is a method of the stubs with a stream of answers.
type opener[Q, A any] func(client foldlogv1.EventStoreClient, ctx context.Context, request *Q, with ...grpc.CallOption) (grpc.ServerStreamingClient[A], error)

// stream is one call with a stream of answers, pulled one by one: what is not pulled waits on the server,
// but for a window of the connection. Confined to one goroutine.
type stream[A any] struct {
	connections *connections
	conn        *connection
	ctx         context.Context
	cancel      context.CancelCauseFunc
	// detach ends what ends the stream with its client.
	detach  func() bool
	answers grpc.ServerStreamingClient[A]
	// outer is the context of the user, which ends the stream without its being an error of the way.
	outer  context.Context
	closed bool
}

// errEnded is the end of a stream that the server has ended well.
var errEnded = errors.New("foldlog: the stream has ended")

// silence is the cause of a stream's end when nothing came for too long.
type silence time.Duration

func (s silence) Error() string {
	return fmt.Sprintf("the server said nothing for %s", time.Duration(s))
}

// openStream makes the call. A stream that is there must be closed, also beside an error.
func openStream[Q, A any](ctx context.Context, c *connections, open opener[Q, A], request *Q) (*stream[A], error) {
	conn, err := c.acquire()
	if err != nil {
		return nil, err
	}
	s := &stream[A]{connections: c, conn: conn, outer: ctx}
	s.ctx, s.cancel = context.WithCancelCause(ctx)
	s.detach = context.AfterFunc(c.closing, func() { s.cancel(ErrClosed) })
	s.answers, err = open(foldlogv1.NewEventStoreClient(conn), s.ctx, request)
	if err != nil {
		failed := s.failure(err)
		s.close()
		return s, failed
	}
	return s, nil
}

// next is the next answer, waited for no longer than silenceMax; errEnded at the end.
func (s *stream[A]) next(silenceMax time.Duration) (*A, error) {
	timer := time.AfterFunc(silenceMax, func() { s.cancel(silence(silenceMax)) })
	answer, err := s.answers.Recv()
	timer.Stop()
	switch {
	case err == nil:
		return answer, nil
	case errors.Is(err, io.EOF):
		return nil, errEnded
	default:
		return nil, s.failure(err)
	}
}

func (s *stream[A]) failure(err error) Error {
	if s.outer.Err() != nil {
		return contextFailure(s.outer, nil)
	}
	var silent silence
	if errors.As(context.Cause(s.ctx), &silent) {
		return transportFailure(codes.DeadlineExceeded, silent.Error(), silent)
	}
	failed := s.connections.explained(failure(err, true))
	if errors.Is(failed, ErrClosed) {
		return failed
	}
	if failed.Code() == codes.Canceled {
		// Not by us: a server resets a stream whose reader was too slow when others need the room. It can
		// be asked for again.
		return transportFailure(codes.Unavailable, "the server ended the stream, which was read too slowly", failed)
	}
	return failed
}

// isSilent tells whether a failure is that nothing came for too long.
func isSilent(failed Error) bool {
	var silent silence
	return errors.As(failed, &silent)
}

// close ends the call if it still runs; the server is told. Safe to repeat.
func (s *stream[A]) close() {
	if s.closed {
		return
	}
	s.closed = true
	s.detach()
	s.cancel(context.Canceled)
	s.connections.release(s.conn)
}
