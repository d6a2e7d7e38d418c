package dev.foldlog.conformance.shared;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.foldlog.v1.AppendConflict;
import dev.foldlog.v1.AppendConflict.Violation;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ErrorViewTest {
    private final ErrorView view = new ErrorView(new StoreView(100, "p-"));

    @Test
    void details_tell_positions_and_names_as_the_test_knows_them() {
        Status wire = status(
                AppendConflict.newBuilder()
                        .addViolations(
                                Violation.newBuilder().setPartitionKey("p-a").setMatchingPosition(107))
                        .build(),
                ErrorInfo.newBuilder()
                        .setReason("R")
                        .putMetadata("head_position", "104")
                        .putMetadata("position", Long.toString(Long.MAX_VALUE))
                        .putMetadata("checkpoint", "p-worker")
                        .putMetadata("max", "104")
                        .build());

        assertThat(seen(wire))
                .isEqualTo(status(
                        AppendConflict.newBuilder()
                                .addViolations(Violation.newBuilder()
                                        .setPartitionKey("a")
                                        .setMatchingPosition(7))
                                .build(),
                        ErrorInfo.newBuilder()
                                .setReason("R")
                                .putMetadata("head_position", "4")
                                .putMetadata("position", Long.toString(Long.MAX_VALUE))
                                .putMetadata("checkpoint", "worker")
                                .putMetadata("max", "104")
                                .build()));
    }

    @Test
    void an_error_without_details_stays_one() {
        assertThat(view.toSeen(new Metadata()).keys()).isEmpty();
    }

    private Status seen(Status wire) {
        StatusRuntimeException thrown = StatusProto.toStatusRuntimeException(wire);
        Metadata trailers = view.toSeen(Objects.requireNonNull(thrown.getTrailers()));
        return Objects.requireNonNull(StatusProto.fromStatusAndTrailers(thrown.getStatus(), trailers));
    }

    private static Status status(AppendConflict conflict, ErrorInfo info) {
        return Status.newBuilder()
                .setCode(10)
                .setMessage("at position 107 of p-a")
                .addDetails(Any.pack(conflict))
                .addDetails(Any.pack(info))
                .build();
    }
}
