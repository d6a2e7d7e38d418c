package scenarios

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	"foldlog.dev/foldlog"
	foldlogv1 "foldlog.dev/gen/foldlog/v1"
)

func (r *runner) countAll(client *foldlog.Client, with json.RawMessage) (any, error) {
	var arguments struct {
		MemoryGrowthMax uint64 `json:"memory_growth_max"`
	}
	r.arguments(with, &arguments)
	before := heapBytes()
	count, first, last := 0, "", ""
	artifacts := map[string]struct{}{}
	for event, err := range client.ReadAll(r.t.Context(), nil).Events() {
		if err != nil {
			return nil, err
		}
		count++
		last = event.GetArtifactId()
		if count == 1 {
			first = last
		}
		artifacts[last] = struct{}{}
		if grown := arguments.MemoryGrowthMax; grown > 0 && count%1000 == 0 && heapBytes() > before+grown {
			r.fatalf("after %d events the heap had grown from %d to %d bytes (expected: by at most %d)", count, before, heapBytes(), grown)
		}
	}
	return object{"count": count, "distinct": len(artifacts), "first": first, "last": last}, nil
}

// heapBytes is what the heap has in use, garbage included.
func heapBytes() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

func (r *runner) appendValue(client *foldlog.Client, with json.RawMessage) (any, error) {
	var arguments struct {
		Event json.RawMessage `json:"event"`
		Value string          `json:"value"`
	}
	r.arguments(with, &arguments)
	var value map[string]any
	if err := decode([]byte(arguments.Value), &value); err != nil {
		return nil, err
	}
	payload, err := foldlog.JSONPayload(value)
	if err != nil {
		return nil, err
	}
	event := &foldlogv1.NewEvent{}
	r.parse(arguments.Event, event)
	event.Payload = payload
	return client.AppendEvents(r.t.Context(), event)
}

func (r *runner) payloadIntegers(client *foldlog.Client, with json.RawMessage) (any, error) {
	var arguments struct {
		PartitionKey string     `json:"partition_key"`
		Paths        [][]string `json:"paths"`
	}
	r.arguments(with, &arguments)
	events, err := client.ReadStream(r.t.Context(), &foldlogv1.ReadStreamRequest{PartitionKey: arguments.PartitionKey, Limit: 1}).Collect()
	if err != nil {
		return nil, err
	}
	var value any
	if err := foldlog.DecodePayload(events[0].GetPayload(), &value); err != nil {
		return nil, err
	}
	var integers []string
	for _, path := range arguments.Paths {
		number, ok := r.inside(value, path).(json.Number)
		if !ok {
			r.fatalf("%v: %v (expected: a json.Number)", path, r.inside(value, path))
		}
		integers = append(integers, number.String())
	}
	return object{"integers": integers}, nil
}

// inside is what is at a path of keys and list indexes.
func (r *runner) inside(value any, path []string) any {
	r.t.Helper()
	for _, step := range path {
		switch outer := value.(type) {
		case map[string]any:
			value = outer[step]
		case []any:
			index, err := strconv.Atoi(step)
			if err != nil || index >= len(outer) {
				r.fatalf("%v: no %s", path, step)
			}
			value = outer[index]
		default:
			r.fatalf("%v: no %s", path, step)
		}
	}
	return value
}

func (r *runner) bigPayload(client *foldlog.Client, with json.RawMessage) (any, error) {
	var arguments struct {
		ArtifactID string `json:"artifact_id"`
		Bytes      int    `json:"bytes"`
	}
	r.arguments(with, &arguments)
	pad := strings.Repeat("x", arguments.Bytes-len(`{"pad":""}`))
	payload, err := foldlog.JSONPayload(map[string]string{"pad": pad})
	if err != nil {
		return nil, err
	}
	_, err = client.AppendEvents(r.t.Context(), &foldlogv1.NewEvent{
		Action: "approve", Producer: "p", ArtifactId: arguments.ArtifactID, ArtifactType: "answer", Payload: payload,
	})
	if err != nil {
		return nil, err
	}
	events, err := client.ReadStream(r.t.Context(), &foldlogv1.ReadStreamRequest{PartitionKey: arguments.ArtifactID}).Collect()
	if err != nil {
		return nil, err
	}
	var back struct {
		Pad string `json:"pad"`
	}
	if err := foldlog.DecodePayload(events[0].GetPayload(), &back); err != nil {
		return nil, err
	}
	return object{"bytes": len(events[0].GetPayload().GetJson()), "same": back.Pad == pad}, nil
}

func (r *runner) madeIDs(client *foldlog.Client, with json.RawMessage) (any, error) {
	var arguments struct {
		PartitionKey string `json:"partition_key"`
	}
	r.arguments(with, &arguments)
	events, err := client.ReadStream(r.t.Context(), &foldlogv1.ReadStreamRequest{PartitionKey: arguments.PartitionKey}).Collect()
	if err != nil {
		return nil, err
	}
	ids := idsOf(events)
	versions := map[int]bool{}
	for _, id := range ids {
		version, err := strconv.ParseInt(id[14:15], 16, 8)
		if err != nil || len(id) != 36 || !strings.Contains("89ab", id[19:20]) {
			r.fatalf("%s: no UUID of RFC 9562", id)
		}
		versions[int(version)] = true
	}
	if len(versions) != 1 {
		r.fatalf("%v (expected: ids of one version)", ids)
	}
	ascending := slices.IsSorted(ids) && distinct(ids) == len(ids)
	for version := range versions {
		return object{"version": version, "ascending": ascending, "count": len(ids)}, nil
	}
	return nil, nil
}

