package dev.foldlog.bench.report;

import dev.foldlog.bench.report.RawNumbers.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The form of a file of raw numbers: {@code # name: text} for each fact, {@code ! text} for whoever took no
 * part, then lines of measure, contestant, round, metric and value with commas between them.
 */
public final class RawFile {
    private static final String HEAD = "measure,contestant,round,metric,value";
    private static final int COLUMNS = 5;

    private RawFile() {}

    public static void write(RawNumbers numbers, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        List<String> lines = new ArrayList<>();
        numbers.facts().forEach((name, text) -> lines.add("# " + name + ": " + text));
        numbers.missing().forEach(text -> lines.add("! " + text.replace('\n', ' ')));
        lines.add(HEAD);
        for (Row row : numbers.rows()) {
            lines.add(row.measure()
                    + ','
                    + row.contestant()
                    + ','
                    + row.round()
                    + ','
                    + row.metric()
                    + ','
                    + row.value());
        }
        Files.write(file, lines);
    }

    /** Adds what a file holds. */
    public static void read(Path file, RawNumbers into) throws IOException {
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("# ")) {
                int colon = line.indexOf(": ");
                into.fact(line.substring(2, colon), line.substring(colon + 2));
            } else if (line.startsWith("! ")) {
                into.missing(line.substring(2));
            } else if (!line.equals(HEAD) && !line.isBlank()) {
                into.add(row(line));
            }
        }
    }

    private static Row row(String line) {
        String[] columns = line.split(",", -1);
        if (columns.length != COLUMNS) {
            throw new IllegalArgumentException("line: " + line + " (expected: " + HEAD + ')');
        }
        return new Row(
                columns[0],
                columns[1],
                Integer.parseInt(columns[2]),
                Metric.valueOf(columns[3]),
                Double.parseDouble(columns[4]));
    }
}
