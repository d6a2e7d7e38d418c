package foldlog_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"testing"

	"foldlog.dev/foldlog"
	foldlogv1 "foldlog.dev/gen/foldlog/v1"
	"foldlog.dev/internal/scenarioserver"
)

// address is that of a Foldlog server, such as "127.0.0.1:7070".
var address string

func TestMain(m *testing.M) {
	server, err := scenarioserver.Start()
	if err != nil {
		log.Fatal(err)
	}
	address = server.Address
	code := m.Run()
	if err := server.Close(); err != nil {
		log.Fatal(err)
	}
	os.Exit(code)
}

// connect is a client for an example.
func connect() *foldlog.Client {
	client, err := foldlog.NewClient(address)
	if err != nil {
		log.Fatal(err)
	}
	return client
}

func ExampleClient_AppendEvents() {
	client := connect()
	defer client.Close()
	payload, err := foldlog.JSONPayload(map[string]any{"score": 5})
	if err != nil {
		log.Fatal(err)
	}
	appended, err := client.AppendEvents(context.Background(), &foldlogv1.NewEvent{
		Action: "rate", Producer: "reviewer:ana", ArtifactId: "append-1", ArtifactType: "answer", Payload: payload,
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("sequence", appended.GetEvents()[0].GetSequence())
	// Output: sequence 1
}

func ExampleClient_Append_condition() {
	client := connect()
	defer client.Close()
	request := &foldlogv1.AppendRequest{
		Events:        []*foldlogv1.NewEvent{{Action: "open", Producer: "ana", ArtifactId: "append-2", ArtifactType: "answer"}},
		Preconditions: []*foldlogv1.Precondition{foldlog.Absent("append-2")},
	}
	for range 2 {
		_, err := client.Append(context.Background(), request)
		var conflict *foldlog.ConcurrencyConflictError
		switch {
		case errors.As(err, &conflict):
			fmt.Println("it is at sequence", conflict.Violations[0].ActualSequence)
		case err != nil:
			log.Fatal(err)
		default:
			fmt.Println("opened")
		}
	}
	// Output:
	// opened
	// it is at sequence 1
}

func ExampleClient_ReadStream() {
	client := connect()
	defer client.Close()
	ctx := context.Background()
	for _, action := range []string{"open", "edit", "close"} {
		_, err := client.AppendEvents(ctx, &foldlogv1.NewEvent{Action: action, Producer: "ana", ArtifactId: "read-1", ArtifactType: "answer"})
		if err != nil {
			log.Fatal(err)
		}
	}
	read := client.ReadStream(ctx, &foldlogv1.ReadStreamRequest{
		PartitionKey: "read-1", Direction: foldlogv1.Direction_DIRECTION_BACKWARD, Limit: 2,
	})
	for event, err := range read.Events() {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(event.GetSequence(), event.GetAction())
	}
	fmt.Println("last sequence", read.LastSequence())
	// Output:
	// 3 close
	// 2 edit
	// last sequence 3
}

func ExampleClient_SubscribeAll() {
	client := connect()
	defer client.Close()
	ctx := context.Background()
	_, err := client.AppendEvents(ctx, &foldlogv1.NewEvent{Action: "open", Producer: "ana", ArtifactId: "follow-1", ArtifactType: "answer"})
	if err != nil {
		log.Fatal(err)
	}
	subscription := client.SubscribeAll(ctx, &foldlogv1.SubscribeAllRequest{
		Filter: &foldlogv1.EventFilter{PartitionKeys: []string{"follow-1"}},
	})
	for message, err := range subscription.Messages() {
		if err != nil {
			log.Fatal(err)
		}
		switch message := message.(type) {
		case *foldlog.Delivered:
			fmt.Println(message.Event.GetAction())
		case *foldlog.CaughtUp:
			fmt.Println("caught up")
			return // what comes next may take a while
		}
	}
	// Output:
	// open
	// caught up
}

func ExampleClient_WithTransaction() {
	client := connect()
	defer client.Close()
	ctx := context.Background()
	vote := func(reviewer string) error {
		return client.WithTransaction(ctx, func(ctx context.Context, unit *foldlog.UnitOfWork) error {
			votes, err := unit.ReadStream(ctx, &foldlogv1.ReadStreamRequest{PartitionKey: "votes-1"})
			if err != nil {
				return err
			}
			if len(votes) == 2 {
				return fmt.Errorf("%s comes too late", reviewer)
			}
			return unit.Append(&foldlogv1.NewEvent{Action: "vote", Producer: reviewer, ArtifactId: "votes-1", ArtifactType: "answer"})
		})
	}
	for _, reviewer := range []string{"ana", "ben", "cem"} {
		fmt.Println(reviewer, vote(reviewer))
	}
	// Output:
	// ana <nil>
	// ben <nil>
	// cem cem comes too late
}

func ExampleDecodePayload() {
	payload := &foldlogv1.Payload{Content: &foldlogv1.Payload_Json{Json: `{"tokens": 9007199254740993}`}}
	var anything map[string]any
	if err := foldlog.DecodePayload(payload, &anything); err != nil {
		log.Fatal(err)
	}
	fmt.Println(anything["tokens"])
	// Output: 9007199254740993
}
