package foldlog

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	foldlogv1 "foldlog.dev/gen/foldlog/v1"
)

// unitReads is the reads of one unit of work: as of one snapshot, with the unit's own events behind, and
// remembered as preconditions.
//
// A snapshot of 0 is an empty store. On the wire 0 means "the head at the call", so nothing is asked any more:
// the answer to every read is known.
type unitReads struct {
	client   *Client
	buffered *bufferedEvents
	set      readSet
	begun    bool
	snapshot int64
}

func (u *unitReads) stream(ctx context.Context, request *foldlogv1.ReadStreamRequest) ([]*foldlogv1.RecordedEvent, error) {
	if err := u.check(request.GetFilter(), request.GetOptions(), request.GetAsOfPosition()); err != nil {
		return nil, err
	}
	request = cloneOf(request)
	request.AsOfPosition = u.snapshot
	stored, lastSequence, err := u.stored(u.client.ReadStream(ctx, request))
	if err != nil {
		return nil, err
	}
	if proto.Size(request.GetFilter()) == 0 {
		u.set.partition(request.GetPartitionKey(), lastSequence)
	} else if err := u.rememberIn(request.GetPartitionKey(), request.GetFilter()); err != nil {
		return nil, err
	}
	backward := request.GetDirection() == foldlogv1.Direction_DIRECTION_BACKWARD
	var own []*foldlogv1.RecordedEvent
	// Backward and from a place: what is newer than all that is stored is not asked for.
	if !backward || request.GetAfterSequence() == 0 {
		own = u.own(request.GetPartitionKey(), request.GetFilter(), request.GetOptions())
	}
	return merged(stored, own, backward, request.GetLimit()), nil
}

func (u *unitReads) streamSince(ctx context.Context, request *foldlogv1.ReadStreamSinceRequest) ([]*foldlogv1.RecordedEvent, error) {
	if err := u.check(request.GetFilter(), request.GetOptions(), request.GetAsOfPosition()); err != nil {
		return nil, err
	}
	request = cloneOf(request)
	request.AsOfPosition = u.snapshot
	stored, _, err := u.stored(u.client.ReadStreamSince(ctx, request))
	if err != nil {
		return nil, err
	}
	filter := since(request.GetFilter(), request.GetSince())
	if err := u.rememberIn(request.GetPartitionKey(), filter); err != nil {
		return nil, err
	}
	all := merged(stored, u.own(request.GetPartitionKey(), filter, request.GetOptions()), false, 0)
	if limit := request.GetLimit(); limit > 0 && limit < int64(len(all)) {
		all = all[int64(len(all))-limit:]
	}
	return all, nil
}

func (u *unitReads) all(ctx context.Context, request *foldlogv1.ReadAllRequest) ([]*foldlogv1.RecordedEvent, error) {
	if err := u.check(request.GetFilter(), request.GetOptions(), request.GetAsOfPosition()); err != nil {
		return nil, err
	}
	request = cloneOf(request)
	request.AsOfPosition = u.snapshot
	stored, _, err := u.stored(u.client.ReadAll(ctx, request))
	if err != nil {
		return nil, err
	}
	if err := u.set.matching(cloneOf(request.GetFilter())); err != nil {
		return nil, err
	}
	backward := request.GetDirection() == foldlogv1.Direction_DIRECTION_BACKWARD
	var own []*foldlogv1.RecordedEvent
	if !backward || request.GetAfterPosition() == 0 {
		own = u.buffered.matching(request.GetFilter(), request.GetOptions().GetHeadersOnly())
	}
	return merged(stored, own, backward, request.GetLimit()), nil
}

// stored is what the store answers, and the partition's last sequence.
func (u *unitReads) stored(read *Read) ([]*foldlogv1.RecordedEvent, int64, error) {
	if u.begun && u.snapshot == 0 {
		return nil, 0, nil
	}
	events, err := read.Collect()
	if err != nil {
		return nil, 0, err
	}
	u.begun, u.snapshot = true, read.AsOfPosition()
	return events, read.LastSequence(), nil
}

// rememberIn remembers a filter within one partition. An empty one is remembered by its callers as the whole
// partition.
func (u *unitReads) rememberIn(partitionKey string, filter *foldlogv1.EventFilter) error {
	if !accepts(filter.GetPartitionKeys(), partitionKey) {
		return nil // nothing can match
	}
	inside := cloneOf(filter)
	inside.PartitionKeys = []string{partitionKey}
	return u.set.matching(inside)
}

