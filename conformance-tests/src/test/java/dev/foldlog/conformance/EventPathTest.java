package dev.foldlog.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.foldlog.v1.EventStoreOuterClass;
import dev.foldlog.v1.RecordedEvent;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The kit looks at events through every RPC that returns them, also through one that is added later. */
final class EventPathTest {
    @Test
    void there_is_a_path_for_every_rpc_that_returns_events() {
        assertThat(EventStoreOuterClass.getDescriptor().getServices().stream()
                        .flatMap(it -> it.getMethods().stream())
                        .filter(it -> containsEvents(it.getOutputType()))
                        .map(MethodDescriptor::getName))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(Stream.of(EventPath.values())
                        .map(EventPath::rpc)
                        .distinct()
                        .toList());
    }

    private static boolean containsEvents(Descriptor message) {
        return message.getFields().stream()
                .filter(it -> it.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
                .map(FieldDescriptor::getMessageType)
                .anyMatch(it -> it.equals(RecordedEvent.getDescriptor()) || containsEvents(it));
    }
}
