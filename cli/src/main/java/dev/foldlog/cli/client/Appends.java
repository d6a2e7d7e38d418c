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
import io.grpc.StatusException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Appends of a few events, all or none. */
public final class Appends {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Shell shell;
    private final Connection connection;

    public Appends(Shell shell, Connection connection) {
        this.shell = shell;
        this.connection = connection;
    }

    /** Appends the events of a text of JSON lines and writes where they went. */
    public void appendLines(InputStream lines, String name, AppendOrder order, LineOutput output) {
        append(events(lines, name), order, output);
    }

    /** Appends one event and writes where it went. */
    public void appendOne(EventDraft event, AppendOrder order, LineOutput output) {
        append(List.of(event.event()), order, output);
    }

    private static List<NewEvent> events(InputStream stream, String name) {
        List<NewEvent> events = new ArrayList<>();
        EventJsonReader json = new EventJsonReader();
        try (Lines lines = new Lines(stream)) {
            for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
                if (!line.isBlank()) {
                    events.add(event(json, line, name));
                }
            }
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILURE, name + ": cannot be read: " + e.getMessage());
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
            // A server that is not there is told at once; one that goes away meanwhile is waited for.
            connection.unary().getStoreInfo(GetStoreInfoRequest.getDefaultInstance());
        } catch (StatusException e) {
            throw ServerErrors.told(e, connection.server());
        }
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
