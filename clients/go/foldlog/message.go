package foldlog

import (
	"time"

	foldlogv1 "foldlog.dev/gen/foldlog/v1"
)

// Message is what a subscription tells: one of [*Connected], [*Delivered], [*Passed], [*CaughtUp], [*FellBehind],
// [*Heartbeat] and [*Disconnected]. Newer versions may add kinds: a switch over them ignores those
// that it does not know. Only this package implements it.
type Message interface{ message() }

type (
	// Connected says that the subscription runs: after its start and after each reconnection.
	Connected struct {
		// StoreID is the store's identity.
		StoreID string
		// StartPosition is where delivery starts (exclusive).
		StartPosition int64
		// HeadPosition is the head of the log at this moment.
		HeadPosition int64
	}

	// Delivered is an event that matches. When its turn of the loop is over it counts as handled.
	Delivered struct {
		Event *foldlogv1.RecordedEvent
	}

	// Passed says that everything that matches through a position has been handled: the place to
	// store. It comes after each batch of events, and when the server has passed over events that do
	// not match.
	Passed struct {
		Position int64
	}

	// CaughtUp says that the past is done, and that what follows is live. It comes again after
	// FellBehind and after reconnections.
	CaughtUp struct {
		Position   int64
		ServerTime time.Time
	}

	// FellBehind says that delivery is far behind the head: no longer live, the past is read again.
	FellBehind struct {
		Position     int64
		HeadPosition int64
	}

	// Heartbeat says that there is nothing new, but that the server is there.
	Heartbeat struct {
		Position     int64
		HeadPosition int64
		ServerTime   time.Time
	}

	// Disconnected says that the connection broke or was silent, and is made again after a pause.
	Disconnected struct {
		Cause Error
		Pause time.Duration
	}
)

func (*Connected) message()    {}
func (*Delivered) message()    {}
func (*Passed) message()       {}
func (*CaughtUp) message()     {}
func (*FellBehind) message()   {}
func (*Heartbeat) message()    {}
func (*Disconnected) message() {}
