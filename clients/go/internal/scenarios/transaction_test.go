package scenarios

import (
	"context"
	"encoding/json"

	"foldlog.dev/foldlog"
	foldlogv1 "foldlog.dev/gen/foldlog/v1"
)

// unitRead is a read through a unit of work: one of them.
type unitRead struct {
	ReadStream      json.RawMessage `json:"read_stream"`
	ReadStreamSince json.RawMessage `json:"read_stream_since"`
	ReadAll         json.RawMessage `json:"read_all"`
}

type transaction struct {
	Reads     []unitRead          `json:"reads"`
	Meanwhile [][]json.RawMessage `json:"meanwhile"`
	Append    []json.RawMessage   `json:"append"`
	Then      []unitRead          `json:"then"`
}

func (r *runner) transaction(client *foldlog.Client, with json.RawMessage) (any, error) {
	var wanted transaction
	r.arguments(with, &wanted)
	other := r.client("meanwhile")
	runs := 0
	var reads [][]string
	err := client.WithTransaction(r.t.Context(), func(ctx context.Context, unit *foldlog.UnitOfWork) error {
		runs++
		reads = nil
		if err := r.unitReads(ctx, unit, wanted.Reads, &reads); err != nil {
			return err
		}
		if runs <= len(wanted.Meanwhile) {
			if _, err := other.AppendEvents(ctx, r.newEvents(wanted.Meanwhile[runs-1])...); err != nil {
				return err
			}
		}
		if err := unit.Append(r.newEvents(wanted.Append)...); err != nil {
			return err
		}
		return r.unitReads(ctx, unit, wanted.Then, &reads)
	})
	return object{"runs": runs, "reads": reads}, err
}

func (r *runner) unitReads(ctx context.Context, unit *foldlog.UnitOfWork, wanted []unitRead, reads *[][]string) error {
	r.t.Helper()
	for _, it := range wanted {
		events, err := r.unitRead(ctx, unit, it)
		if err != nil {
			return err
		}
		*reads = append(*reads, idsOf(events))
	}
	return nil
}

func (r *runner) unitRead(ctx context.Context, unit *foldlog.UnitOfWork, wanted unitRead) ([]*foldlogv1.RecordedEvent, error) {
	r.t.Helper()
	switch {
	case wanted.ReadStream != nil:
		request := &foldlogv1.ReadStreamRequest{}
		r.parse(wanted.ReadStream, request)
		return unit.ReadStream(ctx, request)
	case wanted.ReadStreamSince != nil:
		request := &foldlogv1.ReadStreamSinceRequest{}
		r.parse(wanted.ReadStreamSince, request)
		return unit.ReadStreamSince(ctx, request)
	case wanted.ReadAll != nil:
		request := &foldlogv1.ReadAllRequest{}
		r.parse(wanted.ReadAll, request)
		return unit.ReadAll(ctx, request)
	default:
		r.fatalf("a read of a kind that is not known")
		return nil, nil
	}
}

func (r *runner) newEvents(texts []json.RawMessage) []*foldlogv1.NewEvent {
	r.t.Helper()
	events := make([]*foldlogv1.NewEvent, len(texts))
	for i, text := range texts {
		events[i] = &foldlogv1.NewEvent{}
		r.parse(text, events[i])
	}
	return events
}

func idsOf(events []*foldlogv1.RecordedEvent) []string {
	ids := make([]string, len(events))
	for i, event := range events {
		ids[i] = event.GetEventId()
	}
	return ids
}
