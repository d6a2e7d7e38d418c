package dev.foldlog.core.event;

/** In which form a payload is stored. */
public enum PayloadForm {
    /** UTF-8 JSON text of an object, byte for byte as the client sent it. */
    JSON,
    /** Opaque bytes with a media type, as the codec encodes them. */
    OPAQUE
}