func (r *runner) eachError(client *foldlog.Client, with json.RawMessage) (any, error) {
	r.arguments(with, &struct{}{})
	var file struct {
		Errors []struct {
			Reason        string         `json:"reason"`
			Type          string         `json:"type"`
			Code          string         `json:"code"`
			Transient     bool           `json:"transient"`
			WithoutEffect bool           `json:"without_effect"`
			Typed         map[string]any `json:"typed"`
			Status        struct {
				Code    int    `json:"code"`
				Message string `json:"message"`
				Details []any  `json:"details"`
			} `json:"status"`
		} `json:"errors"`
	}
	decodeFile(r.t, filepath.Join(folder(r.t), "errors.json"), &file)
	for _, it := range file.Errors {
		r.cue("fail-next GetEvent " + it.Reason)
		_, err := client.GetEvent(r.t.Context(), "any")
		var failed foldlog.Error
		if !errors.As(err, &failed) {
			r.fatalf("%s: %v (expected: an error of the client's)", it.Reason, err)
		}
		if failed.GRPCStatus().Message() != it.Status.Message || int(failed.GRPCStatus().Code()) != it.Status.Code ||
			len(failed.GRPCStatus().Details()) != len(it.Status.Details) {
			r.fatalf("%s: %v (expected: %v)", it.Reason, failed.GRPCStatus(), it.Status)
		}
		r.checkMatch(object{
			"type": it.Type, "reason": it.Reason, "code": it.Code, "message": it.Status.Message, "typed": it.Typed,
			"transient": it.Transient, "without_effect": it.WithoutEffect,
		}, facts(failed))
	}
	return object{"errors": len(file.Errors)}, nil
}

func (r *runner) giveUp(client *foldlog.Client, with json.RawMessage) (any, error) {
	var arguments struct {
		Method string `json:"method"`
	}
	r.arguments(with, &arguments)
	if arguments.Method != "ReadAll" {
		r.fatalf("method %s: not known", arguments.Method)
	}
	ctx, cancel := context.WithCancel(r.t.Context())
	defer cancel()
	before := r.cue("calls " + arguments.Method)
	ended := make(chan error)
	go func() {
		_, err := client.ReadAll(ctx, nil).Collect()
		ended <- err
	}()
	r.eventually("the server has the call", func() bool { return r.cue("calls "+arguments.Method) != before })
	cancel()
	err := <-ended
	if !errors.Is(err, context.Canceled) {
		r.fatalf("%v (expected: cancelled)", err)
	}
	return object{"given_up": true}, nil
}

func (r *runner) golden(_ *foldlog.Client, with json.RawMessage) (any, error) {
	r.arguments(with, &struct{}{})
	var list []struct {
		Name string `json:"name"`
		Type string `json:"type"`
	}
	files := filepath.Join(folder(r.t), "golden")
	decodeFile(r.t, filepath.Join(files, "golden.json"), &list)
	for _, it := range list {
		if err := checkGolden(filepath.Join(files, it.Name), protoreflect.FullName(it.Type)); err != nil {
			return nil, fmt.Errorf("%s: %w", it.Name, err)
		}
	}
	return object{"messages": len(list)}, nil
}

func checkGolden(stem string, name protoreflect.FullName) error {
	kind, err := protoregistry.GlobalTypes.FindMessageByName(name)
	if err != nil {
		return err
	}
	binary, err := os.ReadFile(stem + ".binpb")
	if err != nil {
		return err
	}
	text, err := os.ReadFile(stem + ".json")
	if err != nil {
		return err
	}
	decoded := kind.New().Interface()
	if err := proto.Unmarshal(binary, decoded); err != nil {
		return err
	}
	printed, err := protojson.MarshalOptions{UseProtoNames: true}.Marshal(decoded)
	if err != nil {
		return err
	}
	var wanted, actual any
	if err := errors.Join(decode(text, &wanted), decode(printed, &actual)); err != nil {
		return err
	}
	if !reflect.DeepEqual(wanted, actual) {
		return fmt.Errorf("decoded as %s (expected: %s)", printed, text)
	}
	if strings.Contains(filepath.Base(stem), "future") {
		return nil
	}
	parsed := kind.New().Interface()
	if err := protojson.Unmarshal(text, parsed); err != nil {
		return err
	}
	encoded, err := proto.Marshal(parsed)
	if err != nil {
		return err
	}
	again := kind.New().Interface()
	if err := proto.Unmarshal(encoded, again); err != nil {
		return err
	}
	if !proto.Equal(again, decoded) {
		return fmt.Errorf("parsed as %v (expected: %v)", again, decoded)
	}
	return nil
}
