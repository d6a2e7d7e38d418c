package foldlog

import (
	"slices"

	foldlogv1 "foldlog.dev/gen/foldlog/v1"
)

// hasExpression tells whether a filter, or an alternative in it, has an expression.
func hasExpression(filter *foldlogv1.EventFilter) bool {
	return filter.GetExpression() != "" || slices.ContainsFunc(filter.GetAnyOf(), hasExpression)
}

// matches tells whether an event that is not stored yet matches a filter without expressions.
func matches(filter *foldlogv1.EventFilter, event *foldlogv1.RecordedEvent) bool {
	return accepts(filter.GetPartitionKeys(), event.GetPartitionKey()) &&
		accepts(filter.GetActions(), event.GetAction()) &&
		accepts(filter.GetArtifactTypes(), event.GetArtifactType()) &&
		accepts(filter.GetArtifactIds(), event.GetArtifactId()) &&
		accepts(filter.GetThreadIds(), event.GetThreadId()) &&
		accepts(filter.GetProducers(), event.GetProducer()) &&
		isInTime(filter, event) &&
		hasAll(event.GetTags(), filter.GetTags()) &&
		(len(filter.GetAnyOf()) == 0 || slices.ContainsFunc(filter.GetAnyOf(), func(one *foldlogv1.EventFilter) bool {
			return matches(one, event)
		}))
}

func accepts(wanted []string, actual string) bool {
	return len(wanted) == 0 || slices.Contains(wanted, actual)
}

func hasAll(tags, wanted []string) bool {
	return !slices.ContainsFunc(wanted, func(tag string) bool { return !slices.Contains(tags, tag) })
}

func isInTime(filter *foldlogv1.EventFilter, event *foldlogv1.RecordedEvent) bool {
	time := event.GetTimestamp().AsTime()
	return (filter.GetSince() == nil || !time.Before(filter.GetSince().AsTime())) &&
		(filter.GetUntil() == nil || time.Before(filter.GetUntil().AsTime()))
}
