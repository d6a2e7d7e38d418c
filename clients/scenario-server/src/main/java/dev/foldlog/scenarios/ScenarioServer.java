package dev.foldlog.scenarios;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The real server, behind a proxy that makes faults on cue, behind connections that break and go silent on cue.
 * {@code clients/scenarios/README.md} says what each cue does. Cues are given by one thread at a time.
 */
public final class ScenarioServer implements AutoCloseable {
    private static final long CANCELLED_SECONDS_MAX = 30;
    private static final int MESSAGE_BYTES_MAX = 64 << 20;
    private static final String OPEN = "open";

    private final Path golden;
    private final ErrorAnswers errors;
    private final Passed passed;
    private final RealServer real = new RealServer();
    private final Faults faults = new Faults();
    private final Server proxy;
    private final Connections connections;

    private ScenarioServer(Path scenarios) throws IOException {
        golden = scenarios.resolve("golden");
        errors = ErrorAnswers.read(scenarios.resolve("errors.json"));
        passed = Passed.of(scenarios);
        proxy = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .directExecutor()
                .maxInboundMessageSize(MESSAGE_BYTES_MAX)
                .fallbackHandlerRegistry(new FaultyCalls(real::channel, faults, this::breakConnections))
                .build()
                .start();
        connections = Connections.to(proxy.getPort());
    }

    /** A server that listens on a free loopback port; {@code scenarios} is the folder {@code clients/scenarios}. */
    public static ScenarioServer start(Path scenarios) {
        try {
            return new ScenarioServer(scenarios);
        } catch (IOException e) {
            throw new UncheckedIOException("the scenario server cannot start", e);
        }
    }

    private void breakConnections() {
        connections.breakAll();
    }

    /** Where it listens, always. */
    public String address() {
        return "127.0.0.1:" + connections.port();
    }

    /**
     * Does what a cue says, and answers when it is done.
     *
     * @return what the cue answers; empty: nothing
     * @throws IllegalArgumentException when there is no such cue
     */
    public String cue(String line) {
        List<String> words = Arrays.asList(line.strip().split("\\s+"));
        try {
            return done(words.getFirst(), words.subList(1, words.size()));
        } catch (IndexOutOfBoundsException | NoSuchElementException | NumberFormatException e) {
            throw new IllegalArgumentException("cue: '" + line + "' (expected: as README.md lists them)", e);
        }
    }

    private String done(String cue, List<String> arguments) {
        return switch (cue) {
            case "reset" ->
                whileNobodyConnects(() -> {
                    faults.forget();
                    real.reset();
                });
            case "restart" -> whileNobodyConnects(real::restart);
            case "break" -> nothing(connections::breakAll);
            case "silence" -> nothing(connections::silenceAll);
            case "fill" -> nothing(() -> Filling.append(real.channel(), number(arguments, 0), number(arguments, 1)));
            case "calls" -> String.valueOf(faults.calls(arguments.getFirst()));
            case "cancelled" -> cancelled();
            case "passed" -> nothing(() -> passed.add(arguments.get(0), arguments.get(1)));
            default -> fault(cue, arguments);
        };
    }

    private String fault(String cue, List<String> arguments) {
        String method = arguments.getFirst();
        Fault fault = switch (cue) {
            case "lose-next-answer" -> new Fault.Cut(0);
            case "cut-next" -> new Fault.Cut(number(arguments, 1));
            case "fail-next" -> new Fault.Failed(errors.failure(arguments.get(1)));
            case "refuse-next" ->
                new Fault.Failed(
                        Status.UNAVAILABLE.withDescription("refused on cue").asRuntimeException());
            case "answer-next" -> answered(arguments.subList(1, arguments.size()));
            case "hold-next" -> new Fault.Held();
            default -> throw new IllegalArgumentException("cue: " + cue + " (expected: one that README.md lists)");
        };
        faults.add(method, fault);
        return "";
    }

    private Fault answered(List<String> names) {
        boolean isLeftOpen = names.getLast().equals(OPEN);
        List<byte[]> messages = new ArrayList<>();
        for (String name : isLeftOpen ? names.subList(0, names.size() - 1) : names) {
            try {
                messages.add(Files.readAllBytes(golden.resolve(name + ".binpb")));
            } catch (IOException e) {
                throw new IllegalArgumentException("message: " + name + " (expected: a file of golden)", e);
            }
        }
        return new Fault.Answered(messages, isLeftOpen);
    }

    private String whileNobodyConnects(Runnable change) {
        connections.refuse();
        try {
            change.run();
        } finally {
            connections.admit();
        }
        return "";
    }

    private String cancelled() {
        try {
            return String.valueOf(faults.awaitCancelled(CANCELLED_SECONDS_MAX));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String nothing(Runnable action) {
        action.run();
        return "";
    }

    private static int number(List<String> arguments, int index) {
        return Integer.parseInt(arguments.get(index));
    }

    @Override
    public void close() {
        connections.close();
        proxy.shutdownNow();
        real.close();
    }
}