func (u *unitReads) own(partitionKey string, filter *foldlogv1.EventFilter, options *foldlogv1.ReadOptions) []*foldlogv1.RecordedEvent {
	return slices.DeleteFunc(u.buffered.matching(filter, options.GetHeadersOnly()), func(event *foldlogv1.RecordedEvent) bool {
		return event.GetPartitionKey() != partitionKey
	})
}

func (u *unitReads) check(filter *foldlogv1.EventFilter, options *foldlogv1.ReadOptions, asOfPosition int64) error {
	if asOfPosition != 0 {
		return fmt.Errorf("foldlog: as_of_position: %d (expected: 0, the unit has a snapshot of its own)", asOfPosition)
	}
	if len(u.buffered.proposed) == 0 {
		return nil
	}
	if hasExpression(filter) {
		return errors.New("foldlog: filter.expression: after an append (expected: before it; expressions run on the server only)")
	}
	if options.GetPayloadForm() == foldlogv1.PayloadForm_PAYLOAD_FORM_STRUCT {
		return errors.New("foldlog: options.payload_form: STRUCT after an append (expected: before it; forms are made on the server)")
	}
	return nil
}

// since is a filter with a lower bound, if it has no higher one.
func since(filter *foldlogv1.EventFilter, bound *timestamppb.Timestamp) *foldlogv1.EventFilter {
	bounded := cloneOf(filter)
	if bounded.GetSince() == nil || bounded.GetSince().AsTime().Before(bound.AsTime()) {
		bounded.Since = bound
	}
	return bounded
}

// merged puts a unit's own events behind those that are stored, which is before them in a backward read.
func merged(stored, own []*foldlogv1.RecordedEvent, backward bool, limit int64) []*foldlogv1.RecordedEvent {
	all := slices.Concat(stored, own)
	if backward {
		own = slices.Clone(own)
		slices.Reverse(own)
		all = slices.Concat(own, stored)
	}
	if limit > 0 && limit < int64(len(all)) {
		all = all[:limit]
	}
	return all
}

// bufferedEvents is the events that a unit of work will append, as they will be sent and as its own reads see
// them: with id and time, without position and sequence.
type bufferedEvents struct {
	ids      *eventIDs
	now      func() time.Time
	proposed []*foldlogv1.NewEvent
	seen     []*foldlogv1.RecordedEvent
}

func (b *bufferedEvents) add(event *foldlogv1.NewEvent) {
	filled := proto.CloneOf(event)
	if filled.GetEventId() == "" {
		filled.EventId = b.ids.next()
	}
	if filled.GetTimestamp() == nil {
		filled.Timestamp = timestamppb.New(b.now())
	}
	b.proposed = append(b.proposed, filled)
	b.seen = append(b.seen, asRead(filled))
}

// matching are those that match, as they would be read, oldest first.
func (b *bufferedEvents) matching(filter *foldlogv1.EventFilter, headersOnly bool) []*foldlogv1.RecordedEvent {
	var matching []*foldlogv1.RecordedEvent
	for _, event := range b.seen {
		if !matches(filter, event) {
			continue
		}
		// A copy: what a read answers is the user's to change.
		event = proto.CloneOf(event)
		if headersOnly {
			event.Payload, event.Metadata = nil, nil
		}
		matching = append(matching, event)
	}
	return matching
}

func asRead(event *foldlogv1.NewEvent) *foldlogv1.RecordedEvent {
	event = proto.CloneOf(event)
	version := max(1, event.GetEventVersion())
	read := &foldlogv1.RecordedEvent{
		EventId:            event.GetEventId(),
		Action:             event.GetAction(),
		Producer:           event.GetProducer(),
		ArtifactId:         event.GetArtifactId(),
		ArtifactType:       event.GetArtifactType(),
		ThreadId:           event.GetThreadId(),
		EventVersion:       version,
		StoredEventVersion: version,
		PartitionKey:       event.GetPartitionKey(),
		Timestamp:          event.GetTimestamp(),
		Payload:            event.GetPayload(),
		Metadata:           event.GetMetadata(),
		Tags:               event.GetTags(),
	}
	if read.PartitionKey == "" {
		read.PartitionKey = event.GetArtifactId()
	}
	if read.Payload == nil {
		read.Payload = &foldlogv1.Payload{Content: &foldlogv1.Payload_Json{Json: "{}"}}
	}
	return read
}
