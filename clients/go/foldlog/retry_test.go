package foldlog

import (
	"slices"
	"testing"
	"time"
)

func TestPausesDoubleUpToTheirMaximum(t *testing.T) {
	var bounds []time.Duration
	b := newBackoff(RetryPolicy{TriesMax: 9, FirstPauseMax: 100 * time.Millisecond, PauseMax: 500 * time.Millisecond})
	b.draw = func(bound time.Duration) time.Duration {
		bounds = append(bounds, bound)
		return 7
	}
	failed := transportFailure(14, "broken")
	for range 4 {
		if pause := b.after(failed); pause != 7 {
			t.Errorf("pause: %s (expected: what was drawn)", pause)
		}
	}
	b.reset()
	b.after(failed)
	wanted := []time.Duration{100e6, 200e6, 400e6, 500e6, 100e6}
	if !slices.Equal(bounds, wanted) {
		t.Errorf("bounds: %v (expected: %v)", bounds, wanted)
	}
}

func TestAPauseThatTheServerAsksForComesOnTop(t *testing.T) {
	b := newBackoff(DefaultRetryPolicy())
	b.draw = func(time.Duration) time.Duration { return 5 * time.Millisecond }
	failed := &OverloadedError{&CallFailure{retryDelay: 100 * time.Millisecond}}
	if pause := b.after(failed); pause != 105*time.Millisecond {
		t.Errorf("pause: %s (expected: 105ms)", pause)
	}
}

func TestJitterIsFull(t *testing.T) {
	seen := map[time.Duration]bool{}
	for range 1000 {
		seen[fullJitter(3)] = true
	}
	if len(seen) != 4 || !seen[0] || !seen[3] {
		t.Errorf("drawn: %v (expected: all of 0..3)", seen)
	}
}

func TestALongestPauseOfAnyLengthDoesNotOverflow(t *testing.T) {
	b := newBackoff(RetryPolicy{TriesMax: 1, FirstPauseMax: 1, PauseMax: 1<<63 - 1})
	b.draw = func(bound time.Duration) time.Duration {
		if bound <= 0 {
			t.Fatalf("bound: %d", bound)
		}
		return 0
	}
	for range 70 {
		b.after(transportFailure(14, "broken"))
	}
}

func TestOptionsAreValidated(t *testing.T) {
	retry := DefaultRetryPolicy()
	for name, option := range map[string]Option{
		"deadline":     WithDeadline(0),
		"try deadline": WithTryDeadline(-1),
		"silence":      WithSilenceMax(0),
		"reruns":       WithRerunsMax(-1),
		"heartbeats":   WithHeartbeatsMissedMax(0),
		"tries":        WithRetry(RetryPolicy{TriesMax: 0, FirstPauseMax: 1, PauseMax: 1}),
		"first pause":  WithRetry(RetryPolicy{TriesMax: 1, FirstPauseMax: 0, PauseMax: 1}),
		"pause":        WithRetry(RetryPolicy{TriesMax: 1, FirstPauseMax: 2, PauseMax: 1}),
	} {
		if client, err := NewClient("127.0.0.1:1", WithRetry(retry), option); err == nil {
			t.Errorf("%s: accepted, %v", name, client.Close())
		}
	}
	if _, err := NewClient(""); err == nil {
		t.Error("an empty target was accepted")
	}
}
