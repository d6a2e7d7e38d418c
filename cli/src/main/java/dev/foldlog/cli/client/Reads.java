package dev.foldlog.cli.client;

import dev.foldlog.cli.shell.LineOutput;
import dev.foldlog.cli.shell.Shell;
import dev.foldlog.v1.Direction;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.GetEventRequest;
import dev.foldlog.v1.PayloadForm;
import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadAllResponse;
import dev.foldlog.v1.ReadOptions;
import dev.foldlog.v1.ReadStreamRequest;
import dev.foldlog.v1.ReadStreamResponse;
import dev.foldlog.v1.ReadStreamSinceRequest;
import dev.foldlog.v1.ReadStreamSinceResponse;
import dev.foldlog.v1.RecordedEvent;
import io.grpc.StatusException;
import java.time.Duration;
import java.util.List;

/** Finite reads, written as JSON lines. */
public final class Reads {
    static final Duration SILENCE_MAX = Duration.ofSeconds(60);

    private final Shell shell;
    private final Connection connection;
    private final LineOutput output;
    private final EventJsonWriter json;

    public Reads(Shell shell, Connection connection, LineOutput output) {
        this.shell = shell;
        this.connection = connection;
        this.output = output;
        this.json = new EventJsonWriter(output);
    }

    /** Writes the events that were ordered. */
    public void read(ReadOrder order) {
        try {
            if (order.partitionKey().isEmpty()) {
                all(order);
            } else if (order.selection().since() != null && !order.isBackward() && order.after() == 0) {
                partitionSince(order);
            } else {
                partition(order);
            }
        } catch (StatusException e) {
            output.flush();
            throw ServerErrors.told(e, connection.server());
        }
        output.flush();
    }

    /** Writes one event. */
    public void event(String eventId, boolean isHeadersOnly) {
        GetEventRequest request = GetEventRequest.newBuilder()
                .setEventId(eventId)
                .setOptions(options(isHeadersOnly))
                .build();
        try {
            json.write(connection.unary().getEvent(request).getEvent());
        } catch (StatusException e) {
            throw ServerErrors.told(e, connection.server());
        }
        output.flush();
    }

    private void all(ReadOrder order) throws StatusException {
        ReadAllRequest request = ReadAllRequest.newBuilder()
                .setFilter(order.selection().filter())
                .setDirection(direction(order))
                .setAfterPosition(order.after())
                .setLimit(order.limit())
                .setAsOfPosition(order.asOf())
                .setOptions(options(order.isHeadersOnly()))
                .build();
        try (ServerStream<ReadAllResponse> answers =
                new ServerStream<>(connection.streams().readAll(request), SILENCE_MAX)) {
            for (ReadAllResponse answer = answers.next(); answer != null; answer = answers.next()) {
                write(answer.getEventsList());
            }
        }
    }

    private void partition(ReadOrder order) throws StatusException {
        ReadStreamRequest request = ReadStreamRequest.newBuilder()
                .setPartitionKey(order.partitionKey())
                .setFilter(order.selection().filter())
                .setDirection(direction(order))
                .setAfterSequence(order.after())
                .setLimit(order.limit())
                .setAsOfPosition(order.asOf())
                .setOptions(options(order.isHeadersOnly()))
                .build();
        try (ServerStream<ReadStreamResponse> answers =
                new ServerStream<>(connection.streams().readStream(request), SILENCE_MAX)) {
            for (ReadStreamResponse answer = answers.next(); answer != null; answer = answers.next()) {
                write(answer.getEventsList());
            }
        }
    }

    private void partitionSince(ReadOrder order) throws StatusException {
        EventFilter filter = order.selection().filter();
        ReadStreamSinceRequest request = ReadStreamSinceRequest.newBuilder()
                .setPartitionKey(order.partitionKey())
                .setSince(filter.getSince())
                .setFilter(filter.toBuilder().clearSince())
                .setLimit(order.limit())
                .setAsOfPosition(order.asOf())
                .setOptions(options(order.isHeadersOnly()))
                .build();
        boolean isTruncated = false;
        try (ServerStream<ReadStreamSinceResponse> answers =
                new ServerStream<>(connection.streams().readStreamSince(request), SILENCE_MAX)) {
            for (ReadStreamSinceResponse answer = answers.next(); answer != null; answer = answers.next()) {
                isTruncated |= answer.getTruncated();
                write(answer.getEventsList());
            }
        }
        if (isTruncated) {
            shell.note("foldlog: --limit left older events of the slice out");
        }
    }

    private void write(List<RecordedEvent> events) {
        events.forEach(json::write);
        output.flush();
    }

    private static Direction direction(ReadOrder order) {
        return order.isBackward() ? Direction.DIRECTION_BACKWARD : Direction.DIRECTION_FORWARD;
    }

    static ReadOptions options(boolean isHeadersOnly) {
        return ReadOptions.newBuilder()
                .setPayloadForm(PayloadForm.PAYLOAD_FORM_JSON)
                .setHeadersOnly(isHeadersOnly)
                .build();
    }
}
