package dev.foldlog.conformance.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows, the first of which is the head, as a table of Markdown whose columns are as wide as their widest cell. */
public final class MarkdownTable {
    private MarkdownTable() {}

    public static String of(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        List<Integer> widths = IntStream.range(0, columns)
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .boxed()
                .toList();
        StringBuilder table = new StringBuilder(line(rows.getFirst(), widths));
        table.append(line(widths.stream().map("-"::repeat).toList(), widths));
        rows.stream().skip(1).forEach(it -> table.append(line(it, widths)));
        return table.toString();
    }

    private static String line(List<String> cells, List<Integer> widths) {
        return IntStream.range(0, cells.size())
                .mapToObj(it -> cells.get(it)
                        + " ".repeat(widths.get(it) - cells.get(it).length()))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
