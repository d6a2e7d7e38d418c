package foldlog

import (
	foldlogv1 "foldlog.dev/gen/foldlog/v1"
)

// readBatch is one answer of a read, whichever it is.
type readBatch struct {
	events          []*foldlogv1.RecordedEvent
	asOfPosition    int64
	lastSequence    int64
	scannedPosition int64
	truncated       bool
}

// readProgress is how far a read has come.
type readProgress struct {
	// begun tells whether asOfPosition, the read's snapshot, is known.
	begun        bool
	asOfPosition int64
	// events is how many have come.
	events int64
	// sequence is that of the last event; 0: none yet.
	sequence int64
	// position is how far a read across partitions has looked; 0: nowhere yet.
	position int64
}

func (p readProgress) after(batch readBatch) readProgress {
	p.begun = true
	p.asOfPosition = batch.asOfPosition
	p.events += int64(len(batch.events))
	if n := len(batch.events); n > 0 {
		p.sequence = batch.events[n-1].GetSequence()
		p.position = batch.events[n-1].GetPosition()
	}
	if batch.scannedPosition > 0 {
		p.position = batch.scannedPosition
	}
	return p
}

// isAtEnd tells whether nothing is left to read: the store was empty, or the limit (0: none) is reached.
func (p readProgress) isAtEnd(limit int64) bool {
	return p.begun && (p.asOfPosition == 0 || limit > 0 && p.events >= limit)
}

// left is what is left of a limit; 0: there is none.
func (p readProgress) left(limit int64) int64 {
	if limit == 0 {
		return 0
	}
	return limit - p.events
}

// readKind is what differs between the three reads: their messages, and how one goes on where it broke
// off, under the snapshot that it began with.
type readKind[Q, A any] struct {
	open  opener[Q, A]
	batch func(*A) readBatch
	limit func(*Q) int64
	// rest is the request for what is left.
	rest func(*Q, readProgress) *Q
	// readAgain tells whether the rest begins with events that have come already, up to the progress's
	// sequence.
	readAgain bool
}

// streamReads goes on after (or, backward, before) the last sequence.
var streamReads = readKind[foldlogv1.ReadStreamRequest, foldlogv1.ReadStreamResponse]{
	open: foldlogv1.EventStoreClient.ReadStream,
	batch: func(a *foldlogv1.ReadStreamResponse) readBatch {
		return readBatch{events: a.GetEvents(), asOfPosition: a.GetAsOfPosition(), lastSequence: a.GetLastSequence()}
	},
	limit: (*foldlogv1.ReadStreamRequest).GetLimit,
	rest: func(request *foldlogv1.ReadStreamRequest, progress readProgress) *foldlogv1.ReadStreamRequest {
		rest := cloneOf(request)
		if progress.events > 0 {
			rest.AfterSequence = progress.sequence
		}
		rest.Limit = progress.left(request.GetLimit())
		rest.AsOfPosition = progress.asOfPosition
		return rest
	},
}

// sinceReads have a limit that counts from the end, so the same slice is read again.
var sinceReads = readKind[foldlogv1.ReadStreamSinceRequest, foldlogv1.ReadStreamSinceResponse]{
	open: foldlogv1.EventStoreClient.ReadStreamSince,
	batch: func(a *foldlogv1.ReadStreamSinceResponse) readBatch {
		return readBatch{events: a.GetEvents(), asOfPosition: a.GetAsOfPosition(), lastSequence: a.GetLastSequence(), truncated: a.GetTruncated()}
	},
	limit: (*foldlogv1.ReadStreamSinceRequest).GetLimit,
	rest: func(request *foldlogv1.ReadStreamSinceRequest, progress readProgress) *foldlogv1.ReadStreamSinceRequest {
		rest := cloneOf(request)
		rest.AsOfPosition = progress.asOfPosition
		return rest
	},
	readAgain: true,
}

// allReads go on after (or, backward, before) the position that they have looked at.
var allReads = readKind[foldlogv1.ReadAllRequest, foldlogv1.ReadAllResponse]{
	open: foldlogv1.EventStoreClient.ReadAll,
	batch: func(a *foldlogv1.ReadAllResponse) readBatch {
		return readBatch{events: a.GetEvents(), asOfPosition: a.GetAsOfPosition(), scannedPosition: a.GetScannedPosition()}
	},
	limit: (*foldlogv1.ReadAllRequest).GetLimit,
	rest: func(request *foldlogv1.ReadAllRequest, progress readProgress) *foldlogv1.ReadAllRequest {
		rest := cloneOf(request)
		if progress.position > 0 {
			rest.AfterPosition = progress.position
		}
		rest.Limit = progress.left(request.GetLimit())
		rest.AsOfPosition = progress.asOfPosition
		return rest
	},
}
