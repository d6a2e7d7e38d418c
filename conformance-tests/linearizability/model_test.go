package main

import (
	"strings"
	"testing"
	"time"
)

const twoClients = `{"seed":1,"clients":2,"partitions":1,"operations":3}` + "\n"

func check(t *testing.T, text string) string {
	t.Helper()
	read, err := readHistory(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return verdict(read, 5*time.Second)
}

func TestHistories(t *testing.T) {
	stored := `{"client":0,"partition":"p","op":"append","id":"a","expected":0,"call":1,"return":2,"outcome":"ok","sequence":1}` + "\n"
	open := `{"client":0,"partition":"p","op":"append","id":"a","expected":0,"call":1,"outcome":"unknown"}` + "\n"
	for name, one := range map[string]struct {
		calls  string
		wanted string
	}{
		"an append is read": {stored +
			`{"client":1,"partition":"p","op":"read","call":3,"return":4,"outcome":"ok","last":1,"ids":["a"]}`, verdictLegal},
		"a finished append is not read": {stored +
			`{"client":1,"partition":"p","op":"read","call":3,"return":4,"outcome":"ok","last":0,"ids":[]}`, verdictIllegal},
		"a concurrent append is not read yet": {
			`{"client":0,"partition":"p","op":"append","id":"a","expected":0,"call":1,"return":9,"outcome":"ok","sequence":1}` + "\n" +
				`{"client":1,"partition":"p","op":"read","call":3,"return":4,"outcome":"ok","last":0,"ids":[]}`, verdictLegal},
		"two appends demand the same sequence": {stored +
			`{"client":1,"partition":"p","op":"append","id":"b","expected":0,"call":3,"return":4,"outcome":"ok","sequence":2}`, verdictIllegal},
		"the second append conflicts": {stored +
			`{"client":1,"partition":"p","op":"append","id":"b","expected":0,"call":3,"return":4,"outcome":"conflict","last":1}`, verdictLegal},
		"a conflict tells another last sequence": {stored +
			`{"client":1,"partition":"p","op":"append","id":"b","expected":0,"call":3,"return":4,"outcome":"conflict","last":2}`, verdictIllegal},
		"a conflict though the demand holds": {stored +
			`{"client":1,"partition":"p","op":"append","id":"b","expected":1,"call":3,"return":4,"outcome":"conflict","last":1}`, verdictIllegal},
		"an append that demands nothing": {stored +
			`{"client":1,"partition":"p","op":"append","id":"b","call":3,"return":4,"outcome":"ok","sequence":2}`, verdictLegal},
		"a sequence is given twice": {stored +
			`{"client":1,"partition":"p","op":"append","id":"b","call":3,"return":4,"outcome":"ok","sequence":1}`, verdictIllegal},
		"events of another partition do not count": {stored +
			`{"client":1,"partition":"q","op":"append","id":"b","expected":0,"call":3,"return":4,"outcome":"ok","sequence":1}`, verdictLegal},
		"the last sequence lags behind": {stored +
			`{"client":1,"partition":"p","op":"last","call":3,"return":4,"outcome":"ok","last":0}`, verdictIllegal},
		"an open append took effect": {open +
			`{"client":1,"partition":"p","op":"read","call":3,"return":4,"outcome":"ok","last":1,"ids":["a"]}`, verdictLegal},
		"an open append never took effect": {open +
			`{"client":1,"partition":"p","op":"append","id":"b","expected":0,"call":3,"return":4,"outcome":"ok","sequence":1}`, verdictLegal},
		"an open append took effect and is gone again": {open +
			`{"client":1,"partition":"p","op":"last","call":3,"return":4,"outcome":"ok","last":1}` + "\n" +
			`{"client":1,"partition":"p","op":"last","call":5,"return":6,"outcome":"ok","last":0}`, verdictIllegal},
		"an open append is repeated and had been stored": {open +
			`{"client":1,"partition":"p","op":"append","id":"b","call":3,"return":4,"outcome":"ok","sequence":2}` + "\n" +
			`{"client":2,"partition":"p","op":"append","id":"a","expected":0,"call":5,"return":6,"outcome":"ok","sequence":1,"replayed":true}`, verdictLegal},
		"a repeat is stored twice": {stored +
			`{"client":2,"partition":"p","op":"append","id":"a","call":5,"return":6,"outcome":"ok","sequence":2}`, verdictIllegal},
		"a repeat conflicts with its own first try": {stored +
			`{"client":2,"partition":"p","op":"append","id":"a","expected":0,"call":5,"return":6,"outcome":"conflict","last":1}`, verdictIllegal},
		"a read of unknown outcome says nothing": {stored +
			`{"client":1,"partition":"p","op":"read","call":3,"outcome":"unknown"}`, verdictLegal},
	} {
		t.Run(name, func(t *testing.T) {
			if found := check(t, twoClients+one.calls); found != one.wanted {
				t.Errorf("verdict: %s (expected: %s)", found, one.wanted)
			}
		})
	}
}

func TestMalformedHistories(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":              "",
		"no plan":              "seed 1\n",
		"an unknown op":        twoClients + `{"op":"delete","outcome":"ok","call":1,"return":2}`,
		"an unknown outcome":   twoClients + `{"op":"read","outcome":"maybe","call":1,"return":2}`,
		"no end":               twoClients + `{"op":"read","outcome":"ok","call":1}`,
		"an end before it":     twoClients + `{"op":"read","outcome":"ok","call":3,"return":2}`,
		"an end of an unknown": twoClients + `{"op":"append","outcome":"unknown","call":1,"return":2}`,
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := readHistory(strings.NewReader(text)); err == nil {
				t.Error("error: none (expected: one)")
			}
		})
	}
}

func TestWhatAHistoryLacks(t *testing.T) {
	full := &history{plan: plan{Operations: 3}, lines: 3, outcomes: map[string]int{"ok": 1, "conflict": 1, "unknown": 1}}
	if lacking := full.lacks(); lacking != "" {
		t.Errorf("lacks: %s (expected: nothing)", lacking)
	}
	for _, outcome := range []string{"ok", "conflict", "unknown"} {
		full.outcomes[outcome] = 0
		if full.lacks() == "" {
			t.Errorf("lacks: nothing (expected: %s)", outcome)
		}
		full.outcomes[outcome] = 1
	}
	full.lines = 2
	if full.lacks() == "" {
		t.Error("lacks: nothing (expected: a call)")
	}
}
