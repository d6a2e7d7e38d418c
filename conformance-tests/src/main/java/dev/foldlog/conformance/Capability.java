package dev.foldlog.conformance;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An optional feature, under the name by which {@code GetStoreInfo.features} declares it. */
public enum Capability {
    /** Checkpoints that move in the transaction of an append. */
    APPEND_CHECKPOINTS("append.checkpoints"),
    /** The precondition {@code no_events_matching}. */
    APPEND_NO_EVENTS_MATCHING("append.no_events_matching"),
    /** Expressions in filters. */
    FILTER_EXPRESSION("filter.expression"),
    /** Opaque payloads. */
    PAYLOAD_DATA("payload.data"),
    /** The service Checkpoints. */
    CHECKPOINTS("foldlog.v1.Checkpoints");

    private final String feature;

    Capability(String feature) {
        this.feature = feature;
    }

    /** Its name in {@code GetStoreInfo.features}. */
    public String feature() {
        return feature;
    }

    /** The capabilities among these features; names that the kit does not know are left out. */
    public static Set<Capability> among(List<String> features) {
        return Stream.of(values()).filter(it -> features.contains(it.feature)).collect(Collectors.toUnmodifiableSet());
    }
}
