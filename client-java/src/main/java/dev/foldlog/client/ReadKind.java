package dev.foldlog.client;

import dev.foldlog.v1.EventStoreGrpc;
import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadAllResponse;
import dev.foldlog.v1.ReadStreamRequest;
import dev.foldlog.v1.ReadStreamResponse;
import dev.foldlog.v1.ReadStreamSinceRequest;
import dev.foldlog.v1.ReadStreamSinceResponse;
import io.grpc.MethodDescriptor;

/**
 * What differs between the three reads: their messages, and how one goes on where it broke off, under the
 * snapshot that it began with.
 */
sealed interface ReadKind<Q, A> {
    ReadKind<ReadStreamRequest, ReadStreamResponse> STREAM = new OfStream();
    ReadKind<ReadStreamSinceRequest, ReadStreamSinceResponse> STREAM_SINCE = new OfStreamSince();
    ReadKind<ReadAllRequest, ReadAllResponse> ALL = new OfAll();

    MethodDescriptor<Q, A> method();

    ReadBatch batch(A answer);

    /** Events at most; 0: no bound. */
    long limit(Q request);

    /** The request for what is left. */
    Q rest(Q request, ReadProgress progress);

    /** Whether the rest begins with events that have come already, up to the progress's sequence. */
    boolean isReadAgain();

    /** {@code ReadStream}: goes on after (or, backward, before) the last sequence. */
    final class OfStream implements ReadKind<ReadStreamRequest, ReadStreamResponse> {
        @Override
        public MethodDescriptor<ReadStreamRequest, ReadStreamResponse> method() {
            return EventStoreGrpc.getReadStreamMethod();
        }

        @Override
        public ReadBatch batch(ReadStreamResponse answer) {
            return new ReadBatch(answer.getEventsList(), answer.getAsOfPosition(), answer.getLastSequence(), 0, false);
        }

        @Override
        public long limit(ReadStreamRequest request) {
            return request.getLimit();
        }

        @Override
        public ReadStreamRequest rest(ReadStreamRequest request, ReadProgress progress) {
            return request.toBuilder()
                    .setAfterSequence(progress.events() == 0 ? request.getAfterSequence() : progress.sequence())
                    .setLimit(progress.left(request.getLimit()))
                    .setAsOfPosition(progress.asOfPosition())
                    .build();
        }

        @Override
        public boolean isReadAgain() {
            return false;
        }
    }

    /** {@code ReadStreamSince}: its limit counts from the end, so the same slice is read again. */
    final class OfStreamSince implements ReadKind<ReadStreamSinceRequest, ReadStreamSinceResponse> {
        @Override
        public MethodDescriptor<ReadStreamSinceRequest, ReadStreamSinceResponse> method() {
            return EventStoreGrpc.getReadStreamSinceMethod();
        }

        @Override
        public ReadBatch batch(ReadStreamSinceResponse answer) {
            return new ReadBatch(
                    answer.getEventsList(),
                    answer.getAsOfPosition(),
                    answer.getLastSequence(),
                    0,
                    answer.getTruncated());
        }

        @Override
        public long limit(ReadStreamSinceRequest request) {
            return request.getLimit();
        }

        @Override
        public ReadStreamSinceRequest rest(ReadStreamSinceRequest request, ReadProgress progress) {
            return request.toBuilder().setAsOfPosition(progress.asOfPosition()).build();
        }

        @Override
        public boolean isReadAgain() {
            return true;
        }
    }

    /** {@code ReadAll}: goes on after (or, backward, before) the position it has looked at. */
    final class OfAll implements ReadKind<ReadAllRequest, ReadAllResponse> {
        @Override
        public MethodDescriptor<ReadAllRequest, ReadAllResponse> method() {
            return EventStoreGrpc.getReadAllMethod();
        }

        @Override
        public ReadBatch batch(ReadAllResponse answer) {
            return new ReadBatch(
                    answer.getEventsList(), answer.getAsOfPosition(), 0, answer.getScannedPosition(), false);
        }

        @Override
        public long limit(ReadAllRequest request) {
            return request.getLimit();
        }

        @Override
        public ReadAllRequest rest(ReadAllRequest request, ReadProgress progress) {
            return request.toBuilder()
                    .setAfterPosition(progress.position() == 0 ? request.getAfterPosition() : progress.position())
                    .setLimit(progress.left(request.getLimit()))
                    .setAsOfPosition(progress.asOfPosition())
                    .build();
        }

        @Override
        public boolean isReadAgain() {
            return false;
        }
    }
}
