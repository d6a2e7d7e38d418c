package dev.foldlog.expressions;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import java.util.Optional;

/** The type of the variable {@code event}: a structure that exists only here, with the fields of RecordedEvent. */
final class EventFields implements CelTypeProvider {
    static final CelType ANY_OBJECT = MapType.create(SimpleType.STRING, SimpleType.DYN);

    static final ImmutableMap<String, CelType> TYPES = ImmutableMap.<String, CelType>builder()
            .put("event_id", SimpleType.STRING)
            .put("action", SimpleType.STRING)
            .put("producer", SimpleType.STRING)
            .put("artifact_id", SimpleType.STRING)
            .put("artifact_type", SimpleType.STRING)
            .put("thread_id", SimpleType.STRING)
            .put("event_version", SimpleType.INT)
            .put("partition_key", SimpleType.STRING)
            .put("timestamp", SimpleType.TIMESTAMP)
            .put("payload", ANY_OBJECT)
            .put("metadata", MapType.create(SimpleType.STRING, SimpleType.STRING))
            .put("position", SimpleType.INT)
            .put("sequence", SimpleType.INT)
            .put("recorded_at", SimpleType.TIMESTAMP)
            .put("transaction_position", SimpleType.INT)
            .put("stored_event_version", SimpleType.INT)
            .put("tags", ListType.create(SimpleType.STRING))
            .buildOrThrow();

    private static final StructType EVENT =
            StructType.create("foldlog.v1.RecordedEvent", TYPES.keySet(), name -> Optional.ofNullable(TYPES.get(name)));

    static CelType reference() {
        return StructTypeReference.create(EVENT.name());
    }

    @Override
    public ImmutableCollection<CelType> types() {
        return ImmutableList.of(EVENT);
    }

    @Override
    public Optional<CelType> findType(String name) {
        return name.equals(EVENT.name()) ? Optional.of(EVENT) : Optional.empty();
    }
}
