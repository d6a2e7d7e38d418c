package foldlog

import (
	"errors"
	"iter"
	"sort"

	foldlogv1 "foldlog.dev/gen/foldlog/v1"
)

var errReadUsed = errors.New("foldlog: read: used a second time (expected: a new read for each loop)")

// Read is a read of events, made when [Read.Events] is ranged over, and once only. All its events are as
// of one snapshot. They are pulled from the server batch by batch as they are used: one batch is in
// use, and no more waits here than a window of the connection (1 MiB), however slow the user is. A
// connection that breaks is made again and the read goes on where it was, as often as [WithRetry]
// allows between two batches.
//
// Not safe for concurrent use.
type Read struct {
	source interface {
		next() (readBatch, error)
		close()
	}
	newest readBatch
	used   bool
}

// Events returns the events of the read, in its order. An error is the last pair of the loop, beside a nil
// event; then what has come before is not all. Leaving the loop ends the read, and the server is told.
func (r *Read) Events() iter.Seq2[*foldlogv1.RecordedEvent, error] {
	return func(yield func(*foldlogv1.RecordedEvent, error) bool) {
		if r.used {
			yield(nil, errReadUsed)
			return
		}
		r.used = true
		defer r.source.close()
		for {
			batch, err := r.source.next()
			if err == errEnded {
				return
			}
			if err != nil {
				yield(nil, err)
				return
			}
			r.newest = batch
			for _, event := range batch.events {
				if !yield(event, nil) {
					return
				}
			}
		}
	}
}

// Collect returns all events of the read, in memory.
func (r *Read) Collect() ([]*foldlogv1.RecordedEvent, error) {
	var all []*foldlogv1.RecordedEvent
	for event, err := range r.Events() {
		if err != nil {
			return nil, err
		}
		all = append(all, event)
	}
	return all, nil
}

// AsOfPosition returns the read's snapshot: as the as_of_position of another request it reads at the same
// point. Known in the loop and after it, also when no event came; 0 before.
func (r *Read) AsOfPosition() int64 { return r.newest.asOfPosition }

// LastSequence returns the partition's last sequence as of the snapshot, 0: empty. Known in the loop and
// after it. 0 in a read across partitions.
func (r *Read) LastSequence() int64 { return r.newest.lastSequence }

// ScannedPosition returns how far a read across partitions has looked with the batch in use: the
// after_position that goes on behind this batch. 0 before the loop, and in reads of one partition.
func (r *Read) ScannedPosition() int64 { return r.newest.scannedPosition }

// Truncated reports whether the limit of a ReadStreamSince left older events of the slice out. Known in
// the loop and after it.
func (r *Read) Truncated() bool { return r.newest.truncated }

// unseen are the events of a batch behind a sequence.
func unseen(batch readBatch, sequence int64) []*foldlogv1.RecordedEvent {
	first := sort.Search(len(batch.events), func(i int) bool { return batch.events[i].GetSequence() > sequence })
	return batch.events[first:]
}
