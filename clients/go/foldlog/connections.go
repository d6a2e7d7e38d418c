package foldlog

import (
	"context"
	"errors"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/connectivity"
	"google.golang.org/grpc/keepalive"
)

const (
	answerBytesMax        = 64 << 20
	streamWindowBytes     = 1 << 20
	connectionWindowBytes = 8 << 20

	// reconnectPatience is how long another try waits for the connection to come back.
	reconnectPatience = time.Second
)

var keepaliveParameters = keepalive.ClientParameters{Time: 30 * time.Second, Timeout: 10 * time.Second}

// ErrClosed is the error of a use of a client after its Close.
var ErrClosed = errors.New("foldlog: the client is closed")

// connections is where calls go: one connection at a time, replaced when it may be dead without
// anybody knowing. Calls on a connection that was replaced go on there until they end. Safe for
// concurrent use.
type connections struct {
	// dial makes a connection; nil when there is but one, the caller's.
	dial func() (*grpc.ClientConn, error)
	// closing ends when the client is closed, and with it all streams.
	closing context.Context
	end     context.CancelFunc

	mu      sync.Mutex
	current *connection
	closed  bool
	// open are all that are not closed: the current one, and those replaced that still have calls.
	open map[*connection]struct{}
}

// connection is one that calls go over. Its fields are guarded by the lock of its connections.
type connection struct {
	grpc.ClientConnInterface
	// own is the same, when it is this package's; nil when it is the caller's.
	own   *grpc.ClientConn
	calls int
}

func ownConnections(dial func() (*grpc.ClientConn, error)) (*connections, error) {
	c := &connections{dial: dial, open: map[*connection]struct{}{}}
	c.closing, c.end = context.WithCancel(context.Background())
	if err := c.renewLocked(); err != nil {
		return nil, err
	}
	return c, nil
}

func callersConnection(conn grpc.ClientConnInterface) *connections {
	c := &connections{current: &connection{ClientConnInterface: conn}}
	c.closing, c.end = context.WithCancel(context.Background())
	return c
}

// acquire is the connection for a call, which releases it when it has ended.
func (c *connections) acquire() (*connection, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return nil, closedFailure(nil)
	}
	c.current.calls++
	return c.current, nil
}

func (c *connections) release(used *connection) {
	c.mu.Lock()
	defer c.mu.Unlock()
	used.calls--
	c.closeIfUnusedLocked(used)
}

// explained is a failure on a connection of this client's, or that the client was closed, if that is why.
func (c *connections) explained(failed Error) Error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.closed || failed.ReasonName() != "" {
		return failed
	}
	return closedFailure(failed)
}

// closedFailure is a call on a closed client, or, after a failure, one that was under way.
func closedFailure(underWay Error) Error {
	if underWay == nil {
		closed := transportFailure(codes.Canceled, "the client is closed", ErrClosed)
		closed.base().sent = false
		return closed
	}
	return transportFailure(codes.Canceled, "the client was closed", ErrClosed, underWay)
}

// recover prepares another try after a failure on a connection: a silent one is replaced; one that
// broke gets some time to come back. It fails with the context.
func (c *connections) recover(ctx context.Context, failed *connection, silent bool) error {
	if failed.own == nil {
		return ctx.Err()
	}
	if silent {
		return c.replace(failed)
	}
	current, err := c.acquire()
	if err != nil {
		return err
	}
	defer c.release(current)
	awaitReady(ctx, current.own)
	return ctx.Err()
}

// awaitReady waits until calls can be made, for a bounded time.
func awaitReady(ctx context.Context, conn *grpc.ClientConn) {
	ctx, cancel := context.WithTimeout(ctx, reconnectPatience)
	defer cancel()
	conn.ResetConnectBackoff()
	for {
		state := conn.GetState()
		if state == connectivity.Ready || state == connectivity.Shutdown {
			return
		}
		conn.Connect()
		if !conn.WaitForStateChange(ctx, state) {
			return
		}
	}
}

func (c *connections) replace(failed *connection) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return closedFailure(nil)
	}
	if c.current != failed {
		return nil // another call has done it
	}
	if err := c.renewLocked(); err != nil {
		return transportFailure(codes.Unavailable, err.Error(), err)
	}
	c.closeIfUnusedLocked(failed)
	return nil
}

func (c *connections) renewLocked() error {
	conn, err := c.dial()
	if err != nil {
		return err
	}
	c.current = &connection{ClientConnInterface: conn, own: conn}
	c.open[c.current] = struct{}{}
	return nil
}

func (c *connections) closeIfUnusedLocked(used *connection) {
	if used.own == nil || used == c.current || used.calls > 0 {
		return
	}
	delete(c.open, used)
	_ = used.own.Close() // fails only when it is closed already
}

// close ends all connections of this package's making, and the calls on them.
func (c *connections) close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return nil
	}
	c.closed = true
	c.end()
	var failures []error
	for conn := range c.open {
		failures = append(failures, conn.own.Close())
	}
	c.open = nil
	return errors.Join(failures...)
}
