// Package scenarioserver runs the scenario server of the Foldlog repository (clients/scenarios/README.md): a
// real server that makes faults on cue. It is for tests, and needs a checkout of the repository.
package scenarioserver

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
)

// Server is a running scenario server. Safe for concurrent use.
type Server struct {
	// Address is where it serves, also after it was restarted by a cue.
	Address string

	process *exec.Cmd
	stdin   io.WriteCloser
	mu      sync.Mutex // guards the conversation
	stdout  *bufio.Reader
}

// Top is the top of the repository that the working directory is in.
func Top() (string, error) {
	folder, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "scripts", "scenario-server")); err == nil {
			return folder, nil
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return "", errors.New("scripts/scenario-server: not found (expected: a checkout of the repository)")
		}
		folder = parent
	}
}

// Start starts a server, building it first if need be. It ends with Close, and with this process.
func Start() (*Server, error) {
	top, err := Top()
	if err != nil {
		return nil, err
	}
	process := exec.Command(filepath.Join(top, "scripts", "scenario-server"))
	process.Stderr = os.Stderr
	stdin, err := process.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := process.Start(); err != nil {
		return nil, err
	}
	server := &Server{process: process, stdin: stdin, stdout: bufio.NewReader(stdout)}
	line, err := server.stdout.ReadString('\n')
	address, ready := strings.CutPrefix(strings.TrimSpace(line), "ready ")
	if err != nil || !ready {
		return nil, errors.Join(fmt.Errorf("scenario server: %q (expected: ready ADDRESS)", line), err, server.Close())
	}
	server.Address = address
	return server, nil
}

// Cue gives a cue, and is what the server answers beside "ok". When it returns the cue has taken effect.
func (s *Server) Cue(line string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := io.WriteString(s.stdin, line+"\n"); err != nil {
		return "", fmt.Errorf("cue %s: %w", line, err)
	}
	answer, err := s.stdout.ReadString('\n')
	if err != nil {
		return "", fmt.Errorf("cue %s: %w", line, err)
	}
	value, ok := strings.CutPrefix(strings.TrimSpace(answer), "ok")
	if !ok {
		return "", fmt.Errorf("cue %s: %s", line, strings.TrimSpace(answer))
	}
	return strings.TrimSpace(value), nil
}

// Close ends the server.
func (s *Server) Close() error {
	return errors.Join(s.stdin.Close(), s.process.Wait())
}
