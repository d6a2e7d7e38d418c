package dev.foldlog.bench.measure;

import com.google.protobuf.Timestamp;
import dev.foldlog.bench.load.Channels;
import dev.foldlog.bench.load.ClosedLoop;
import dev.foldlog.bench.load.LoadResult;
import dev.foldlog.bench.load.Operation;
import dev.foldlog.bench.load.RawCalls;
import dev.foldlog.bench.load.StreamOperation;
import dev.foldlog.bench.report.Metric;
import dev.foldlog.bench.report.Sample;
import dev.foldlog.v1.ReadStreamRequest;
import dev.foldlog.v1.ReadStreamSinceRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** One reader of one partition over gRPC, which asks again and again for the same few events. */
public final class StreamReads implements Contestant {
    private static final double MICROS_OF_SECOND = 1e6;

    private final Product.Running server;
    private final Channels channels;
    private final Operation reading;
    private final int expected;

    /**
     * A call and how many events it must bring.
     *
     * @param method ReadStream or ReadStreamSince
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Question(String method, byte[] request, int events) {
        /** The whole of a partition that has so many. */
        static Question whole(String partition, int events) {
            return new Question(
                    "ReadStream",
                    ReadStreamRequest.newBuilder()
                            .setPartitionKey(partition)
                            .build()
                            .toByteArray(),
                    events);
        }

        /** What a partition has since a time, which is so many. */
        static Question since(String partition, Instant since, int events) {
            return new Question(
                    "ReadStreamSince",
                    ReadStreamSinceRequest.newBuilder()
                            .setPartitionKey(partition)
                            .setSince(Timestamp.newBuilder()
                                    .setSeconds(since.getEpochSecond())
                                    .setNanos(since.getNano()))
                            .build()
                            .toByteArray(),
                    events);
        }
    }

    /** The whole of a partition that has so many events, which is all that the store has. */
    public static Entrant whole(String name, int events) {
        return new Entrant(
                name,
                ground ->
                        new StreamReads(ground, partition(ground, events), Question.whole(LongPartition.KEY, events)));
    }

    /** The newest events of a partition that has so many. */
    public static Entrant since(String name, int events, int slice) {
        return new Entrant(
                name,
                ground -> new StreamReads(
                        ground,
                        partition(ground, Math.max(slice, ground.scaled(events))),
                        Question.since(LongPartition.KEY, LongPartition.since(slice), slice)));
    }

    private static Path partition(Ground ground, int events) throws IOException, InterruptedException {
        Path folder = ground.folder("partition");
        LongPartition.fill(folder, events);
        return folder;
    }

    private StreamReads(Ground ground, Path folder, Question question) throws IOException {
        this.server = FoldlogProduct.over(ground, folder);
        this.channels = Channels.connect(server.port(), 1);
        this.reading = new StreamOperation(
                channels, RawCalls.serverStream(FoldlogProduct.SERVICE + question.method), caller -> question.request);
        this.expected = question.events;
    }

    @Override
    public Sample turn(Duration duration) throws Exception {
        Meter meter = Meter.begin(server::usage);
        LoadResult result = ClosedLoop.run(reading, 1, duration);
        long calls = result.latencies().count();
        if (result.events() != calls * expected) {
            throw new IllegalStateException(
                    "events: " + result.events() + " in " + calls + " calls (expected: " + expected + " each)");
        }
        return meter.end(result)
                .with(Metric.micros_per_call, result.seconds() * MICROS_OF_SECOND / calls)
                .build();
    }

    @Override
    public void close() throws IOException {
        channels.close();
        server.close();
    }
}
