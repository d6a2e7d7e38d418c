package dev.foldlog.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.foldlog.cli.config.HostPort;
import dev.foldlog.cli.shell.Shell;
import dev.foldlog.cli.shell.StopSignals;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One run of a command in surroundings of its own: nothing waits, and everything printed is kept. */
public final class CommandRun {
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final List<Runnable> stops = new CopyOnWriteArrayList<>();
    private InputStream in = InputStream.nullInputStream();
    private boolean isStoppedAtPause;
    private InstantSource clock = InstantSource.system();
    private boolean isTerminal;
    private @Nullable OutputStream standardOutput;

    private CommandRun(Path folder) {
        this.folder = folder;
    }

    public static CommandRun in(Path folder) {
        return new CommandRun(folder);
    }

    public CommandRun server(HostPort server) {
        return environment("FOLDLOG_SERVER", server.toString());
    }

    public CommandRun environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public CommandRun input(String text) {
        return input(text.getBytes(UTF_8));
    }

    public CommandRun input(byte[] bytes) {
        return input(new ByteArrayInputStream(bytes));
    }

    public CommandRun input(InputStream stream) {
        in = stream;
        return this;
    }

    /** A signal comes while the command waits. */
    public CommandRun stopAtPause() {
        isStoppedAtPause = true;
        return this;
    }

    public CommandRun onTerminal() {
        isTerminal = true;
        return this;
    }

    /** Pauses take their time by the clock, though nobody waits. */
    public CommandRun advancingClock() {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        clock = () -> pauses.stream().reduce(start, Instant::plus, (a, b) -> b);
        return this;
    }

    public CommandRun writingTo(OutputStream stream) {
        standardOutput = stream;
        return this;
    }

    /** Runs the command and returns its exit code. */
    public int run(String... arguments) {
        Shell shell = new Shell(
                in,
                standardOutput == null ? out : standardOutput,
                new PrintStream(err, true, UTF_8),
                isTerminal,
                environment,
                folder,
                clock,
                new Random(7),
                this::pause,
                stopSignals());
        return Foldlog.run(shell, List.of(arguments));
    }

    private void pause(Duration duration) {
        pauses.add(duration);
        if (isStoppedAtPause) {
            stop();
        }
    }

    /** Both kinds run their actions; that the process then ends is for a test of processes. */
    private StopSignals stopSignals() {
        return new StopSignals() {
            @Override
            public Registration onStop(Runnable action) {
                return register(action);
            }

            @Override
            public Registration beforeEnd(Runnable action) {
                return register(action);
            }
        };
    }

    private StopSignals.Registration register(Runnable action) {
        stops.add(action);
        return () -> stops.remove(action);
    }

    /** What a signal does. */
    public void stop() {
        stops.forEach(Runnable::run);
    }

    public boolean isStoppable() {
        return !stops.isEmpty();
    }

    public String out() {
        return out.toString(UTF_8);
    }

    public List<String> outLines() {
        return new ArrayList<>(out().lines().toList());
    }

    public String err() {
        return err.toString(UTF_8);
    }

    public List<Duration> pauses() {
        return pauses;
    }
}
