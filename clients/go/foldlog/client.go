package foldlog

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/timestamppb"

	foldlogv1 "foldlog.dev/gen/foldlog/v1"
)

const (
	// History is how far back [Client.LoadHistory] looks: 30 days.
	History = 30 * 24 * time.Hour

	pageSize = 1000
)

// Client is a client of one Foldlog server. It is safe for concurrent use: make one and share it.
type Client struct {
	connections *connections
	options     *options
	ids         *eventIDs
	now         func() time.Time
}

// NewClient returns a client of the server at an address such as "127.0.0.1:7070" (any target of gRPC's). It
// does not connect: the first call does. It fails when an option or the target is malformed. Without
// [WithTransportCredentials] the connection is not encrypted.
func NewClient(target string, opts ...Option) (*Client, error) {
	o, err := newOptions(opts)
	if err != nil {
		return nil, err
	}
	if target == "" {
		return nil, fmt.Errorf("foldlog: target: %q (expected: host:port)", target)
	}
	conns, err := ownConnections(func() (*grpc.ClientConn, error) { return grpc.NewClient(target, o.dial()...) })
	if err != nil {
		return nil, fmt.Errorf("foldlog: %w", err)
	}
	return newClient(conns, o), nil
}

// NewClientOver returns a client over a connection of the caller's, who closes it. Such a client cannot take
// another connection when this one is silent; gRPC's keepalive can, where it is set. Options of the
// connection have no effect.
func NewClientOver(conn grpc.ClientConnInterface, opts ...Option) (*Client, error) {
	o, err := newOptions(opts)
	if err != nil {
		return nil, err
	}
	if conn == nil {
		return nil, errors.New("foldlog: conn: nil (expected: a connection)")
	}
	return newClient(callersConnection(conn), o), nil
}

func newClient(conns *connections, o *options) *Client {
	return &Client{connections: conns, options: o, ids: newEventIDs(time.Now), now: time.Now}
}

// Close ends all reads and subscriptions, and the connection unless it is the caller's. They, calls that
// were under way on the connection, and calls that are made later fail with an error that is
// [ErrClosed]. Safe to repeat.
func (c *Client) Close() error { return c.connections.close() }

// AppendEvents appends events, all or none, in this order, to one or more partitions. It is
// [Client.Append] without conditions.
func (c *Client) AppendEvents(ctx context.Context, events ...*foldlogv1.NewEvent) (*foldlogv1.AppendResponse, error) {
	return c.Append(ctx, &foldlogv1.AppendRequest{Events: events})
}

// Append appends events if all preconditions hold, and moves checkpoints with them: all or nothing. When
// it has answered, the events are as durable as [Client.StoreInfo] says and every later read shows
// them. Limits: 1000 events, 4 MiB, 1 MiB a payload, unless the server says otherwise.
//
// Events without an id get a UUIDv7, unless the request has a request_id, from which the server
// derives them. So the client's own tries, and the application's with the same ids, store them once.
// The request is not changed.
//
// It fails with [*ConcurrencyConflictError] when a precondition does not hold, [*CheckpointMovedError]
// when a checkpoint is not where it was expected, [*EventIDConflictError] when an id is stored with
// other content, and [*OutcomeUnknownError] when no try brought an answer.
func (c *Client) Append(ctx context.Context, request *foldlogv1.AppendRequest) (*foldlogv1.AppendResponse, error) {
	identified, err := c.identified(request)
	if err != nil {
		return nil, err
	}
	return answer(ctx, c, eventStore(foldlogv1.EventStoreClient.Append), identified, writeWithIDs)
}

func (c *Client) identified(request *foldlogv1.AppendRequest) (*foldlogv1.AppendRequest, error) {
	for i, event := range request.GetEvents() {
		if event == nil {
			return nil, fmt.Errorf("foldlog: events[%d]: nil (expected: an event)", i)
		}
	}
	identified := cloneOf(request)
	if identified.GetRequestId() != "" {
		return identified, nil
	}
	for _, event := range identified.GetEvents() {
		if event.GetEventId() == "" {
			event.EventId = c.ids.next()
		}
	}
	return identified, nil
}

// NewEventID returns a new id for an event, a UUIDv7 greater than every one before, for applications that want
// to know it before the append.
func (c *Client) NewEventID() string { return c.ids.next() }

