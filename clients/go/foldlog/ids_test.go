package foldlog

import (
	"regexp"
	"slices"
	"sync"
	"testing"
	"time"
)

var uuidV7 = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

func TestIDsAreUUIDv7OfTheirTime(t *testing.T) {
	ids := newEventIDs(func() time.Time { return time.UnixMilli(0x0123456789ab) })
	id := ids.next()
	if !uuidV7.MatchString(id) {
		t.Errorf("%s (expected: a UUIDv7)", id)
	}
	if id[:13] != "01234567-89ab" {
		t.Errorf("%s (expected: the time first)", id)
	}
}

func TestIDsAscendAlsoWhenTheClockGoesBack(t *testing.T) {
	clock := time.UnixMilli(2_000)
	ids := newEventIDs(func() time.Time { return clock })
	made := []string{ids.next(), ids.next()}
	clock = time.UnixMilli(1_000)
	for range 5_000 { // more than the counter holds within a millisecond
		made = append(made, ids.next())
	}
	if !slices.IsSorted(made) {
		t.Error("not ascending")
	}
	if len(slices.Compact(made)) != 5_002 {
		t.Error("not different")
	}
	if !uuidV7.MatchString(made[5_000]) {
		t.Errorf("%s (expected: a UUIDv7)", made[5_000])
	}
}

func TestIDsMadeAtTheSameTimeDiffer(t *testing.T) {
	ids := newEventIDs(time.Now)
	var mu sync.Mutex
	made := map[string]bool{}
	var makers sync.WaitGroup
	for range 8 {
		makers.Go(func() {
			for range 200 {
				id := ids.next()
				mu.Lock()
				made[id] = true
				mu.Unlock()
			}
		})
	}
	makers.Wait()
	if len(made) != 1_600 {
		t.Errorf("%d different ids (expected: 1600)", len(made))
	}
}
