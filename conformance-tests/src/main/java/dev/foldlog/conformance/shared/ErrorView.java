package dev.foldlog.conformance.shared;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.foldlog.v1.AppendConflict;
import io.grpc.Metadata;
import io.grpc.protobuf.ProtoUtils;
import java.util.Map;

/** A view applied to the details of an error. The text for people is left as it is. */
record ErrorView(StoreView view) {
    private static final Metadata.Key<Status> STATUS =
            Metadata.Key.of("grpc-status-details-bin", ProtoUtils.metadataMarshaller(Status.getDefaultInstance()));

    /** Trailers as the test sees them. */
    Metadata toSeen(Metadata trailers) {
        Status status = trailers.get(STATUS);
        if (status == null) {
            return trailers;
        }
        Metadata seen = new Metadata();
        seen.merge(trailers);
        seen.discardAll(STATUS);
        Status.Builder details = status.toBuilder().clearDetails();
        status.getDetailsList().forEach(it -> details.addDetails(toSeen(it)));
        seen.put(STATUS, details.build());
        return seen;
    }

    private Any toSeen(Any detail) {
        try {
            if (detail.is(AppendConflict.class)) {
                return Any.pack(view.toSeen((Message) detail.unpack(AppendConflict.class)));
            }
            return detail.is(ErrorInfo.class) ? Any.pack(toSeen(detail.unpack(ErrorInfo.class))) : detail;
        } catch (InvalidProtocolBufferException e) {
            return detail; // left for the test, which says what is wrong with it
        }
    }

    private ErrorInfo toSeen(ErrorInfo info) {
        ErrorInfo.Builder seen = info.toBuilder();
        for (Map.Entry<String, String> entry : info.getMetadataMap().entrySet()) {
            if (entry.getKey().endsWith("position") && entry.getValue().matches("-?\\d{1,18}")) {
                seen.putMetadata(entry.getKey(), Long.toString(view.seenPosition(Long.parseLong(entry.getValue()))));
            } else if (entry.getKey().equals("checkpoint")) {
                seen.putMetadata(entry.getKey(), view.seenName(entry.getValue()));
            }
        }
        return seen.build();
    }
}
