package dev.foldlog.server.grpc.validation;

import dev.foldlog.server.Limits;
import dev.foldlog.v1.ReadOptions;

/** Judges ReadOptions. */
public final class ReadOptionsValidator {
    private ReadOptionsValidator() {}

    public static void validate(ReadOptions options, FieldPath path, Violations violations) {
        NumberChecks.known(
                options.getPayloadForm(), options.getPayloadFormValue(), path.field("payload_form"), violations);
        NumberChecks.notNegative(options.getMaxBatchEvents(), path.field("max_batch_events"), violations);
    }

    /** Events of one response message: what the caller asked for, within what the server allows. */
    public static int batchEventsMax(ReadOptions options, Limits limits) {
        int asked = options.getMaxBatchEvents();
        return asked == 0 ? limits.batchEventsMax() : Math.min(asked, limits.batchEventsMax());
    }
}
