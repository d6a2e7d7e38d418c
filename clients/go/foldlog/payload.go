package foldlog

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	foldlogv1 "foldlog.dev/gen/foldlog/v1"
)

// JSONPayload returns a payload with a value as JSON text, made as by json.Marshal, but for characters such as <,
// which stay as they are. The value must be an object in JSON: a struct or a map, at most 1 MiB and 100
// levels deep; the server checks that. Integers of any Go type, and a [json.Number], keep all their
// digits. For text that is JSON already, use JSONPayload(json.RawMessage(text)), or
// foldlogv1.Payload_Json to keep it byte for byte.
func JSONPayload(value any) (*foldlogv1.Payload, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, fmt.Errorf("foldlog: payload: %w", err)
	}
	// Encode ends with a line.
	content := string(bytes.TrimSuffix(text.Bytes(), []byte("\n")))
	return &foldlogv1.Payload{Content: &foldlogv1.Payload_Json{Json: content}}, nil
}

// BytesPayload returns a payload of opaque bytes of a media type, for example
// "application/x-protobuf; messageType=acme.Order".
func BytesPayload(data []byte, contentType string) *foldlogv1.Payload {
	return &foldlogv1.Payload{Content: &foldlogv1.Payload_Data{Data: data}, ContentType: contentType}
}

// DecodePayload decodes the JSON text of a payload into what value points to, as json.Unmarshal does, but for
// numbers in interfaces: they become [json.Number], so that none loses a digit. An event that was
// appended without a payload has {}. It fails for payloads in another form than JSON text.
func DecodePayload(payload *foldlogv1.Payload, value any) error {
	text, err := payloadText(payload)
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewBufferString(text))
	decoder.UseNumber()
	if err := decoder.Decode(value); err != nil {
		return fmt.Errorf("foldlog: payload: %w", err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return fmt.Errorf("foldlog: payload: more text after the value (expected: one value)")
	}
	return nil
}

func payloadText(payload *foldlogv1.Payload) (string, error) {
	switch content := payload.GetContent().(type) {
	case *foldlogv1.Payload_Json:
		return content.Json, nil
	case nil:
		return "{}", nil
	default:
		return "", fmt.Errorf("foldlog: payload: %T (expected: *foldlogv1.Payload_Json)", content)
	}
}
