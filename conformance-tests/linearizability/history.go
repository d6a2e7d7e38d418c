package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"

	"github.com/anishathalye/porcupine"
)

const lineBytesMax = 1 << 20

// plan is the first line of a history.
type plan struct {
	Seed       int64 `json:"seed"`
	Clients    int   `json:"clients"`
	Partitions int   `json:"partitions"`
	Operations int   `json:"operations"`
}

// line is one call of a history.
type line struct {
	Client    int      `json:"client"`
	Partition string   `json:"partition"`
	Op        string   `json:"op"`
	ID        string   `json:"id"`
	Expected  *int64   `json:"expected"`
	Call      int64    `json:"call"`
	Return    *int64   `json:"return"`
	Outcome   string   `json:"outcome"`
	Sequence  int64    `json:"sequence"`
	Replayed  bool     `json:"replayed"`
	Last      int64    `json:"last"`
	IDs       []string `json:"ids"`
}

// history is what was recorded of one run.
type history struct {
	plan       plan
	operations []porcupine.Operation
	outcomes   map[string]int
	lines      int
}

// readHistory reads a plan and its calls. Reads of unknown outcome changed nothing and are left out; an append of
// unknown outcome stays open until the end.
func readHistory(from io.Reader) (*history, error) {
	lines := bufio.NewScanner(from)
	lines.Buffer(make([]byte, 0, 1<<16), lineBytesMax)
	read := &history{outcomes: map[string]int{}}
	if !lines.Scan() {
		return nil, fmt.Errorf("history: empty (expected: a plan)")
	}
	if err := json.Unmarshal(lines.Bytes(), &read.plan); err != nil {
		return nil, fmt.Errorf("line 1: %w", err)
	}
	numbers := map[string]uint32{}
	for lines.Scan() {
		var one line
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			return nil, fmt.Errorf("line %d: %w", read.lines+2, err)
		}
		if err := one.check(); err != nil {
			return nil, fmt.Errorf("line %d: %w", read.lines+2, err)
		}
		read.lines++
		read.add(one, numbers)
	}
	return read, lines.Err()
}

func (one line) check() error {
	switch {
	case one.Op != opAppend && one.Op != opRead && one.Op != opLast:
		return fmt.Errorf("op: %q (expected: append, read or last)", one.Op)
	case one.Outcome != outcomeOK && one.Outcome != outcomeConflict && one.Outcome != outcomeUnknown:
		return fmt.Errorf("outcome: %q (expected: ok, conflict or unknown)", one.Outcome)
	case one.Outcome == outcomeUnknown && one.Return != nil:
		return fmt.Errorf("return: %d (expected: none for an unknown outcome)", *one.Return)
	case one.Outcome != outcomeUnknown && (one.Return == nil || *one.Return < one.Call):
		return fmt.Errorf("return: before the call, or none (expected: after %d)", one.Call)
	}
	return nil
}

func (read *history) add(one line, numbers map[string]uint32) {
	if one.Op == opAppend || one.Outcome != outcomeUnknown {
		read.outcomes[one.Outcome]++
	}
	if one.Outcome == outcomeUnknown && one.Op != opAppend {
		return
	}
	returned := int64(math.MaxInt64)
	if one.Return != nil {
		returned = *one.Return
	}
	ids := state("")
	for _, id := range one.IDs {
		ids = ids.with(number(id, numbers))
	}
	read.operations = append(read.operations, porcupine.Operation{
		ClientId: one.Client,
		Input:    call{op: one.Op, partition: one.Partition, id: number(one.ID, numbers), expected: one.Expected},
		Call:     one.Call,
		Output: answer{
			outcome: one.Outcome, sequence: one.Sequence, replayed: one.Replayed, last: one.Last, ids: ids,
		},
		Return: returned,
	})
}

func number(id string, numbers map[string]uint32) uint32 {
	if known, ok := numbers[id]; ok {
		return known
	}
	numbers[id] = uint32(len(numbers) + 1)
	return numbers[id]
}
