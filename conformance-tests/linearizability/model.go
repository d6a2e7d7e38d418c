package main

import (
	"encoding/binary"

	"github.com/anishathalye/porcupine"
)

// state is one partition: the ids of its events in their order, four bytes each. The last sequence is their number.
type state string

const idBytes = 4

func (s state) last() int64 {
	return int64(len(s) / idBytes)
}

// sequenceOf is the place of an id, from 1; 0 when the partition does not have it.
func (s state) sequenceOf(id uint32) int64 {
	for i := 0; i < len(s); i += idBytes {
		if binary.BigEndian.Uint32([]byte(s[i:i+idBytes])) == id {
			return int64(i/idBytes) + 1
		}
	}
	return 0
}

func (s state) with(ids ...uint32) state {
	bytes := []byte(s)
	for _, id := range ids {
		bytes = binary.BigEndian.AppendUint32(bytes, id)
	}
	return state(bytes)
}

// call is what a client asked.
type call struct {
	op        string
	partition string
	id        uint32
	// expected is the last sequence that an append demands, nil when it demands none.
	expected *int64
}

// answer is what the client learnt.
type answer struct {
	outcome  string
	sequence int64
	replayed bool
	last     int64
	ids      state
}

const (
	opAppend = "append"
	opRead   = "read"
	opLast   = "last"

	outcomeOK       = "ok"
	outcomeConflict = "conflict"
	outcomeUnknown  = "unknown"
)

// partitionModel is a partition as it should be: an append whose id is stored answers the first place whatever it
// demands; any other is stored when what it demands holds, and conflicts when it does not. An append of unknown
// outcome did one of these, and nobody was told.
func partitionModel() porcupine.Model {
	return porcupine.Model{
		Partition: byPartition,
		Init:      func() interface{} { return state("") },
		Step: func(before, input, output interface{}) (bool, interface{}) {
			return step(before.(state), input.(call), output.(answer))
		},
	}
}

func step(before state, asked call, learnt answer) (bool, state) {
	switch asked.op {
	case opAppend:
		return stepAppend(before, asked, learnt)
	case opRead:
		return learnt.ids == before && learnt.last == before.last(), before
	case opLast:
		return learnt.last == before.last(), before
	default:
		return false, before
	}
}

func stepAppend(before state, asked call, learnt answer) (bool, state) {
	stored := before.sequenceOf(asked.id)
	holds := asked.expected == nil || *asked.expected == before.last()
	after := before
	if stored == 0 && holds {
		after = before.with(asked.id)
	}
	switch learnt.outcome {
	case outcomeUnknown:
		return true, after
	case outcomeConflict:
		return stored == 0 && !holds && learnt.last == before.last(), before
	case outcomeOK:
		if stored > 0 {
			return learnt.replayed && learnt.sequence == stored, before
		}
		return holds && !learnt.replayed && learnt.sequence == after.last(), after
	default:
		return false, before
	}
}

func byPartition(history []porcupine.Operation) [][]porcupine.Operation {
	order := []string{}
	parts := map[string][]porcupine.Operation{}
	for _, operation := range history {
		partition := operation.Input.(call).partition
		if _, known := parts[partition]; !known {
			order = append(order, partition)
		}
		parts[partition] = append(parts[partition], operation)
	}
	all := make([][]porcupine.Operation, 0, len(order))
	for _, partition := range order {
		all = append(all, parts[partition])
	}
	return all
}
