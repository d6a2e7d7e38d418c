package foldlog

import (
	"encoding/json"
	"strings"
	"testing"

	foldlogv1 "foldlog.dev/gen/foldlog/v1"
)

func TestPayloadsKeepIntegersAndCharacters(t *testing.T) {
	payload, err := JSONPayload(map[string]any{"n": json.Number("123456789012345678901234567890"), "i": int64(9007199254740993), "t": "<ü>"})
	if err != nil {
		t.Fatal(err)
	}
	if text := payload.GetJson(); text != `{"i":9007199254740993,"n":123456789012345678901234567890,"t":"<ü>"}` {
		t.Errorf("text: %s", text)
	}
	var back map[string]any
	if err := DecodePayload(payload, &back); err != nil || back["i"] != json.Number("9007199254740993") {
		t.Errorf("%v, %v", back, err)
	}
	var typed struct {
		I int64 `json:"i"`
	}
	if err := DecodePayload(payload, &typed); err != nil || typed.I != 9007199254740993 {
		t.Errorf("%v, %v", typed, err)
	}
}

func TestAnEventWithoutPayloadHasAnEmptyObject(t *testing.T) {
	back := map[string]any{}
	for _, payload := range []*foldlogv1.Payload{nil, {}} {
		if err := DecodePayload(payload, &back); err != nil || len(back) > 0 {
			t.Errorf("%v, %v", back, err)
		}
	}
}

func TestWhatIsNoJSONIsRefused(t *testing.T) {
	if _, err := JSONPayload(func() {}); err == nil {
		t.Error("a function became JSON")
	}
	var back any
	for name, payload := range map[string]*foldlogv1.Payload{
		"bytes":    BytesPayload([]byte("{}"), "application/json"),
		"half":     {Content: &foldlogv1.Payload_Json{Json: `{"a"`}},
		"too much": {Content: &foldlogv1.Payload_Json{Json: `{} {}`}},
	} {
		if err := DecodePayload(payload, &back); err == nil || !strings.HasPrefix(err.Error(), "foldlog: payload: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
