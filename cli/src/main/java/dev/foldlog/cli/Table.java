package dev.foldlog.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows of texts, printed in columns as wide as their widest text, up to a bound. */
final class Table {
    /** A text beyond this stands out of its column instead of widening it. */
    private static final int COLUMN_CHARS_MAX = 40;

    private final List<List<String>> rows = new ArrayList<>();

    Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** The rows as lines without spaces at their ends. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                line.append(row.get(column));
                if (column + 1 < row.size()) {
                    line.repeat(' ', Math.max(0, width(column) - row.get(column).length()) + 2);
                }
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> row.size() > column + 1)
                .mapToInt(row -> row.get(column).length())
                .filter(chars -> chars <= COLUMN_CHARS_MAX)
                .max()
                .orElse(0);
    }
}
