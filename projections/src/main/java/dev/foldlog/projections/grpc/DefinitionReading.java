package dev.foldlog.projections.grpc;

import dev.foldlog.core.expression.ExpressionError;
import dev.foldlog.core.projection.ProjectionDefinition;
import dev.foldlog.projections.UnusableDefinitionException;
import dev.foldlog.v1.ApplyErrorPolicy;
import dev.foldlog.v1.ErrorReason;
import dev.foldlog.v1.ExpressionErrors;
import dev.foldlog.v1.Projection;
import dev.foldlog.v1.ProjectionMode;

/** Judges the definition in a request. Thread-safe. */
final class DefinitionReading {
    private static final int SOURCE_CHARS_MAX = 8_192;
    private static final int SETTINGS_MAX = 64;

    private final Wire wire;

    DefinitionReading(Wire wire) {
        this.wire = wire;
    }

    /** The definition; throws what is wrong with it. */
    ProjectionDefinition read(Projection message) {
        requireName(message.getName(), "projection.name");
        if (message.getMode() != ProjectionMode.PROJECTION_MODE_SYNC
                && message.getMode() != ProjectionMode.PROJECTION_MODE_ASYNC) {
            throw wire.malformed(
                    "projection.mode",
                    Integer.toString(message.getModeValue()),
                    "PROJECTION_MODE_SYNC or PROJECTION_MODE_ASYNC");
        }
        requirePolicy(message);
        switch (message.getDefinitionCase()) {
            case CEL -> requireSources(message);
            case PLUGIN -> requirePlugin(message);
            case DEFINITION_NOT_SET -> throw wire.malformed("projection.definition", "missing", "cel or plugin");
        }
        if (message.getStartAfterPosition() < 0) {
            throw wire.malformed(
                    "projection.start_after_position", Long.toString(message.getStartAfterPosition()), "0 or more");
        }
        if (!message.getFilter().getExpression().isEmpty()
                || message.getFilter().getAnyOfList().stream()
                        .anyMatch(it -> !it.getExpression().isEmpty())) {
            throw wire.malformed("projection.filter.expression", "set", "none; cel.applies is for it");
        }
        return DefinitionMessages.definition(message, wire.filter(message.getFilter(), "projection.filter"));
    }

    void requireName(String name, String field) {
        if (!ProjectionDefinition.isName(name)) {
            throw wire.malformed(field, name, "1 to 64 characters of [a-z0-9_-]");
        }
    }

    /** What a caller is told of a definition that cannot be run. */
    RuntimeException error(UnusableDefinitionException unusable) {
        String field = "projection." + unusable.field();
        if (unusable.errors().isEmpty()) {
            return wire.malformed(field, String.valueOf(unusable.getMessage()), "a plugin and settings that it takes");
        }
        return wire.invalidExpressions(
                unusable.errors().stream().map(it -> error(field, it)).toList());
    }

    private void requirePolicy(Projection message) {
        boolean isSync = message.getMode() == ProjectionMode.PROJECTION_MODE_SYNC;
        if (message.getOnError() == ApplyErrorPolicy.UNRECOGNIZED
                || (isSync && message.getOnError() == ApplyErrorPolicy.APPLY_ERROR_POLICY_SKIP)) {
            throw wire.malformed(
                    "projection.on_error",
                    Integer.toString(message.getOnErrorValue()),
                    isSync ? "APPLY_ERROR_POLICY_STOP for a sync projection" : "a value that this server knows");
        }
    }

    private void requireSources(Projection message) {
        if (message.getCel().getApply().isEmpty()) {
            throw wire.malformed("projection.cel.apply", "missing", "an expression");
        }
        requireLength(message.getCel().getApplies(), "projection.cel.applies");
        requireLength(message.getCel().getKey(), "projection.cel.key");
        requireLength(message.getCel().getApply(), "projection.cel.apply");
    }

    private void requireLength(String source, String field) {
        int length = source.codePointCount(0, source.length());
        if (length > SOURCE_CHARS_MAX) {
            throw wire.error(
                    ErrorReason.ERROR_REASON_LIMIT_EXCEEDED,
                    field + ": " + length + " code points (expected: at most " + SOURCE_CHARS_MAX + ')',
                    "limit",
                    "max_expression_code_points",
                    "actual",
                    length,
                    "max",
                    SOURCE_CHARS_MAX,
                    "field",
                    field);
        }
    }

    private void requirePlugin(Projection message) {
        if (message.getPlugin().getName().isEmpty()) {
            throw wire.malformed("projection.plugin.name", "missing", "a plugin's name");
        }
        wire.requireText(message.getPlugin().getName(), 128, "projection.plugin.name");
        if (message.getPlugin().getSettingsCount() > SETTINGS_MAX) {
            throw wire.malformed(
                    "projection.plugin.settings",
                    message.getPlugin().getSettingsCount() + " settings",
                    "at most " + SETTINGS_MAX);
        }
        message.getPlugin().getSettingsMap().forEach((key, value) -> {
            wire.requireText(key, 128, "projection.plugin.settings");
            wire.requireText(value, 4_096, "projection.plugin.settings");
        });
    }

    private static ExpressionErrors.Error error(String field, ExpressionError error) {
        return ExpressionErrors.Error.newBuilder()
                .setField(field)
                .setLine(error.line())
                .setColumn(error.column())
                .setMessage(error.message())
                .setSnippet(error.snippet())
                .build();
    }
}
