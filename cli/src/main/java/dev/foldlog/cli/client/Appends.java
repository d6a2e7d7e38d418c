package dev.foldlog.cli.client;

import dev.foldlog.cli.shell.CommandException;
import dev.foldlog.cli.shell.ExitCode;
import dev.foldlog.cli.shell.LineOutput;
import dev.foldlog.cli.shell.Shell;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.CheckpointUpdate;
import dev.foldlog.v1.GetStoreInfoRequest;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.StoreLimits;
import io.grpc.StatusException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Appends of a few events, all or none. */
public final class Appends {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Shell shell;
    private final Connection connection;
    private StoreLimits limits = StoreLimits.getDefaultInstance();

    public Appends(Shell shell, Connection connection) {
        this.shell = shell;
        this.connection = connection;
    }

    /** Appends the events of a text of JSON lines and writes where they went. */
    public void appendLines(InputStream lines, String name, AppendOrder order, LineOutput output) {
        List<Placed> events = placed(lines, name);
        requireFitting(events);
        append(events.stream().map(Placed::event).toList(), order, output);
    }

    /** Appends one event and writes where it went. */
    public void appendOne(EventDraft event, AppendOrder order, LineOutput output) {
        NewEvent one = event.event();
        requireFitting(List.of(new Placed("", one)));
        append(List.of(one), order, output);
    }

    /** An event and where it stands, as messages begin. */
    private record Placed(String place, NewEvent event) {}

    /** A server that is not there is told here, at once; one that goes away later is waited for. */
    private void requireFitting(List<Placed> events) {
        try {
            limits = connection
                    .unary()
                    .getStoreInfo(GetStoreInfoRequest.getDefaultInstance())
                    .getLimits();
        } catch (StatusException e) {
            throw ServerErrors.told(e, connection.server());
        }
        for (Placed placed : events) {
            requireNone(placed.place(), SizeCheck.tooLarge(placed.event(), limits));
        }
    }

    private static void requireNone(String place, @Nullable String problem) {
        if (problem != null) {
            throw new CommandException(ExitCode.BAD_INPUT, place + problem, "nothing was appended");
        }
    }

    private static List<Placed> placed(InputStream stream, String name) {
        List<Placed> events = new ArrayList<>();
        EventJsonReader json = new EventJsonReader();
        try (Lines lines = new Lines(stream)) {
            for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
                if (!line.isBlank()) {
                    events.add(new Placed(name + ": line " + line.number() + ": ", event(json, line, name)));
                }
            }
        } catch (IOException e) {
            throw new CommandException(ExitCode.BAD_INPUT, name + ": cannot be read: " + e.getMessage());
        }
        if (events.isEmpty()) {
            throw new CommandException(ExitCode.BAD_INPUT, name + ": no event in it");
        }
        return events;
    }

    private static NewEvent event(EventJsonReader json, Lines.Line line, String name) {
        try {
            return json.read(line.text());
        } catch (EventSyntaxException e) {
            throw new CommandException(
                    ExitCode.BAD_INPUT,
                    name + ": line " + line.number() + ": " + e.getMessage(),
                    "nothing was appended");
        }
    }

    private void append(List<NewEvent> events, AppendOrder order, LineOutput output) {
        AppendRequest request = request(events, order);
        requireNone("", SizeCheck.tooLarge(request, limits));
        AppendResponse answer = answer(request);
        if (answer.getEventsCount() == 0) {
            shell.note(
                    "valid: " + events.size() + (events.size() == 1 ? " event" : " events") + ", nothing was stored");
        }
        EventJsonWriter json = new EventJsonWriter(output);
        answer.getEventsList().forEach(event -> json.write(event, answer.getReplayed()));
        output.flush();
    }

    private AppendRequest request(List<NewEvent> events, AppendOrder order) {
        String id = order.requestId().isEmpty()
                ? RequestIds.next(shell.clock(), shell.random()).toString()
                : order.requestId();
        AppendRequest.Builder request = AppendRequest.newBuilder()
                .setRequestId(id)
                .addAllEvents(events)
                .setValidateOnly(order.isValidateOnly());
        order.conditions().forEach(condition -> request.addPreconditions(Condition.toWire(condition)));
        order.checkpoints()
                .forEach(move -> request.addCheckpoints(CheckpointUpdate.newBuilder()
                        .setName(move.name())
                        .setPosition(move.to())
                        .setExpectedPosition(move.from())));
        return request.build();
    }

    private AppendResponse answer(AppendRequest request) {
        try {
            return new Retrying(shell, connection, PATIENCE, shell::note)
                    .until(() -> connection.unary().append(request));
        } catch (StatusException e) {
            throw failure(e, request);
        }
    }

    private CommandException failure(StatusException e, AppendRequest request) {
        ServerError error = ServerError.of(e);
        List<String> lines = new ArrayList<>(ServerErrors.lines(error, connection.server()));
        if (error.isTransient()) {
            lines.add("  it is not known whether the events were stored; the same input with --request-id "
                    + request.getRequestId() + " stores them once");
        }
        return new CommandException(error.exitCode(), lines, e);
    }
}
