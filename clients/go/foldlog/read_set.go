package foldlog

import (
	"fmt"

	"google.golang.org/protobuf/proto"

	foldlogv1 "foldlog.dev/gen/foldlog/v1"
)

// readSet is what a unit of work has read, as the preconditions that say that none of it has changed since: a
// partition that was read as a whole has its sequence still, and no event after the snapshot matches
// what was read by a filter.
type readSet struct {
	conditions []readCondition
	known      map[string]struct{}
}

// readCondition is one that was read: by filter, or, without one, a partition up to its sequence.
type readCondition struct {
	partitionKey string
	sequence     int64
	filter       *foldlogv1.EventFilter
}

// partition remembers that a partition was read as a whole. Its sequence is that of the snapshot, each time.
func (r *readSet) partition(key string, lastSequence int64) {
	if r.isNew("partition " + key) {
		r.conditions = append(r.conditions, readCondition{partitionKey: key, sequence: lastSequence})
	}
}

// matching remembers that all events were read that match.
func (r *readSet) matching(filter *foldlogv1.EventFilter) error {
	encoded, err := proto.MarshalOptions{Deterministic: true}.Marshal(filter)
	if err != nil {
		return fmt.Errorf("foldlog: filter: %w", err)
	}
	if r.isNew("filter " + string(encoded)) {
		r.conditions = append(r.conditions, readCondition{filter: filter})
	}
	return nil
}

func (r *readSet) isNew(key string) bool {
	if _, known := r.known[key]; known {
		return false
	}
	if r.known == nil {
		r.known = map[string]struct{}{}
	}
	r.known[key] = struct{}{}
	return true
}

func (r *readSet) preconditions(snapshot int64) []*foldlogv1.Precondition {
	var derived []*foldlogv1.Precondition
	for _, it := range r.conditions {
		if it.filter == nil {
			derived = append(derived, AtSequence(it.partitionKey, it.sequence))
		} else {
			derived = append(derived, NoEventsMatching(it.filter, snapshot))
		}
	}
	return derived
}
