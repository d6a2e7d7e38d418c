package dev.foldlog.client;

import dev.foldlog.client.error.FoldlogException;
import dev.foldlog.v1.RecordedEvent;
import io.grpc.Channel;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one read. A call that breaks is made again for what is left, under the same snapshot, so no
 * event is missing and none comes twice. Confined to one thread, but for {@link #close}.
 */
final class ResumingRead<Q, A> implements AutoCloseable {
    private final Channel channel;
    private final ReadKind<Q, A> kind;
    private final Q request;
    private final ClientOptions options;
    private final ClientEnvironment environment;
    private final Backoff backoff;
    private ReadProgress progress = ReadProgress.NONE;
    private int failures;
    private volatile boolean isClosed;
    private volatile @Nullable BatchCall<A> call;

    ResumingRead(
            Channel channel, ReadKind<Q, A> kind, Q request, ClientOptions options, ClientEnvironment environment) {
        this.channel = channel;
        this.kind = kind;
        this.request = request;
        this.options = options;
        this.environment = environment;
        this.backoff = environment.backoff(options.retry());
    }

    /** The next batch; null: the read has ended or was closed. */
    @Nullable
    ReadBatch next() {
        while (!isClosed) {
            try {
                A answer = running().next(options.silenceMax());
                failures = 0;
                backoff.reset();
                return answer == null ? null : received(kind.batch(answer));
            } catch (FoldlogException e) {
                // Everything may have come before the connection broke.
                if (isClosed || progress.isAtEnd(kind.limit(request))) {
                    return null;
                }
                waitAfter(e);
            }
        }
        return null;
    }

    private BatchCall<A> running() {
        BatchCall<A> running = call;
        if (running == null) {
            Q rest = progress.hasBegun() ? kind.rest(request, progress) : request;
            running = BatchCall.start(channel, kind.method(), rest);
            call = running;
            if (isClosed) {
                running.close();
            }
        }
        return running;
    }

    private ReadBatch received(ReadBatch batch) {
        ReadBatch fresh = kind.isReadAgain() && progress.events() > 0 ? unseen(batch) : batch;
        progress = progress.after(fresh);
        return fresh;
    }

    private ReadBatch unseen(ReadBatch batch) {
        List<RecordedEvent> events = batch.events().stream()
                .filter(it -> it.getSequence() > progress.sequence())
                .toList();
        return new ReadBatch(
                events, batch.asOfPosition(), batch.lastSequence(), batch.scannedPosition(), batch.isTruncated());
    }

    /** Throws the failure when another try is of no use. */
    private void waitAfter(FoldlogException failure) {
        call = null;
        failures++;
        Duration pause = backoff.after(failure);
        if (!failure.isTransient() || failures >= options.retry().triesMax() || !environment.hasPaused(pause)) {
            throw failure;
        }
        environment.reconnect().accept(failure);
    }

    @Override
    public void close() {
        isClosed = true;
        BatchCall<A> running = call;
        if (running != null) {
            running.close();
        }
    }
}
