package foldlog

import foldlogv1 "foldlog.dev/gen/foldlog/v1"

// AtSequence returns the precondition that a partition's last sequence is exactly this; 0: it never had an event.
func AtSequence(partitionKey string, sequence int64) *foldlogv1.Precondition {
	return onPartition(&foldlogv1.PartitionCondition{
		PartitionKey: partitionKey,
		Expected:     &foldlogv1.PartitionCondition_Sequence{Sequence: sequence},
	})
}

// Present returns the precondition that a partition has had an event.
func Present(partitionKey string) *foldlogv1.Precondition { return existing(partitionKey, true) }

// Absent returns the precondition that a partition never had an event.
func Absent(partitionKey string) *foldlogv1.Precondition { return existing(partitionKey, false) }

// NoEventsMatching returns the precondition that no event after a position matches a filter; position 0: no event at
// all.
func NoEventsMatching(filter *foldlogv1.EventFilter, afterPosition int64) *foldlogv1.Precondition {
	return &foldlogv1.Precondition{Condition: &foldlogv1.Precondition_NoEventsMatching{
		NoEventsMatching: &foldlogv1.NoEventsMatching{Filter: filter, AfterPosition: afterPosition},
	}}
}

func existing(partitionKey string, exists bool) *foldlogv1.Precondition {
	return onPartition(&foldlogv1.PartitionCondition{
		PartitionKey: partitionKey,
		Expected:     &foldlogv1.PartitionCondition_Exists{Exists: exists},
	})
}

func onPartition(condition *foldlogv1.PartitionCondition) *foldlogv1.Precondition {
	return &foldlogv1.Precondition{Condition: &foldlogv1.Precondition_Partition{Partition: condition}}
}
