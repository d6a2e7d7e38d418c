package dev.foldlog.conformance.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The suites of one backend by name, with what became of their tests. Immutable. */
public record SuiteTable(SortedMap<String, Count> suites) {
    public SuiteTable {
        suites = Collections.unmodifiableSortedMap(new TreeMap<>(suites));
    }

    /** All suites together. */
    public Count total() {
        return suites.values().stream().reduce(Count.NONE, Count::plus);
    }

    /** As a table of Markdown, which is also good to read on a terminal; the total comes last. */
    public String markdown() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("suite", "passed", "failed", "undeclared"));
        for (Map.Entry<String, Count> suite : suites.entrySet()) {
            rows.add(row(suite.getKey(), suite.getValue()));
        }
        rows.add(row("all", total()));
        return MarkdownTable.of(rows);
    }

    private static List<String> row(String name, Count count) {
        return List.of(
                name,
                Integer.toString(count.passed()),
                Integer.toString(count.failed()),
                Integer.toString(count.undeclared()));
    }
}
