package foldlog

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"sync"
	"time"
)

const (
	idCounterBits = 12
	idCounterMask = 1<<idCounterBits - 1
)

// eventIDs makes ids for events that have none: UUIDv7 (RFC 9562), which sort by the time they were made,
// as the store's index of ids likes them. Safe for concurrent use.
type eventIDs struct {
	now func() time.Time

	mu sync.Mutex
	// last is milliseconds and a counter of the last id.
	last uint64
}

func newEventIDs(now func() time.Time) *eventIDs { return &eventIDs{now: now} }

// next is greater than every id before, also when the clock goes back.
func (e *eventIDs) next() string {
	var id [16]byte
	// Never fails: it ends the program where the system has no randomness.
	_, _ = rand.Read(id[8:])
	tick := e.tick()
	binary.BigEndian.PutUint64(id[:8], tick>>idCounterBits<<16|0x7000|tick&idCounterMask)
	id[8] = id[8]&0x3f | 0x80 // the variant

	text := make([]byte, 0, 36)
	for i, part := range [][]byte{id[:4], id[4:6], id[6:8], id[8:10], id[10:]} {
		if i > 0 {
			text = append(text, '-')
		}
		text = hex.AppendEncode(text, part)
	}
	return string(text)
}

func (e *eventIDs) tick() uint64 {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.last = max(uint64(e.now().UnixMilli())<<idCounterBits, e.last+1)
	return e.last
}
