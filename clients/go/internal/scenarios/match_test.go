package scenarios

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"foldlog.dev/foldlog"
)

// mismatch says where an answer, as JSON decodes it, does not match; "" when it does.
func mismatch(wanted, actual any, path string) string {
	switch wanted := wanted.(type) {
	case map[string]any:
		object, ok := actual.(map[string]any)
		if !ok {
			return fmt.Sprintf("%s: %v (expected: an object)", path, actual)
		}
		for key, value := range wanted {
			if found := mismatch(value, object[key], path+"."+key); found != "" {
				return found
			}
		}
		return ""
	case []any:
		list, ok := actual.([]any)
		if !ok && actual != nil || len(list) != len(wanted) {
			return fmt.Sprintf("%s: %v (expected: %v)", path, actual, wanted)
		}
		for i, value := range wanted {
			if found := mismatch(value, list[i], fmt.Sprintf("%s[%d]", path, i)); found != "" {
				return found
			}
		}
		return ""
	case nil:
		if !isDefault(actual) {
			return fmt.Sprintf("%s: %v (expected: nothing)", path, actual)
		}
		return ""
	case string:
		if wanted == "*" {
			if isDefault(actual) {
				return fmt.Sprintf("%s: %v (expected: something)", path, actual)
			}
			return ""
		}
	}
	if !reflect.DeepEqual(wanted, actual) {
		return fmt.Sprintf("%s: %v (expected: %v)", path, actual, wanted)
	}
	return ""
}

func isDefault(value any) bool {
	switch value := value.(type) {
	case nil:
		return true
	case json.Number:
		return value == "0"
	case string:
		return value == "" || value == "0" // a 64-bit 0 is text in protobuf's JSON
	case bool:
		return !value
	case []any:
		return len(value) == 0
	case map[string]any:
		return len(value) == 0
	default:
		return false
	}
}

func TestMatching(t *testing.T) {
	for _, it := range []struct {
		wanted, actual string
		matches        bool
	}{
		{`{"a": 1}`, `{"a": 1, "b": 2}`, true},
		{`{"a": 1}`, `{"a": 2}`, false},
		{`{"a": 9007199254740993}`, `{"a": 9007199254740992}`, false},
		{`[1]`, `[1, 2]`, false},
		{`[{"a": "*"}]`, `[{"a": "x"}]`, true},
		{`{"a": "*"}`, `{"a": ""}`, false},
		{`{"a": "*"}`, `{}`, false},
		{`{"a": null}`, `{}`, true},
		{`{"a": null}`, `{"a": "x"}`, false},
		{`[]`, `[1]`, false},
	} {
		var wanted, actual any
		if err := errors.Join(decode([]byte(it.wanted), &wanted), decode([]byte(it.actual), &actual)); err != nil {
			t.Fatal(err)
		}
		if found := mismatch(wanted, actual, ""); (found == "") != it.matches {
			t.Errorf("%s, %s: %q (expected: matches %t)", it.wanted, it.actual, found, it.matches)
		}
	}
}

func (r *runner) checkMatch(wanted, actual any) {
	r.t.Helper()
	if found := mismatch(wanted, r.tree(actual), "answer"); found != "" {
		r.fatalf("%s", found)
	}
}

// tree is a value as JSON decodes it: of messages in the mapping of protobuf.
func (r *runner) tree(value any) any {
	r.t.Helper()
	text, err := json.Marshal(jsonable(value))
	if err != nil {
		r.fatalf("%v", err)
	}
	var tree any
	if err := decode(text, &tree); err != nil {
		r.fatalf("%v", err)
	}
	return tree
}

// message prints a message with the names of the .proto files and without defaults.
type message struct{ proto.Message }

func (m message) MarshalJSON() ([]byte, error) {
	return protojson.MarshalOptions{UseProtoNames: true}.Marshal(m.Message)
}

// jsonable wraps messages, alone, in lists and in objects.
func jsonable(value any) any {
	switch value := value.(type) {
	case proto.Message:
		if reflect.ValueOf(value).IsNil() {
			return nil
		}
		return message{value}
	case object:
		wrapped := object{}
		for key, inner := range value {
			wrapped[key] = jsonable(inner)
		}
		return wrapped
	}
	if list := reflect.ValueOf(value); list.Kind() == reflect.Slice {
		wrapped := make([]any, list.Len())
		for i := range wrapped {
			wrapped[i] = jsonable(list.Index(i).Interface())
		}
		return wrapped
	}
	return value
}

// checkError compares an error with what a scenario says of it.
func (r *runner) checkError(err error, wanted map[string]any) {
	r.t.Helper()
	for key := range wanted {
		switch key {
		case "type", "code", "typed":
		default:
			r.fatalf("error: a key that is not known: %s", key)
		}
	}
	var failed foldlog.Error
	if !errors.As(err, &failed) {
		r.fatalf("%v (expected: an error of the client's, %v)", err, wanted)
	}
	if found := mismatch(wanted, r.tree(facts(failed)), "error"); found != "" {
		r.fatalf("%s, of %v", found, err)
	}
}

// facts is what an error offers, under the names of the scenarios.
func facts(failed foldlog.Error) object {
	typed := object{}
	fields := reflect.ValueOf(failed).Elem()
	for i := range fields.NumField() {
		if field := fields.Type().Field(i); !field.Anonymous {
			typed[snakeCase(field.Name)] = fact(fields.Field(i))
		}
	}
	if failed.RetryDelay() > 0 {
		typed["retry_delay_millis"] = failed.RetryDelay().Milliseconds()
	}
	return object{
		"type":           strings.ReplaceAll(strings.TrimSuffix(fields.Type().Name(), "Error"), "ID", "Id"),
		"reason":         failed.ReasonName(),
		"code":           codeName(failed.Code()),
		"message":        failed.Message(),
		"transient":      failed.Transient(),
		"without_effect": failed.WithoutEffect(),
		"typed":          typed,
	}
}

func fact(value reflect.Value) any {
	switch value.Kind() {
	case reflect.Slice:
		list := make([]any, value.Len())
		for i := range list {
			list[i] = fact(value.Index(i))
		}
		return list
	case reflect.Struct:
		entry := object{}
		for i := range value.NumField() {
			entry[snakeCase(value.Type().Field(i).Name)] = fact(value.Field(i))
		}
		return entry
	default:
		return value.Interface()
	}
}

var wordStart = regexp.MustCompile(`([a-z])([A-Z])`)

// snakeCase is a name of Go's, such as EventID, as the scenarios have it.
func snakeCase(name string) string {
	return strings.ToLower(wordStart.ReplaceAllString(name, "${1}_$2"))
}

// codeName is the name of a status in gRPC's own spelling.
func codeName(code codes.Code) string {
	if code == codes.Canceled {
		return "CANCELLED"
	}
	return strings.ToUpper(wordStart.ReplaceAllString(code.String(), "${1}_$2"))
}
