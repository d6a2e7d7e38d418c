package dev.foldlog.bench;

import dev.foldlog.bench.growth.Growth;
import dev.foldlog.bench.load.Shape;
import dev.foldlog.bench.report.RawNumbers;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures one store at several sizes. */
@Command(
        name = "growth",
        mixinStandardHelpOptions = true,
        description = {
            "Fill one store and measure it at several sizes: appends, reads, filters, subscribing, verify.",
            "SQLite's page caches stay as they are by default (the writer's 32 MiB, a reader's 8 MiB), far below a"
                    + " database of millions; the operating system's cache is not limited.",
            "Takes about 12 minutes for 1 million and an hour for 10 million events, and 10 GB of disk."
        })
final class GrowthCommand implements Callable<Integer> {
    @Mixin
    private RunOptions options = new RunOptions();

    @Option(
            names = "--sizes",
            split = ",",
            paramLabel = "EVENTS",
            defaultValue = "0,1000000,10000000",
            description = "Events in the store, each at least the one before. Default: ${DEFAULT-VALUE}.")
    private List<Integer> sizes = List.of();

    @Option(names = "--seed", defaultValue = "1", description = "Other events. Default: ${DEFAULT-VALUE}.")
    private long seed = Shape.STANDARD.seed();

    @Override
    public Integer call() throws Exception {
        RawNumbers numbers = new RawNumbers();
        options.measure(numbers, (ground, keep) -> {
            Growth growth = new Growth(ground, numbers, seed);
            for (int size : sizes) {
                growth.at(size);
                keep.now();
            }
        });
        System.out.print(ReportCommand.text(numbers));
        return 0;
    }
}
