package foldlog

import (
	"testing"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	foldlogv1 "foldlog.dev/gen/foldlog/v1"
)

func TestAFilterMeansHereWhatItMeansOnTheServer(t *testing.T) {
	at := time.Unix(1_700_000_000, 5)
	event := &foldlogv1.RecordedEvent{
		PartitionKey: "p", Action: "approve", ArtifactType: "answer", ArtifactId: "a", ThreadId: "t", Producer: "ana",
		Timestamp: timestamppb.New(at), Tags: []string{"x", "y"},
	}
	type filter = foldlogv1.EventFilter
	for name, it := range map[string]struct {
		filter  *filter
		matches bool
	}{
		"none":               {nil, true},
		"empty":              {&filter{}, true},
		"partition":          {&filter{PartitionKeys: []string{"q", "p"}}, true},
		"other partition":    {&filter{PartitionKeys: []string{"q"}}, false},
		"action":             {&filter{Actions: []string{"approve"}}, true},
		"other action":       {&filter{Actions: []string{"reject"}}, false},
		"other type":         {&filter{ArtifactTypes: []string{"x"}}, false},
		"other artifact":     {&filter{ArtifactIds: []string{"x"}}, false},
		"other thread":       {&filter{ThreadIds: []string{"x"}}, false},
		"other producer":     {&filter{Producers: []string{"x"}}, false},
		"since its time":     {&filter{Since: timestamppb.New(at)}, true},
		"since later":        {&filter{Since: timestamppb.New(at.Add(1))}, false},
		"until its time":     {&filter{Until: timestamppb.New(at)}, false},
		"until later":        {&filter{Until: timestamppb.New(at.Add(1))}, true},
		"all tags":           {&filter{Tags: []string{"y", "x"}}, true},
		"a tag too many":     {&filter{Tags: []string{"x", "z"}}, false},
		"one of":             {&filter{AnyOf: []*filter{{Actions: []string{"no"}}, {Tags: []string{"x"}}}}, true},
		"none of":            {&filter{AnyOf: []*filter{{Actions: []string{"no"}}}}, false},
		"one of, but not it": {&filter{Actions: []string{"no"}, AnyOf: []*filter{{}}}, false},
	} {
		if matches(it.filter, event) != it.matches {
			t.Errorf("%s: matches %t (expected: %t)", name, !it.matches, it.matches)
		}
	}
}
