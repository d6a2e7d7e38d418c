package dev.foldlog.server.grpc.validation;

import dev.foldlog.core.event.PayloadForm;
import dev.foldlog.server.grpc.codec.CanonicalJson;
import dev.foldlog.server.grpc.codec.JsonText;
import dev.foldlog.server.grpc.codec.JsonVerdict;
import dev.foldlog.server.grpc.codec.JsonVerdict.Malformed;
import dev.foldlog.server.grpc.codec.JsonVerdict.Sound;
import dev.foldlog.server.grpc.codec.JsonVerdict.TooDeep;
import dev.foldlog.server.grpc.codec.PayloadBytes;
import dev.foldlog.v1.Payload;

/** Judges a payload and makes the bytes to store of it. */
final class PayloadValidator {
    private static final String LIMIT = "max_payload_bytes";
    private static final byte[] NONE = {};

    private final int bytesMax;

    PayloadValidator(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** The form in which the payload is stored. */
    static PayloadForm form(Payload payload) {
        return payload.hasData() ? PayloadForm.OPAQUE : PayloadForm.JSON;
    }

    /** The bytes to store; without meaning when there were violations. */
    byte[] validate(Payload payload, FieldPath path, Violations violations) {
        TextRule.CONTENT_TYPE.check(payload.getContentType(), path, "content_type", violations);
        if (!payload.hasData() && !payload.getContentType().isEmpty()) {
            violations.malformedText(path.field("content_type"), payload.getContentType(), "only beside data");
        }
        return switch (payload.getContentCase()) {
            case JSON -> json(payload.getJson(), path.field("json"), violations);
            case JSON_OBJECT ->
                text(CanonicalJson.write(payload.getJsonObject()), path.field("json_object"), violations);
            case DATA -> data(payload, path.field("data"), violations);
            case CONTENT_NOT_SET -> PayloadBytes.emptyObject();
        };
    }

    private byte[] json(String text, FieldPath path, Violations violations) {
        long bytes = text.length() <= bytesMax / 3 ? 0 : Utf8.bytes(text);
        if (bytes > bytesMax) {
            violations.overLimit(path, LIMIT, bytes, bytesMax);
            return NONE;
        }
        return text(JsonText.judge(text), path, violations);
    }

    private byte[] text(JsonVerdict verdict, FieldPath path, Violations violations) {
        switch (verdict) {
            case Sound sound -> {
                if (sound.text().length > bytesMax) {
                    violations.overLimit(path, LIMIT, sound.text().length, bytesMax);
                }
                return sound.text();
            }
            case Malformed malformed -> {
                FieldPath place = malformed.path().isEmpty() ? path : path.field(malformed.path());
                violations.malformed(place, malformed.problem(), malformed.expected());
            }
            case TooDeep tooDeep ->
                violations.overLimit(path, "max_payload_levels", tooDeep.levels(), JsonVerdict.LEVELS_MAX);
        }
        return NONE;
    }

    private byte[] data(Payload payload, FieldPath path, Violations violations) {
        if (payload.getData().size() > bytesMax) {
            violations.overLimit(path, LIMIT, payload.getData().size(), bytesMax);
            return NONE;
        }
        return PayloadBytes.opaque(payload.getData(), payload.getContentType());
    }
}
