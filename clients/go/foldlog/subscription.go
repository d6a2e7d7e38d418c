package foldlog

import (
	"context"
	"errors"
	"iter"
	"sync"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/types/known/durationpb"

	foldlogv1 "foldlog.dev/gen/foldlog/v1"
)

const defaultHeartbeat = 15 * time.Second

var errSubscriptionUsed = errors.New("foldlog: subscription: used a second time (expected: a new one for each loop)")

// Subscription follows the log: first the past, then what comes. It runs while [Subscription.Events] or
// [Subscription.Messages] is ranged over, in the goroutine of that loop, and once only.
//
// It connects again by itself, with pauses that grow, after a restart of the server, a broken connection
// or a silent one, as long as it takes, and goes on behind the last event that was handled (whose turn
// of the loop was over), in the same store only. So each event comes once, in position order, in the
// life of a subscription; over several, the application remembers where it was, best as a named
// checkpoint. A slow loop slows the server down: nothing is buffered but a window of the connection.
//
// A loop ends when it is left, when the context ends (with an error that matches the context's), or
// when the server answers what no repeat can mend, such as [*RetentionGapError], [*StoreMismatchError],
// [*PositionAheadError] or [*InvalidFieldError].
//
// Position and StoreID may be called from any goroutine.
type Subscription struct {
	client  *Client
	ctx     context.Context
	request *foldlogv1.SubscribeAllRequest
	backoff *backoff

	// Confined to the goroutine of the loop.
	silenceMax time.Duration
	confirmed  bool

	mu       sync.Mutex
	used     bool
	position int64
	storeID  string
}

// SubscribeAll returns a subscription to the events that match the request's filter, from its start (unset: from
// the oldest event). It makes no call before it is ranged over. When a store_id is given, or from the
// first connection on, only that store will do.
func (c *Client) SubscribeAll(ctx context.Context, request *foldlogv1.SubscribeAllRequest) *Subscription {
	return &Subscription{
		client:   c,
		ctx:      ctx,
		request:  cloneOf(request),
		backoff:  newBackoff(c.options.retry),
		position: request.GetAfterPosition(),
		storeID:  request.GetStoreId(),
	}
}

// Position returns the position through which everything that matches has been handled: the place to store,
// with StoreID, for a later start. It never goes back.
func (s *Subscription) Position() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.position
}

// StoreID returns the store that Position belongs to; "" before the first connection, unless the request had one.
func (s *Subscription) StoreID() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.storeID
}

// Events returns the events alone. An error is the last pair of the loop, beside a nil event.
func (s *Subscription) Events() iter.Seq2[*foldlogv1.RecordedEvent, error] {
	return func(yield func(*foldlogv1.RecordedEvent, error) bool) {
		for message, err := range s.Messages() {
			if err != nil {
				yield(nil, err)
				return
			}
			if delivered, ok := message.(*Delivered); ok && !yield(delivered.Event, nil) {
				return
			}
		}
	}
}

// Messages returns the events and what else there is to know: see [Message]. An error is the last pair of the
// loop, beside a nil message.
func (s *Subscription) Messages() iter.Seq2[Message, error] {
	return func(yield func(Message, error) bool) {
		s.mu.Lock()
		used := s.used
		s.used = true
		s.mu.Unlock()
		if used {
			yield(nil, errSubscriptionUsed)
			return
		}
		s.follow(yield)
	}
}

// follow delivers over one connection after another.
func (s *Subscription) follow(yield func(Message, error) bool) {
	for {
		conn, broken := s.deliver(yield)
		if broken == nil {
			return // the loop was left
		}
		var failed Error
		if !errors.As(broken, &failed) || !failed.Transient() || s.ctx.Err() != nil {
			yield(nil, broken)
			return
		}
		pause := s.backoff.after(failed)
		if !yield(&Disconnected{Cause: failed, Pause: pause}, nil) {
			return
		}
		if !hasPaused(s.ctx, pause) {
			yield(nil, contextFailure(s.ctx, failed))
			return
		}
		if err := s.client.connections.recover(s.ctx, conn, isSilent(failed)); err != nil {
			if s.ctx.Err() != nil {
				err = contextFailure(s.ctx, failed)
			}
			yield(nil, err)
			return
		}
	}
}

