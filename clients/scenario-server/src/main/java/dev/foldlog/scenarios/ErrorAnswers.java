package dev.foldlog.scenarios;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RequestInfo;
import com.google.rpc.RetryInfo;
import dev.foldlog.v1.AppendConflict;
import dev.foldlog.v1.ExpressionErrors;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The errors of {@code errors.json}, one for each reason, as a server answers them. Immutable. */
final class ErrorAnswers {
    private static final JsonFormat.TypeRegistry DETAILS = JsonFormat.TypeRegistry.newBuilder()
            .add(ErrorInfo.getDescriptor())
            .add(BadRequest.getDescriptor())
            .add(RetryInfo.getDescriptor())
            .add(RequestInfo.getDescriptor())
            .add(AppendConflict.getDescriptor())
            .add(ExpressionErrors.getDescriptor())
            .build();

    private final Map<String, com.google.rpc.Status> byReason;

    private ErrorAnswers(Map<String, com.google.rpc.Status> byReason) {
        this.byReason = byReason;
    }

    static ErrorAnswers read(Path file) {
        try {
            JsonObject root = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            Map<String, com.google.rpc.Status> read = new LinkedHashMap<>();
            for (JsonElement error : root.getAsJsonArray("errors")) {
                JsonObject fields = error.getAsJsonObject();
                read.put(fields.get("reason").getAsString(), status(fields.get("status")));
            }
            return new ErrorAnswers(read);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private static com.google.rpc.Status status(JsonElement json) throws InvalidProtocolBufferException {
        com.google.rpc.Status.Builder status = com.google.rpc.Status.newBuilder();
        JsonFormat.parser().usingTypeRegistry(DETAILS).merge(json.toString(), status);
        return status.build();
    }

    Set<String> reasons() {
        return byReason.keySet();
    }

    /** The answer that says this reason. */
    com.google.rpc.Status status(String reason) {
        com.google.rpc.Status status = byReason.get(reason);
        if (status == null) {
            throw new IllegalArgumentException("reason: " + reason + " (expected: one of errors.json)");
        }
        return status;
    }

    StatusRuntimeException failure(String reason) {
        return StatusProto.toStatusRuntimeException(status(reason));
    }
}
