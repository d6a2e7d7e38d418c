package scenarios

import (
	"encoding/json"
	"iter"
	"strconv"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"foldlog.dev/foldlog"
	foldlogv1 "foldlog.dev/gen/foldlog/v1"
)

type object = map[string]any

// calls are those that a scenario can make, by name. An answer is a message, an object, or text.
var calls map[string]func(r *runner, client *foldlog.Client, with json.RawMessage) (any, error)

func init() { // a variable's own initializer may not lead back to it
	calls = map[string]func(*runner, *foldlog.Client, json.RawMessage) (any, error){
		"append":            (*runner).append,
		"read_stream":       (*runner).readStream,
		"read_stream_since": (*runner).readStreamSince,
		"read_all":          (*runner).readAll,
		"load_history":      (*runner).loadHistory,
		"get_event":         (*runner).getEvent,
		"get_partition":     (*runner).getPartition,
		"list_partitions":   (*runner).listPartitions,
		"store_info":        (*runner).storeInfo,
		"checkpoint_get":    (*runner).checkpointGet,
		"checkpoint_move":   (*runner).checkpointMove,
		"checkpoint_delete": (*runner).checkpointDelete,
		"checkpoint_list":   (*runner).checkpointList,
		"transaction":       (*runner).transaction,
		"count_all":         (*runner).countAll,
		"append_value":      (*runner).appendValue,
		"payload_integers":  (*runner).payloadIntegers,
		"big_payload":       (*runner).bigPayload,
		"made_ids":          (*runner).madeIDs,
		"each_error":        (*runner).eachError,
		"give_up":           (*runner).giveUp,
		"kill_worker":       (*runner).killWorker,
		"golden":            (*runner).golden,
	}
}

// parse makes a message of what a step has in protobuf's JSON.
func (r *runner) parse(with json.RawMessage, request proto.Message) {
	r.t.Helper()
	if len(with) == 0 {
		return
	}
	if err := protojson.Unmarshal(with, request); err != nil {
		r.fatalf("with: %v", err)
	}
}

// arguments decodes what a step has in JSON of the scenarios' own.
func (r *runner) arguments(with json.RawMessage, value any) {
	r.t.Helper()
	if len(with) == 0 {
		return
	}
	if err := decode(with, value); err != nil {
		r.fatalf("with: %v", err)
	}
}

func (r *runner) append(client *foldlog.Client, with json.RawMessage) (any, error) {
	request := &foldlogv1.AppendRequest{}
	r.parse(with, request)
	return client.Append(r.t.Context(), request)
}

func (r *runner) readStream(client *foldlog.Client, with json.RawMessage) (any, error) {
	request := &foldlogv1.ReadStreamRequest{}
	r.parse(with, request)
	read := client.ReadStream(r.t.Context(), request)
	events, err := read.Collect()
	return object{"events": events, "last_sequence": strconv.FormatInt(read.LastSequence(), 10)}, err
}

func (r *runner) readStreamSince(client *foldlog.Client, with json.RawMessage) (any, error) {
	request := &foldlogv1.ReadStreamSinceRequest{}
	r.parse(with, request)
	read := client.ReadStreamSince(r.t.Context(), request)
	events, err := read.Collect()
	return object{"events": events, "truncated": read.Truncated()}, err
}

func (r *runner) readAll(client *foldlog.Client, with json.RawMessage) (any, error) {
	request := &foldlogv1.ReadAllRequest{}
	r.parse(with, request)
	events, err := client.ReadAll(r.t.Context(), request).Collect()
	return object{"events": events}, err
}

func (r *runner) loadHistory(client *foldlog.Client, with json.RawMessage) (any, error) {
	var arguments struct {
		PartitionKey string `json:"partition_key"`
	}
	r.arguments(with, &arguments)
	events, err := client.LoadHistory(r.t.Context(), arguments.PartitionKey)
	return object{"events": events}, err
}

func (r *runner) getEvent(client *foldlog.Client, with json.RawMessage) (any, error) {
	var arguments struct {
		EventID string `json:"event_id"`
	}
	r.arguments(with, &arguments)
	return client.GetEvent(r.t.Context(), arguments.EventID)
}

func (r *runner) getPartition(client *foldlog.Client, with json.RawMessage) (any, error) {
	var arguments struct {
		PartitionKey string `json:"partition_key"`
	}
	r.arguments(with, &arguments)
	return client.GetPartition(r.t.Context(), arguments.PartitionKey)
}

func (r *runner) listPartitions(client *foldlog.Client, with json.RawMessage) (any, error) {
	var arguments struct {
		Prefix string `json:"prefix"`
	}
	r.arguments(with, &arguments)
	partitions, err := collect(client.ListPartitions(r.t.Context(), arguments.Prefix))
	return object{"partitions": partitions}, err
}

func (r *runner) storeInfo(client *foldlog.Client, with json.RawMessage) (any, error) {
	r.arguments(with, &struct{}{})
	return client.StoreInfo(r.t.Context())
}

func (r *runner) checkpointGet(client *foldlog.Client, with json.RawMessage) (any, error) {
	var arguments struct {
		Name string `json:"name"`
	}
	r.arguments(with, &arguments)
	checkpoint, found, err := client.GetCheckpoint(r.t.Context(), arguments.Name)
	if found != (checkpoint != nil) {
		r.fatalf("found %t, %v (expected: a checkpoint if found)", found, checkpoint)
	}
	return object{"checkpoint": checkpoint}, err
}

func (r *runner) checkpointMove(client *foldlog.Client, with json.RawMessage) (any, error) {
	var arguments struct {
		Name string `json:"name"`
		From int64  `json:"from,string"`
		To   int64  `json:"to,string"`
	}
	r.arguments(with, &arguments)
	checkpoint, err := client.MoveCheckpoint(r.t.Context(), arguments.Name, arguments.From, arguments.To)
	return object{"checkpoint": checkpoint}, err
}

func (r *runner) checkpointDelete(client *foldlog.Client, with json.RawMessage) (any, error) {
	var arguments struct {
		Name string `json:"name"`
	}
	r.arguments(with, &arguments)
	deleted, err := client.DeleteCheckpoint(r.t.Context(), arguments.Name)
	return object{"deleted": deleted}, err
}

func (r *runner) checkpointList(client *foldlog.Client, with json.RawMessage) (any, error) {
	r.arguments(with, &struct{}{})
	checkpoints, err := collect(client.ListCheckpoints(r.t.Context()))
	return object{"checkpoints": checkpoints}, err
}

func collect[T any](all iter.Seq2[T, error]) ([]T, error) {
	var collected []T
	for element, err := range all {
		if err != nil {
			return nil, err
		}
		collected = append(collected, element)
	}
	return collected, nil
}
