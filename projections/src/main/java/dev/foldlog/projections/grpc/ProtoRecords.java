package dev.foldlog.projections.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.foldlog.projections.FoldDefinition;
import dev.foldlog.projections.Life;
import dev.foldlog.projections.RecordCodec;
import dev.foldlog.v1.Projection;

/** Records as messages of the API: Projection with the fields that a definition, or a life, has. Immutable. */
public final class ProtoRecords implements RecordCodec {
    @Override
    public byte[] encode(FoldDefinition definition) {
        return DefinitionMessages.message(definition.definition())
                .setRevision(definition.revision())
                .build()
                .toByteArray();
    }

    @Override
    public byte[] encode(Life life) {
        return LifeMessages.message(life)
                .setState(life.isPaused() ? Projection.State.STATE_PAUSED : Projection.State.STATE_UNSPECIFIED)
                .build()
                .toByteArray();
    }

    @Override
    public FoldDefinition definition(byte[] encoded) {
        return definition(message(encoded));
    }

    @Override
    public Life life(byte[] encoded) {
        Projection message = message(encoded);
        return new Life(
                definition(message),
                message.getState() == Projection.State.STATE_PAUSED,
                message.hasRebuild() ? LifeMessages.build(message.getRebuild()) : null,
                message.hasFailure() ? LifeMessages.failure(message.getFailure()) : null,
                message.hasLastFailure() ? LifeMessages.failure(message.getLastFailure()) : null,
                FilterMessages.instant(message.getUpdatedAt()));
    }

    private static FoldDefinition definition(Projection message) {
        return new FoldDefinition(
                DefinitionMessages.definition(message, FilterMessages.filter(message.getFilter())),
                message.getRevision());
    }

    private static Projection message(byte[] encoded) {
        try {
            return Projection.parseFrom(encoded);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a stored projection cannot be decoded", e);
        }
    }
}
