package dev.foldlog.cli.shell;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The surroundings of a command. Everything that differs between a terminal and a test comes from here.
 *
 * @param in standard input
 * @param out standard output: results only; raw, so that a closed pipe is an IOException
 * @param err standard error: progress, notes and errors
 * @param isTerminal whether {@code err} is looked at by a person
 * @param environment the environment's variables
 * @param folder the working directory, against which relative paths are resolved
 * @param clock the time
 * @param random for ids and for jitter
 */
public record Shell(
        InputStream in,
        OutputStream out,
        PrintStream err,
        boolean isTerminal,
        Map<String, String> environment,
        Path folder,
        InstantSource clock,
        RandomGenerator random,
        Pause pause,
        StopSignals stopSignals) {
    public Shell {
        requireNonNull(in, "in");
        requireNonNull(out, "out");
        requireNonNull(err, "err");
        environment = Map.copyOf(environment);
        requireNonNull(folder, "folder");
        requireNonNull(clock, "clock");
        requireNonNull(random, "random");
        requireNonNull(pause, "pause");
        requireNonNull(stopSignals, "stopSignals");
    }

    /** A line for the person, beside the results. */
    public void note(String line) {
        err.println(line);
        err.flush();
    }
}
