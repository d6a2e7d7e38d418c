package dev.foldlog.bench.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The report: goals, a table for each measure, and what is to be known of the runs, as Markdown. */
public final class Page {
    private static final String READING = """
            Medians of the rounds, the smallest and the largest in parentheses. Contestants of a measure took turns in
            one run, each warmed before its first turn. The standard load: events of about 300 bytes of JSON, in
            10,000 partitions at random, ids UUIDv7 given by the client, no tags, no metadata; servers with their
            default settings, which sync every commit before it is answered. CPU and memory are the server's process
            (in process: this one, callers included), the generator's CPU stands beside; bytes written are what the
            server's process sent to the disk. Waits at a fixed rate count from the moment at which the call was
            meant to begin.
            """;

    private Page() {}

    /**
     * Makes it.
     *
     * @param abouts a line for each measure, by its name
     */
    public static String of(RawNumbers numbers, List<Goal> goals, Map<String, String> abouts) {
        StringBuilder page =
                new StringBuilder("## Goals\n\n| measure | goal | figure | |\n| --- | --- | ---: | --- |\n");
        goals.forEach(it -> page.append(it.line(numbers)));
        page.append("\n## Figures\n\n").append(READING).append('\n');
        for (String measure : numbers.measures()) {
            page.append("### ").append(measure).append("\n\n");
            page.append(abouts.getOrDefault(measure, "")).append("\n\n");
            page.append(Tables.table(numbers, measure)).append('\n');
        }
        if (!numbers.missing().isEmpty()) {
            page.append("## Not taking part\n\n")
                    .append(list(numbers.missing()))
                    .append('\n');
        }
        List<String> facts = numbers.facts().entrySet().stream()
                .map(it -> it.getKey() + ": " + it.getValue())
                .toList();
        return page.append("## Runs and machine\n\n").append(list(facts)).toString();
    }

    private static String list(List<String> lines) {
        return lines.stream().map(it -> "- " + it + '\n').collect(Collectors.joining());
    }
}