// ReadStream reads one partition in sequence order, or as the request says: direction, place, limit,
// snapshot, filter. An unknown partition is empty. It makes no call before it is ranged over.
func (c *Client) ReadStream(ctx context.Context, request *foldlogv1.ReadStreamRequest) *Read {
	return newRead(ctx, c, &streamReads, cloneOf(request))
}

// ReadStreamSince reads the recent slice of a partition: events with timestamp >= since, in sequence order.
// It costs what the slice costs, not the partition. A limit keeps the newest. It makes no call before
// it is ranged over.
func (c *Client) ReadStreamSince(ctx context.Context, request *foldlogv1.ReadStreamSinceRequest) *Read {
	return newRead(ctx, c, &sinceReads, cloneOf(request))
}

// ReadAll reads the events of all partitions that match, in position order, up to the head as it is when
// the read begins. It makes no call before it is ranged over.
func (c *Client) ReadAll(ctx context.Context, request *foldlogv1.ReadAllRequest) *Read {
	return newRead(ctx, c, &allReads, cloneOf(request))
}

// LoadHistory returns the last 30 days ([History]) of a partition by the events' own timestamps and this machine's
// clock, in sequence order, in memory.
func (c *Client) LoadHistory(ctx context.Context, partitionKey string) ([]*foldlogv1.RecordedEvent, error) {
	return c.LoadHistoryOf(ctx, partitionKey, History)
}

// LoadHistoryOf is [Client.LoadHistory] with another window, at least 0.
func (c *Client) LoadHistoryOf(ctx context.Context, partitionKey string, window time.Duration) ([]*foldlogv1.RecordedEvent, error) {
	if window < 0 {
		return nil, fmt.Errorf("foldlog: window: %s (expected: >= 0)", window)
	}
	return c.ReadStreamSince(ctx, &foldlogv1.ReadStreamSinceRequest{
		PartitionKey: partitionKey,
		Since:        timestamppb.New(c.now().Add(-window)),
	}).Collect()
}

// GetEvent returns one event by its id. It fails with [*ResourceNotFoundError] when there is none.
func (c *Client) GetEvent(ctx context.Context, eventID string) (*foldlogv1.RecordedEvent, error) {
	found, err := answer(ctx, c, eventStore(foldlogv1.EventStoreClient.GetEvent), &foldlogv1.GetEventRequest{EventId: eventID}, readOnly)
	return found.GetEvent(), err
}

// GetPartition returns the head and bounds of a partition; an unknown one has the last sequence 0.
func (c *Client) GetPartition(ctx context.Context, partitionKey string) (*foldlogv1.Partition, error) {
	found, err := answer(ctx, c, eventStore(foldlogv1.EventStoreClient.GetPartition), &foldlogv1.GetPartitionRequest{PartitionKey: partitionKey}, readOnly)
	return found.GetPartition(), err
}

// ListPartitions returns the partitions whose keys have a prefix, in key order (bytewise), fetched a page at a
// time as they are used. An error is the last pair of the loop.
func (c *Client) ListPartitions(ctx context.Context, prefix string) iter.Seq2[*foldlogv1.Partition, error] {
	return pages(func(token string) ([]*foldlogv1.Partition, string, error) {
		page, err := answer(ctx, c, eventStore(foldlogv1.EventStoreClient.ListPartitions), &foldlogv1.ListPartitionsRequest{Prefix: prefix, PageSize: pageSize, PageToken: token}, readOnly)
		return page.GetPartitions(), page.GetNextPageToken(), err
	})
}

// StoreInfo returns the identity, head, durability, limits and features of the store. It is the cheapest call: use
// it to warm the connection.
func (c *Client) StoreInfo(ctx context.Context) (*foldlogv1.GetStoreInfoResponse, error) {
	return answer(ctx, c, eventStore(foldlogv1.EventStoreClient.GetStoreInfo), &foldlogv1.GetStoreInfoRequest{}, readOnly)
}

// pages are the elements of a list that comes a page at a time; the page after an empty token is the
// first, and one is fetched when that before it is used up.
func pages[T any](fetch func(token string) (elements []T, next string, err error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		for token := ""; ; {
			elements, next, err := fetch(token)
			if err != nil {
				yield(none, err)
				return
			}
			for _, element := range elements {
				if !yield(element, nil) {
					return
				}
			}
			if next == "" {
				return
			}
			token = next
		}
	}
}
