package scenarios

import (
	"context"
	"encoding/json"
	"go/format"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"foldlog.dev/foldlog"
	foldlogv1 "foldlog.dev/gen/foldlog/v1"
	"foldlog.dev/internal/scenarioserver"
)

var fencedBlock = regexp.MustCompile("(?ms)^```(go)?\n(.*?)^```$")

// readme is the text of the client's README.
func readme(t *testing.T) string {
	t.Helper()
	top, err := scenarioserver.Top()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(top, "clients", "go", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// block is the first block of the README behind a text.
func block(t *testing.T, behind string) string {
	t.Helper()
	_, rest, found := strings.Cut(readme(t), behind)
	if !found {
		t.Fatalf("README: no %q", behind)
	}
	match := fencedBlock.FindStringSubmatch(rest)
	if match == nil {
		t.Fatalf("README: no block behind %q", behind)
	}
	return match[2]
}

// build makes a program of a text, with the packages of this module.
func build(t *testing.T, program string) string {
	t.Helper()
	if formatted, err := format.Source([]byte(program)); err != nil || string(formatted) != program {
		t.Fatalf("a program of the README is not formatted: %v", err)
	}
	folder := t.TempDir()
	source, binary := filepath.Join(folder, "main.go"), filepath.Join(folder, "program")
	if err := os.WriteFile(source, []byte(program), 0o644); err != nil {
		t.Fatal(err)
	}
	if output, err := exec.Command("go", "build", "-o", binary, source).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return binary
}

func TestQuickStartOfReadme(t *testing.T) {
	if _, err := server.Cue("reset"); err != nil {
		t.Fatal(err)
	}
	program := block(t, "## Quick start")
	if strings.Count(program, `"127.0.0.1:7070"`) != 1 {
		t.Fatal("the quick start does not name its server once")
	}
	binary := build(t, strings.Replace(program, "127.0.0.1:7070", server.Address, 1))
	output, err := exec.Command(binary).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	if wanted := block(t, "It prints:"); string(output) != wanted {
		t.Errorf("it printed:\n%s(expected:\n%s)", output, wanted)
	}
}

func (r *runner) killWorker(client *foldlog.Client, with json.RawMessage) (any, error) {
	var arguments struct {
		Checkpoint string `json:"checkpoint"`
		Events     int64  `json:"events"`
		Kills      int64  `json:"kills"`
	}
	r.arguments(with, &arguments)
	program := block(r.t, "## A worker")
	if !strings.Contains(program, `"`+arguments.Checkpoint+`"`) {
		r.fatalf("the worker of the README has another checkpoint than %s", arguments.Checkpoint)
	}
	binary := build(r.t, program)
	killed := 0
	for kill := range arguments.Kills {
		if r.workUntil(binary, client, arguments.Checkpoint, arguments.Events*(kill+1)/(arguments.Kills+1)) {
			killed++
		}
	}
	r.workUntil(binary, client, arguments.Checkpoint, arguments.Events)
	scores, err := client.ReadAll(r.t.Context(), &foldlogv1.ReadAllRequest{
		Filter: &foldlogv1.EventFilter{Actions: []string{"score"}},
	}).Collect()
	artifacts := make([]string, len(scores))
	for i, score := range scores {
		artifacts[i] = score.GetArtifactId()
	}
	return object{"kills": killed, "derived": len(scores), "distinct": distinct(artifacts)}, err
}

// workUntil runs a worker until the checkpoint is so far, and kills it; whether it still ran then.
func (r *runner) workUntil(binary string, client *foldlog.Client, name string, position int64) bool {
	r.t.Helper()
	ctx, kill := context.WithCancel(r.t.Context())
	defer kill()
	worker := exec.CommandContext(ctx, binary, server.Address) // cancelled: SIGKILL
	worker.Stderr = os.Stderr
	if err := worker.Start(); err != nil {
		r.fatalf("%v", err)
	}
	ended := make(chan struct{})
	var failure error
	go func() {
		defer close(ended)
		failure = worker.Wait()
	}()
	r.eventually("the worker has come on", func() bool {
		select {
		case <-ended:
			r.fatalf("the worker has ended by itself: %v", failure)
		default:
		}
		checkpoint, _, err := client.GetCheckpoint(ctx, name)
		if err != nil {
			r.fatalf("%v", err)
		}
		return checkpoint.GetPosition() >= position
	})
	kill()
	<-ended
	return !worker.ProcessState.Exited() // ended by a signal
}
