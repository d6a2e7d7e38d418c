package dev.foldlog.bench;

import dev.foldlog.bench.catalog.Catalog;
import dev.foldlog.bench.measure.Measure;
import dev.foldlog.bench.measure.Rounds;
import dev.foldlog.bench.report.RawNumbers;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs measures and prints their figures. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Run measures, print their figures, keep the raw numbers.",
            "All contestants of a measure are started and warmed, then take turns: A, B, A, B, and so on."
                    + " Nothing else should run meanwhile. Peers are installed when they are missing; one that cannot"
                    + " be had is named in the report.",
            "Example: bench run --measures append-grpc,read --rounds 5 --seconds 10"
        })
final class RunCommand implements Callable<Integer> {
    @Mixin
    private RunOptions options = new RunOptions();

    @Option(
            names = "--measures",
            split = ",",
            paramLabel = "NAME",
            description = "Only these, by name or the start of several names (bench list). Default: all.")
    private List<String> measures = List.of("");

    @Option(names = "--only", split = ",", paramLabel = "CONTESTANT", description = "Only these contestants.")
    private List<String> only = List.of();

    @Override
    public Integer call() throws Exception {
        List<Measure> chosen = Catalog.measures().stream()
                .filter(it -> measures.stream().anyMatch(typed -> Catalog.isMeant(typed, it)))
                .map(it -> it.only(only))
                .toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("measures: " + measures + " (expected: names of bench list)");
        }
        RawNumbers numbers = new RawNumbers();
        options.measure(numbers, (ground, keep) -> {
            Rounds rounds = new Rounds(ground, numbers);
            for (Measure measure : chosen) {
                rounds.run(measure);
                keep.now();
            }
        });
        System.out.print(ReportCommand.text(numbers));
        return 0;
    }
}
