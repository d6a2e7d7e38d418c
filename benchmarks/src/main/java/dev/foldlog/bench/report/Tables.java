package dev.foldlog.bench.report;

import java.util.List;

/** Figures as Markdown: a table a measure, a line a contestant. */
public final class Tables {
    private Tables() {}

    public static String table(RawNumbers numbers, String measure) {
        List<Metric> metrics = numbers.rows().stream()
                .filter(it -> it.measure().equals(measure))
                .map(RawNumbers.Row::metric)
                .distinct()
                .sorted()
                .toList();
        StringBuilder table = new StringBuilder("| |");
        metrics.forEach(it -> table.append(' ').append(it.title()).append(" |"));
        table.append("\n| --- |").append(" ---: |".repeat(metrics.size())).append('\n');
        for (String contestant : numbers.contestants(measure)) {
            table.append("| ").append(contestant).append(" |");
            for (Metric metric : metrics) {
                String text = numbers.spread(measure, contestant, metric)
                        .map(it -> it.text(metric.decimals()))
                        .orElse("");
                table.append(' ').append(text).append(" |");
            }
            table.append('\n');
        }
        return table.toString();
    }
}
