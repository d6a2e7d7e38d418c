package scenarios

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"foldlog.dev/foldlog"
)

// patience is how long a runner waits for anything.
const patience = 60 * time.Second

// runner runs one scenario.
type runner struct {
	t             *testing.T
	scenario      *scenario
	clients       map[string]*foldlog.Client
	subscriptions map[string]*followed
	// at is where the scenario is, for messages.
	at string
}

func newRunner(t *testing.T, described *scenario) *runner {
	return &runner{t: t, scenario: described, clients: map[string]*foldlog.Client{}, subscriptions: map[string]*followed{}}
}

func (r *runner) fatalf(format string, values ...any) {
	r.t.Helper()
	r.t.Fatalf(r.at+": "+format, values...)
}

func (r *runner) cue(line string) string {
	r.t.Helper()
	answer, err := server.Cue(line)
	if err != nil {
		r.fatalf("%v", err)
	}
	return answer
}

// clientOptions are the options of a scenario.
type clientOptions struct {
	Tries            int `json:"tries"`
	DeadlineMillis   int `json:"deadline_ms"`
	Reruns           int `json:"reruns"`
	HeartbeatsMissed int `json:"heartbeats_missed"`
}

// client is the one of a name, made at its first use.
func (r *runner) client(name string) *foldlog.Client {
	r.t.Helper()
	if name == "" {
		name = "main"
	}
	if client, made := r.clients[name]; made {
		return client
	}
	options := clientOptions{Tries: 5, DeadlineMillis: 30_000, Reruns: 5, HeartbeatsMissed: 3}
	for _, changes := range []json.RawMessage{r.scenario.Options, r.scenario.Clients[name]} {
		if len(changes) == 0 {
			continue
		}
		if err := decode(changes, &options); err != nil {
			r.fatalf("options: %v", err)
		}
	}
	client, err := foldlog.NewClient(server.Address,
		foldlog.WithRetry(foldlog.RetryPolicy{TriesMax: options.Tries, FirstPauseMax: 10 * time.Millisecond, PauseMax: 100 * time.Millisecond}),
		foldlog.WithDeadline(time.Duration(options.DeadlineMillis)*time.Millisecond),
		foldlog.WithRerunsMax(options.Reruns),
		foldlog.WithHeartbeatsMissedMax(options.HeartbeatsMissed))
	if err != nil {
		r.fatalf("%v", err)
	}
	r.t.Cleanup(func() {
		if err := client.Close(); err != nil {
			r.t.Errorf("closing the client %s: %v", name, err)
		}
	})
	r.clients[name] = client
	return client
}

func (r *runner) subscription(id string) *followed {
	r.t.Helper()
	subscription, started := r.subscriptions[id]
	if !started {
		r.fatalf("%s: not subscribed", id)
	}
	return subscription
}

// eventually waits until a condition holds.
func (r *runner) eventually(what string, holds func() bool) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.t.Context(), patience)
	defer cancel()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for !holds() {
		select {
		case <-look.C:
		case <-ctx.Done():
			r.fatalf("waited in vain until %s", what)
		}
	}
}
