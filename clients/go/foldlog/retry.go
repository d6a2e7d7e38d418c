package foldlog

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// RetryPolicy is how often a call that failed is made again, and how long the client waits in between:
// at random between nothing and a bound that starts with FirstPauseMax and doubles up to PauseMax (full
// jitter), so that clients do not come back all at once. A pause that the server asks for comes on
// top.
type RetryPolicy struct {
	// TriesMax is how often a call is made at most, the first time included; 1: never again.
	TriesMax int
	// FirstPauseMax is the bound of the first pause.
	FirstPauseMax time.Duration
	// PauseMax is the bound of any pause.
	PauseMax time.Duration
}

// DefaultRetryPolicy makes five tries, with pauses of up to 100 ms, 200 ms, 400 ms and 800 ms.
func DefaultRetryPolicy() RetryPolicy {
	return RetryPolicy{TriesMax: 5, FirstPauseMax: 100 * time.Millisecond, PauseMax: 5 * time.Second}
}

func (p RetryPolicy) validate() error {
	switch {
	case p.TriesMax < 1:
		return fmt.Errorf("foldlog: TriesMax: %d (expected: >= 1)", p.TriesMax)
	case p.FirstPauseMax <= 0:
		return fmt.Errorf("foldlog: FirstPauseMax: %s (expected: > 0)", p.FirstPauseMax)
	case p.PauseMax < p.FirstPauseMax:
		return fmt.Errorf("foldlog: PauseMax: %s (expected: >= %s)", p.PauseMax, p.FirstPauseMax)
	default:
		return nil
	}
}

// backoff draws the pauses of one call. Not safe for concurrent use.
type backoff struct {
	policy RetryPolicy
	// draw is a random duration of [0, bound].
	draw  func(bound time.Duration) time.Duration
	bound time.Duration
}

func newBackoff(policy RetryPolicy) *backoff {
	return &backoff{policy: policy, draw: fullJitter, bound: policy.FirstPauseMax}
}

func fullJitter(bound time.Duration) time.Duration {
	return time.Duration(rand.Uint64N(uint64(bound) + 1))
}

// after is the pause after a failure: what the server asks for, and a random part.
func (b *backoff) after(failed Error) time.Duration {
	pause := b.draw(b.bound)
	// Compared with what is left, so that doubling cannot overflow.
	if b.bound > b.policy.PauseMax-b.bound {
		b.bound = b.policy.PauseMax
	} else {
		b.bound *= 2
	}
	return failed.RetryDelay() + pause
}

// reset starts anew with short pauses.
func (b *backoff) reset() { b.bound = b.policy.FirstPauseMax }
