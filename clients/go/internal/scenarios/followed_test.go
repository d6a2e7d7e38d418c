package scenarios

import (
	"context"
	"errors"
	"slices"
	"sync"

	"foldlog.dev/foldlog"
	foldlogv1 "foldlog.dev/gen/foldlog/v1"
)

// followed is a subscription of a scenario, in a goroutine of its own, and what it was told.
type followed struct {
	subscription *foldlog.Subscription
	cancel       context.CancelFunc
	done         chan struct{}

	mu      sync.Mutex
	ids     []string
	signals map[string]bool
	err     error
}

func (r *runner) subscribe(id string, step *step) {
	r.t.Helper()
	request := &foldlogv1.SubscribeAllRequest{}
	r.parse(step.With, request)
	ctx, cancel := context.WithCancel(r.t.Context())
	f := &followed{
		subscription: r.client(step.Client).SubscribeAll(ctx, request),
		cancel:       cancel,
		done:         make(chan struct{}),
		signals:      map[string]bool{},
	}
	r.subscriptions[id] = f
	go f.follow()
	r.t.Cleanup(func() {
		cancel()
		<-f.done
	})
}

func (f *followed) follow() {
	defer close(f.done)
	for message, err := range f.subscription.Messages() {
		f.told(message, err)
	}
}

func (f *followed) told(message foldlog.Message, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.err = err
	switch message := message.(type) {
	case *foldlog.Delivered:
		f.ids = append(f.ids, message.Event.GetEventId())
	case *foldlog.CaughtUp:
		f.signals["caught_up"] = true
	case *foldlog.Heartbeat:
		f.signals["heartbeat"] = true
	case *foldlog.Disconnected:
		f.signals["disconnected"] = true
	}
}

// await waits until the subscription has all that is wanted, and checks that it has no more.
func (f *followed) await(r *runner, wanted *awaited) {
	r.t.Helper()
	count := 0
	if wanted.Count != nil {
		count = *wanted.Count
	}
	if wanted.Events != nil {
		count = len(*wanted.Events)
	}
	position := int64(0)
	if wanted.Position != "" {
		var err error
		if position, err = wanted.Position.Int64(); err != nil {
			r.fatalf("position: %v", err)
		}
	}
	r.eventually("the subscription has it all", func() bool {
		select {
		case <-f.done:
			r.fatalf("the subscription has ended: %v", f.err)
		default:
		}
		f.mu.Lock()
		defer f.mu.Unlock()
		lacks := func(signal string) bool { return !f.signals[signal] }
		return len(f.ids) >= count && f.subscription.Position() >= position && !slices.ContainsFunc(wanted.Signals, lacks)
	})
	f.mu.Lock()
	defer f.mu.Unlock()
	if wanted.Events != nil && !slices.Equal(f.ids, *wanted.Events) {
		r.fatalf("events: %v (expected: %v)", f.ids, *wanted.Events)
	}
	if wanted.Count != nil && len(f.ids) != count {
		r.fatalf("%d events (expected: %d)", len(f.ids), count)
	}
	if wanted.Distinct != nil && distinct(f.ids) != *wanted.Distinct {
		r.fatalf("%d different events (expected: %d)", distinct(f.ids), *wanted.Distinct)
	}
}

func (f *followed) close(r *runner) {
	r.t.Helper()
	f.cancel()
	if err := f.ended(r); !errors.Is(err, context.Canceled) {
		r.fatalf("the subscription ended with: %v (expected: cancelled)", err)
	}
}

// ended waits until the subscription has ended, and is its error.
func (f *followed) ended(r *runner) error {
	r.t.Helper()
	r.eventually("the subscription has ended", func() bool {
		select {
		case <-f.done:
			return true
		default:
			return false
		}
	})
	return f.err
}

func distinct(texts []string) int {
	return len(slices.Compact(slices.Sorted(slices.Values(texts))))
}
