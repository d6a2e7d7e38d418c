package dev.foldlog.bench;

import dev.foldlog.bench.measure.Catalog;
import dev.foldlog.bench.measure.Ground;
import dev.foldlog.bench.measure.Measure;
import dev.foldlog.bench.measure.Rounds;
import dev.foldlog.bench.process.Machine;
import dev.foldlog.bench.report.RawFile;
import dev.foldlog.bench.report.RawNumbers;
import dev.foldlog.bench.report.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs measures and prints their figures. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Run measures, print their figures, keep the raw numbers.",
            "All contestants of a measure are started and warmed, then take turns: A, B, A, B, and so on.",
            "Nothing else should run meanwhile. Example: bench run --measures append --rounds 5 --seconds 10"
        })
final class RunCommand implements Callable<Integer> {
    @Option(
            names = "--measures",
            split = ",",
            paramLabel = "NAME",
            description = "Only these, by the start of their names (bench list). Default: all.")
    private List<String> measures = List.of("");

    @Option(names = "--rounds", defaultValue = "3", description = "Turns of each. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "10", description = "Seconds of a turn. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "15",
            description = "Seconds that each runs before its first turn. Default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(
            names = "--scale",
            defaultValue = "1",
            description = "Amounts of data, as a share of the full ones. Default: ${DEFAULT-VALUE}.")
    private double scale;

    @Option(names = "--only", split = ",", paramLabel = "CONTESTANT", description = "Only these contestants.")
    private List<String> only = List.of();

    @Override
    public Integer call() throws Exception {
        Path top = Path.of(System.getProperty("foldlog.top", "."));
        Path cache = Files.createDirectories(top.resolve(".build/bench"));
        Machine.requireDisk(cache);
        Path work = Files.createTempDirectory(cache, "run-");
        try {
            RawNumbers numbers = new RawNumbers();
            Machine.facts(work).forEach(numbers::fact);
            Ground ground = new Ground(
                    top,
                    work,
                    cache,
                    rounds,
                    Duration.ofSeconds(seconds),
                    Duration.ofSeconds(warmUp),
                    scale,
                    System.err::println);
            Path file = top.resolve("benchmarks/results")
                    .resolve(LocalDateTime.now(ZoneId.systemDefault())
                                    .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"))
                            + ".csv");
            runAll(new Rounds(ground, numbers), numbers, file);
            System.err.println("raw numbers: " + file);
            return 0;
        } finally {
            Ground.remove(work);
        }
    }

    private void runAll(Rounds runner, RawNumbers numbers, Path file) throws Exception {
        List<Measure> chosen = Catalog.measures().stream()
                .filter(it -> measures.stream().anyMatch(it.name()::startsWith))
                .map(it -> it.only(only))
                .toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("measures: " + measures + " (expected: names of bench list)");
        }
        for (Measure measure : chosen) {
            runner.run(measure);
            RawFile.write(numbers, file);
            print(measure, numbers);
        }
        numbers.missing().forEach(it -> System.out.println("missing: " + it));
    }

    private static void print(Measure measure, RawNumbers numbers) throws IOException {
        System.out.println(
                "### " + measure.name() + "\n\n" + measure.about() + "\n\n" + Tables.table(numbers, measure.name()));
    }
}
