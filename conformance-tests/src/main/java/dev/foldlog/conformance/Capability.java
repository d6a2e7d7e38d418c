package dev.foldlog.conformance;

import dev.foldlog.v1.Durability;
import dev.foldlog.v1.GetStoreInfoResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a server may have or not: an optional feature, under the name by which {@code GetStoreInfo.features}
 * declares it, or what {@code GetStoreInfo.durability} declares.
 */
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
    CHECKPOINTS("foldlog.v1.Checkpoints"),
    /** What was appended survives a restart: any durability but that of memory. */
    SURVIVES_RESTART("survives.restart");

    private final String feature;

    Capability(String feature) {
        this.feature = feature;
    }

    /** Its name in {@code GetStoreInfo.features}; {@link #SURVIVES_RESTART} stands in its durability instead. */
    public String feature() {
        return feature;
    }

    /** All that a server declares. */
    public static Set<Capability> declaredBy(GetStoreInfoResponse info) {
        Set<Capability> declared = EnumSet.noneOf(Capability.class);
        declared.addAll(among(info.getFeaturesList()));
        if (info.getDurability().compareTo(Durability.DURABILITY_MEMORY) > 0) {
            declared.add(SURVIVES_RESTART);
        }
        return declared;
    }

    /** The capabilities among these features; names that the kit does not know are left out. */
    public static Set<Capability> among(List<String> features) {
        return Stream.of(values()).filter(it -> features.contains(it.feature)).collect(Collectors.toUnmodifiableSet());
    }
}
