// Checks recorded histories for linearizability, partition by partition.
//
//	linearizability [-report FILE] [-control FILE] HISTORY...
//
// Every history must be linearizable, and that of the control, a server that ignores conditions, must not be.
// Exit code 0 only then; a check that does not end in time has shown nothing, so it fails too.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/anishathalye/porcupine"
)

const checkTimeMax = 40 * time.Second

const (
	verdictLegal   = "linearizable"
	verdictIllegal = "not linearizable"
	verdictUnknown = "not decided in time"
)

func verdict(read *history, most time.Duration) string {
	switch porcupine.CheckOperationsTimeout(partitionModel(), read.operations, most) {
	case porcupine.Ok:
		return verdictLegal
	case porcupine.Illegal:
		return verdictIllegal
	default:
		return verdictUnknown
	}
}

// lacks says what a history must have had and has not; empty when it is worth something.
func (read *history) lacks() string {
	if read.lines != read.plan.Operations {
		return fmt.Sprintf("calls: %d (expected: %d)", read.lines, read.plan.Operations)
	}
	for _, outcome := range []string{outcomeOK, outcomeConflict, outcomeUnknown} {
		if read.outcomes[outcome] == 0 {
			return "outcomes " + outcome + ": 0 (expected: some)"
		}
	}
	return ""
}

// row is one history in the report: nothing of it changes from run to run unless a verdict does.
func (read *history) row(server, found string) string {
	return fmt.Sprintf("| %s | %d | %d | %d | %d | %s |",
		server, read.plan.Seed, read.plan.Clients, read.plan.Partitions, read.plan.Operations, found)
}

// judge checks one file; its row, and whether it is as wanted.
func judge(path, server, wanted string) (string, bool) {
	file, err := os.Open(path)
	if err != nil {
		fmt.Println(err)
		return "", false
	}
	defer file.Close()
	read, err := readHistory(file)
	if err != nil {
		fmt.Printf("%s: %v\n", path, err)
		return "", false
	}
	found := verdict(read, checkTimeMax)
	fmt.Printf("%s, seed %d: %d calls of %d clients on %d partitions (%d ok, %d conflicts, %d appends of unknown outcome): %s\n",
		server, read.plan.Seed, read.lines, read.plan.Clients, read.plan.Partitions,
		read.outcomes[outcomeOK], read.outcomes[outcomeConflict], read.outcomes[outcomeUnknown], found)
	good := found == wanted
	if lacking := read.lacks(); lacking != "" && wanted == verdictLegal {
		fmt.Println("  " + lacking)
		good = false
	}
	if !good {
		fmt.Printf("  FAILED (expected: %s)\n", wanted)
	}
	return read.row(server, found), good
}

func main() {
	report := flag.String("report", "", "file for the table of the runs")
	control := flag.String("control", "", "history that must not be linearizable")
	flag.Parse()
	rows := []string{
		"| server | seed | clients | partitions | calls | verdict |",
		"| --- | --- | --- | --- | --- | --- |",
	}
	good := flag.NArg() > 0
	for _, path := range flag.Args() {
		row, ok := judge(path, "foldlog", verdictLegal)
		rows, good = append(rows, row), good && ok
	}
	if *control != "" {
		row, ok := judge(*control, "control: ignores conditions", verdictIllegal)
		rows, good = append(rows, row), good && ok
	}
	if *report != "" {
		if err := os.WriteFile(*report, []byte(strings.Join(rows, "\n")+"\n"), 0o644); err != nil {
			fmt.Println(err)
			good = false
		}
	}
	if !good {
		os.Exit(1)
	}
}
