package foldlog

import (
	"context"
	"errors"
	"fmt"

	foldlogv1 "foldlog.dev/gen/foldlog/v1"
)

// ErrUnitOver is the error of a use of a unit of work after its function has returned.
var ErrUnitOver = errors.New("foldlog: the unit of work is over (expected: used inside its function only)")

// UnitOfWork is what the function of [Client.WithTransaction] reads and writes through. The first read fixes a
// snapshot, and every read is as of it, plus the events that this unit appended before: those come
// last, with position and sequence 0 (not given yet), and with the client's time where they had none.
// Nothing is stored before the function has returned.
//
// The events of a read are held in memory. An event without partition_key is taken to be in the partition of
// its artifact: give the key where a rule of the artifact's type makes another.
//
// Not safe for concurrent use, and of no use after the function has returned.
type UnitOfWork struct {
	reads       *unitReads
	buffered    *bufferedEvents
	checkpoints []*foldlogv1.CheckpointUpdate
	// failed is the first failure of a read or an append: a unit that has one commits nothing.
	failed error
	over   bool
}

// ReadStream returns a partition, as the request says. The request must not name a snapshot of its own, and, after
// an append, neither a filter with an expression nor the payload form STRUCT: those are made on the
// server, which does not know the unit's events. A unit whose read failed commits nothing.
func (u *UnitOfWork) ReadStream(ctx context.Context, request *foldlogv1.ReadStreamRequest) ([]*foldlogv1.RecordedEvent, error) {
	return u.read(func() ([]*foldlogv1.RecordedEvent, error) { return u.reads.stream(ctx, request) })
}

// ReadStreamSince returns the recent slice of a partition, as the request says; refused as [UnitOfWork.ReadStream].
func (u *UnitOfWork) ReadStreamSince(ctx context.Context, request *foldlogv1.ReadStreamSinceRequest) ([]*foldlogv1.RecordedEvent, error) {
	return u.read(func() ([]*foldlogv1.RecordedEvent, error) { return u.reads.streamSince(ctx, request) })
}

// ReadAll returns the events of all partitions, as the request says; refused as [UnitOfWork.ReadStream].
func (u *UnitOfWork) ReadAll(ctx context.Context, request *foldlogv1.ReadAllRequest) ([]*foldlogv1.RecordedEvent, error) {
	return u.read(func() ([]*foldlogv1.RecordedEvent, error) { return u.reads.all(ctx, request) })
}

func (u *UnitOfWork) read(read func() ([]*foldlogv1.RecordedEvent, error)) ([]*foldlogv1.RecordedEvent, error) {
	if u.over {
		return nil, ErrUnitOver
	}
	events, err := read()
	if err != nil && u.failed == nil {
		u.failed = err
	}
	return events, err
}

// Append appends events when the unit commits. Later reads of this unit see them. The events are copied.
func (u *UnitOfWork) Append(events ...*foldlogv1.NewEvent) error {
	if u.over {
		return ErrUnitOver
	}
	for i, event := range events {
		if event == nil {
			err := fmt.Errorf("foldlog: events[%d]: nil (expected: an event)", i)
			u.failed = errors.Join(u.failed, err)
			return err
		}
		u.buffered.add(event)
	}
	return nil
}

// MoveCheckpoint moves a checkpoint, from where it must be then (0: nowhere yet), when the unit commits. It goes
// with the events appended: a unit that appends none cannot. If the checkpoint is elsewhere, the unit
// fails with [*CheckpointMovedError] and does not run again.
func (u *UnitOfWork) MoveCheckpoint(name string, from, to int64) error {
	if u.over {
		return ErrUnitOver
	}
	u.checkpoints = append(u.checkpoints, CheckpointMove(name, from, to))
	return nil
}

// AsOfPosition returns the snapshot; false before the first read.
func (u *UnitOfWork) AsOfPosition() (position int64, known bool) {
	return u.reads.snapshot, u.reads.begun
}

// commit is the append that commits the unit; nil: there is nothing to commit.
func (u *UnitOfWork) commit() (*foldlogv1.AppendRequest, error) {
	if u.failed != nil {
		return nil, u.failed
	}
	if len(u.buffered.proposed) == 0 {
		if len(u.checkpoints) > 0 {
			return nil, errors.New("foldlog: checkpoints: moved without an event (expected: an append beside them)")
		}
		return nil, nil
	}
	return &foldlogv1.AppendRequest{
		Events:        u.buffered.proposed,
		Preconditions: u.reads.set.preconditions(u.reads.snapshot),
		Checkpoints:   u.checkpoints,
	}, nil
}

// WithTransaction runs a function that reads and appends, as if nobody else wrote meanwhile (serializable for
// the events that are read through the unit; what is read beside it is not covered).
//
// It is optimistic: the first read fixes a snapshot, appends are held back and seen by later reads of the unit,
// and the commit is one append on the conditions that nothing read has changed. On a conflict the
// function runs again, with a new unit, at most as often as [WithRerunsMax] says, with full jitter; so
// it must have no other effects. On an unknown outcome the same request is sent again. A function that
// only reads commits nothing: its reads are of one snapshot already. The unit's reads may have 1000
// different conditions and its appends the limits of one append.
//
// An error of the function ends the unit without an effect, and is returned as it is. Otherwise it fails with
// [*ConcurrencyConflictError] when the last run met a conflict too, with [*OutcomeUnknownError] when no
// try of the commit brought an answer, with the error of a read that the function ignored, or as
// [Client.Append] does.
func (c *Client) WithTransaction(ctx context.Context, function func(ctx context.Context, unit *UnitOfWork) error) error {
	backoff := newBackoff(c.options.retry)
	for reruns := 0; ; reruns++ {
		request, err := c.run(ctx, function)
		if err != nil || request == nil {
			return err
		}
		_, err = c.Append(ctx, request)
		var conflict *ConcurrencyConflictError
		if !errors.As(err, &conflict) || reruns == c.options.rerunsMax {
			return err
		}
		if !hasPaused(ctx, backoff.after(conflict)) {
			return contextFailure(ctx, conflict)
		}
	}
}

// run is one run of the function: what is to be committed.
func (c *Client) run(ctx context.Context, function func(context.Context, *UnitOfWork) error) (*foldlogv1.AppendRequest, error) {
	buffered := &bufferedEvents{ids: c.ids, now: c.now}
	unit := &UnitOfWork{buffered: buffered, reads: &unitReads{client: c, buffered: buffered}}
	defer func() { unit.over = true }()
	if err := function(ctx, unit); err != nil {
		return nil, err
	}
	return unit.commit()
}
