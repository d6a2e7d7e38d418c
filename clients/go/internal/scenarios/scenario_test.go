// Package scenarios runs the behaviours that all clients of Foldlog share (clients/scenarios/README.md).
package scenarios

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"foldlog.dev/internal/scenarioserver"
)

// server serves the whole run.
var server *scenarioserver.Server

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	started, err := scenarioserver.Start()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	server = started
	code := m.Run()
	if err := server.Close(); err != nil {
		fmt.Fprintln(os.Stderr, "the scenario server's end:", err)
		return 1
	}
	return code
}

// TestScenarios runs every file of behaviours/, each as a test of its own.
func TestScenarios(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(folder(t), "behaviours", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("behaviours: %v, %v (expected: files)", files, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			var described scenario
			decodeFile(t, file, &described)
			runScenario(t, &described)
			if _, err := server.Cue("passed go " + filepath.Base(file)); err != nil {
				t.Error(err)
			}
		})
	}
}

// scenario is a file of behaviours/. A key that is not here fails the test.
type scenario struct {
	Title   string                     `json:"title"`
	Options json.RawMessage            `json:"options"`
	Clients map[string]json.RawMessage `json:"clients"`
	Steps   []step                     `json:"steps"`
}

// step is one of the kinds that it names first.
type step struct {
	Cue       *string `json:"cue"`
	Call      *string `json:"call"`
	Subscribe *string `json:"subscribe"`
	Await     *string `json:"await"`
	Close     *string `json:"close"`
	Ended     *string `json:"ended"`

	Client string          `json:"client"`
	With   json.RawMessage `json:"with"`
	Answer any             `json:"answer"`
	Error  map[string]any  `json:"error"`
	awaited
}

// awaited is what a subscription must have.
type awaited struct {
	Events   *[]string   `json:"events"`
	Count    *int        `json:"count"`
	Position json.Number `json:"position"`
	Signals  []string    `json:"signals"`
	Distinct *int        `json:"distinct"`
}

func runScenario(t *testing.T, described *scenario) {
	t.Helper()
	r := newRunner(t, described)
	r.cue("reset")
	for i, step := range described.Steps {
		r.at = fmt.Sprintf("step %d", i+1)
		r.run(&step)
	}
}

func (r *runner) run(step *step) {
	r.t.Helper()
	switch {
	case step.Cue != nil:
		answer := r.cue(*step.Cue)
		if step.Answer != nil && step.Answer != answer {
			r.fatalf("cue %s: answered %q (expected: %v)", *step.Cue, answer, step.Answer)
		}
	case step.Call != nil:
		r.call(step)
	case step.Subscribe != nil:
		r.subscribe(*step.Subscribe, step)
	case step.Await != nil:
		r.subscription(*step.Await).await(r, &step.awaited)
	case step.Close != nil:
		r.subscription(*step.Close).close(r)
	case step.Ended != nil:
		r.checkError(r.subscription(*step.Ended).ended(r), step.Error)
	default:
		r.fatalf("a step of a kind that is not known")
	}
}

func (r *runner) call(step *step) {
	r.t.Helper()
	call, known := calls[*step.Call]
	if !known {
		r.fatalf("call %s: not known", *step.Call)
	}
	r.at += ", " + *step.Call
	answer, err := call(r, r.client(step.Client), step.With)
	switch {
	case step.Error != nil:
		r.checkError(err, step.Error)
	case err != nil:
		r.fatalf("%v", err)
	case step.Answer != nil:
		r.checkMatch(step.Answer, answer)
	}
}

// folder is clients/scenarios.
func folder(t *testing.T) string {
	t.Helper()
	top, err := scenarioserver.Top()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(top, "clients", "scenarios")
}

func decodeFile(t *testing.T, path string, value any) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err == nil {
		err = decode(text, value)
	}
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// decode is strict about keys, and keeps all digits of numbers.
func decode(text []byte, value any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(value); err != nil {
		return err
	}
	if _, err := decoder.Token(); err != io.EOF {
		return fmt.Errorf("more text after the value")
	}
	return nil
}
