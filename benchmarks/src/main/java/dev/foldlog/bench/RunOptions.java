package dev.foldlog.bench;

import dev.foldlog.bench.measure.Ground;
import dev.foldlog.bench.process.Command;
import dev.foldlog.bench.process.Machine;
import dev.foldlog.bench.report.RawFile;
import dev.foldlog.bench.report.RawNumbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import picocli.CommandLine.Option;

/** How long and how often: what every command that measures has. Confined to one run. */
final class RunOptions {
    private static final double MILLIS_OF_SECOND = 1e3;

    private final String started =
            LocalDateTime.now(ZoneId.systemDefault()).format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));

    @Option(names = "--rounds", defaultValue = "3", description = "Turns of each. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "10", description = "Seconds of a turn. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "15",
            description = "Seconds that each runs before its first turn. Default: ${DEFAULT-VALUE}.")
    private double warmUp;

    @Option(
            names = "--scale",
            defaultValue = "1",
            description = "Amounts of data, as a share of the full ones. Default: ${DEFAULT-VALUE}.")
    private double scale;

    /** A quick run that proves nothing about speed. */
    static RunOptions smoke() {
        RunOptions options = new RunOptions();
        options.rounds = 1;
        options.seconds = 0.5;
        options.warmUp = 0.2;
        options.scale = 0.01;
        return options;
    }

    /** Does the work over folders that are removed after it, and keeps the numbers. */
    void measure(RawNumbers numbers, Work work) throws Exception {
        Path top = Path.of(System.getProperty("foldlog.top", "."));
        Path cache = Files.createDirectories(top.resolve(".build/bench"));
        Machine.requireDisk(cache);
        Path folder = Files.createTempDirectory(cache, "run-");
        Path file = top.resolve("benchmarks/results").resolve(started + ".csv");
        try {
            numbers.fact("run " + started, text(top, folder));
            Machine.facts(folder).forEach(numbers::fact);
            Ground ground = new Ground(
                    top, folder, cache, rounds, duration(seconds), duration(warmUp), scale, System.err::println);
            work.run(ground, () -> RawFile.write(numbers, file));
            System.err.println("raw numbers: " + top.relativize(file));
        } finally {
            Ground.remove(folder);
        }
    }

    private String text(Path top, Path folder) throws IOException, InterruptedException {
        String settings = rounds + " rounds of " + seconds + " s, " + warmUp + " s of warm-up, scale " + scale;
        try {
            return settings + ", commit "
                    + Command.run(
                                    List.of("git", "-C", top.toString(), "describe", "--always", "--dirty"),
                                    folder.resolve("git.log"))
                            .strip();
        } catch (IOException e) {
            return settings; // not a checkout
        }
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * MILLIS_OF_SECOND));
    }

    /** What is measured. */
    interface Work {
        /** Runs it; {@code keep} writes what is there, so that a run that breaks off has not been for nothing. */
        void run(Ground ground, Keep keep) throws Exception;
    }

    /** Writes the numbers down. */
    interface Keep {
        void now() throws IOException;
    }
}