// deliver delivers until the connection breaks, and answers why it did; nil: the loop was left.
func (s *Subscription) deliver(yield func(Message, error) bool) (*connection, error) {
	running, err := openStream(s.ctx, s.client.connections, foldlogv1.EventStoreClient.SubscribeAll, s.next())
	if running == nil {
		return nil, err
	}
	defer running.close()
	if err != nil {
		return running.conn, err
	}
	// A server confirms at once; whoever is content with shorter silences later need not wait longer for
	// that.
	s.silenceMax = min(s.client.options.silenceMax, s.missed(s.interval()))
	for {
		message, err := running.next(s.silenceMax)
		if err == errEnded {
			return running.conn, transportFailure(codes.Unavailable, "the server ended the subscription")
		}
		if err != nil {
			return running.conn, err
		}
		if !s.handle(message, yield) {
			return nil, nil
		}
	}
}

// next is the request for what was not handled yet.
func (s *Subscription) next() *foldlogv1.SubscribeAllRequest {
	request := cloneOf(s.request)
	request.StoreId = s.StoreID()
	if s.confirmed {
		request.Start = &foldlogv1.SubscribeAllRequest_AfterPosition{AfterPosition: s.Position()}
	}
	if request.GetHeartbeatInterval() == nil {
		request.HeartbeatInterval = durationpb.New(defaultHeartbeat)
	}
	return request
}

func (s *Subscription) interval() time.Duration {
	if s.request.GetHeartbeatInterval() == nil {
		return defaultHeartbeat
	}
	return s.request.GetHeartbeatInterval().AsDuration()
}

func (s *Subscription) missed(interval time.Duration) time.Duration {
	if interval <= 0 {
		return s.client.options.silenceMax // the server will refuse it
	}
	return interval * time.Duration(s.client.options.heartbeatsMissedMax)
}

// handle hands over what one message of the server says; false: the loop was left.
func (s *Subscription) handle(message *foldlogv1.SubscribeAllResponse, yield func(Message, error) bool) bool {
	if confirmed := message.GetConfirmed(); confirmed != nil {
		return yield(s.connected(confirmed), nil)
	}
	s.backoff.reset()
	position := message.GetPosition()
	handled := true
	switch kind := message.GetKind().(type) {
	case *foldlogv1.SubscribeAllResponse_Batch:
		handled = s.events(kind.Batch.GetEvents(), yield)
	case *foldlogv1.SubscribeAllResponse_CaughtUp:
		handled = yield(&CaughtUp{Position: position, ServerTime: kind.CaughtUp.GetServerTime().AsTime()}, nil)
	case *foldlogv1.SubscribeAllResponse_FellBehind:
		handled = yield(&FellBehind{Position: position, HeadPosition: kind.FellBehind.GetHeadPosition()}, nil)
	case *foldlogv1.SubscribeAllResponse_Heartbeat:
		handled = yield(&Heartbeat{Position: position, HeadPosition: kind.Heartbeat.GetHeadPosition(),
			ServerTime: kind.Heartbeat.GetServerTime().AsTime()}, nil)
	default:
		// A kind of a newer server: only its position counts.
	}
	return handled && yield(&Passed{Position: s.pass(position)}, nil)
}

func (s *Subscription) events(events []*foldlogv1.RecordedEvent, yield func(Message, error) bool) bool {
	for _, event := range events {
		if !yield(&Delivered{Event: event}, nil) {
			return false
		}
		s.pass(event.GetPosition())
	}
	return true
}

func (s *Subscription) connected(confirmed *foldlogv1.Confirmed) *Connected {
	interval := s.interval()
	if confirmed.GetHeartbeatInterval() != nil {
		interval = confirmed.GetHeartbeatInterval().AsDuration()
	}
	s.silenceMax = s.missed(interval)
	s.confirmed = true
	s.mu.Lock()
	s.storeID = confirmed.GetStoreId()
	s.mu.Unlock()
	return &Connected{
		StoreID:       confirmed.GetStoreId(),
		StartPosition: s.pass(confirmed.GetStartPosition()),
		HeadPosition:  confirmed.GetHeadPosition(),
	}
}

// pass remembers that everything through a position was handled, and is how far that is.
func (s *Subscription) pass(position int64) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.position = max(s.position, position)
	return s.position
}
