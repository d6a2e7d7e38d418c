package foldlog

import (
	"context"
	"errors"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/peer"
	"google.golang.org/protobuf/proto"

	foldlogv1 "foldlog.dev/gen/foldlog/v1"
)

// repeat is what a call does, and so when it may be made again.
type repeat int

const (
	// readOnly: it only reads; again whenever the failure may pass.
	readOnly repeat = iota
	// writeWithIDs: it writes under ids that make a second time the same as the first; again whenever
	// the failure may pass.
	writeWithIDs
	// writeOnce: it writes without such ids; again only when it is certain that it took no effect.
	writeOnce
)

// unary is a method of the stubs with one answer.
type unary[Q, A proto.Message] func(ctx context.Context, conn grpc.ClientConnInterface, request Q, with ...grpc.CallOption) (A, error)

func eventStore[Q, A proto.Message](method func(foldlogv1.EventStoreClient, context.Context, Q, ...grpc.CallOption) (A, error)) unary[Q, A] {
	return func(ctx context.Context, conn grpc.ClientConnInterface, request Q, with ...grpc.CallOption) (A, error) {
		return method(foldlogv1.NewEventStoreClient(conn), ctx, request, with...)
	}
}

func checkpoints[Q, A proto.Message](method func(foldlogv1.CheckpointsClient, context.Context, Q, ...grpc.CallOption) (A, error)) unary[Q, A] {
	return func(ctx context.Context, conn grpc.ClientConnInterface, request Q, with ...grpc.CallOption) (A, error) {
		return method(foldlogv1.NewCheckpointsClient(conn), ctx, request, with...)
	}
}

// unaryCall is one call with its tries. Confined to one goroutine.
type unaryCall[Q, A proto.Message] struct {
	client  *Client
	method  unary[Q, A]
	request Q
	repeat  repeat

	backoff *backoff
	tries   int
	inDoubt bool
}

// answer makes a call until it is answered, or no other try is safe or of use.
func answer[Q, A proto.Message](ctx context.Context, c *Client, method unary[Q, A], request Q, repeat repeat) (A, error) {
	call := &unaryCall[Q, A]{client: c, method: method, request: request, repeat: repeat, backoff: newBackoff(c.options.retry)}
	ctx, cancel := context.WithTimeout(ctx, c.options.deadline)
	defer cancel()
	return call.answer(ctx)
}

func (u *unaryCall[Q, A]) answer(ctx context.Context) (A, error) {
	var none A
	for {
		conn, err := u.client.connections.acquire()
		if err != nil {
			return none, u.told(FromError(err))
		}
		answer, failed := u.try(ctx, conn)
		u.client.connections.release(conn)
		if failed == nil {
			return answer, nil
		}
		if err := u.afterFailure(ctx, conn, failed); err != nil {
			return none, err
		}
	}
}

func (u *unaryCall[Q, A]) try(ctx context.Context, conn *connection) (A, Error) {
	ctx, cancel := context.WithTimeout(ctx, u.client.options.tryDeadline)
	defer cancel()
	u.tries++
	var taken peer.Peer
	answer, err := u.method(ctx, conn, u.request, grpc.Peer(&taken))
	if err != nil {
		// gRPC names a peer if it had a connection to put the call on. Of a caller's connection that is
		// not known: what implements it may name none.
		return answer, u.client.connections.explained(failure(err, conn.own == nil || taken.Addr != nil))
	}
	return answer, nil
}

// afterFailure pauses before another try, or is the error of the call.
func (u *unaryCall[Q, A]) afterFailure(ctx context.Context, conn *connection, failed Error) error {
	u.inDoubt = u.inDoubt || u.repeat != readOnly && !failed.WithoutEffect()
	if err := ctx.Err(); err != nil && failed.ReasonName() == "" {
		if !errors.Is(failed, err) {
			failed = contextFailure(ctx, failed)
		}
		return u.told(failed)
	}
	mayRepeat := failed.Transient() && u.tries < u.client.options.retry.TriesMax &&
		(u.repeat != writeOnce || failed.WithoutEffect())
	if !mayRepeat {
		return u.told(failed)
	}
	pause := u.backoff.after(failed)
	if end, ok := ctx.Deadline(); ok && pause >= time.Until(end) {
		return u.told(failed)
	}
	if !hasPaused(ctx, pause) {
		return u.told(contextFailure(ctx, failed))
	}
	if err := u.client.connections.recover(ctx, conn, failed.Code() == codes.DeadlineExceeded); err != nil {
		if ctx.Err() != nil {
			err = contextFailure(ctx, failed)
		}
		return u.told(FromError(err))
	}
	return nil
}

// told is the error for the caller. A definite answer of the server ends a doubt: ids are looked up
// first, so a try that had been stored would have been answered.
func (u *unaryCall[Q, A]) told(failed Error) error {
	isEnd := failed.ReasonName() != "" && failed.WithoutEffect() && !failed.Transient()
	if u.inDoubt && !isEnd {
		return outcomeUnknown(failed, u.request)
	}
	return failed
}

// hasPaused waits, and tells whether the context lasted.
func hasPaused(ctx context.Context, pause time.Duration) bool {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
