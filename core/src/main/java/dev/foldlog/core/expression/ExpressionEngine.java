package dev.foldlog.core.expression;

/**
 * An expression language: compiles sources to programs over an event. An engine and its programs are
 * immutable and thread-safe, and block on nothing. A program is a pure function: it sees no clock, no chance, no
 * file and no other event, and given the same input it makes the same bytes, on every machine. Whatever an
 * accepted source does, an evaluation stays within {@link #limits} or ends with an
 * {@link EvaluationException} that says so.
 *
 * <p>All programs see the variable {@code event}, whose fields have the names and meanings of RecordedEvent's
 * on the wire; {@code event.payload} is the JSON object, and is not there when the payload is opaque. JSON
 * integers that fit a signed 64-bit number are exact integers.
 */
public interface ExpressionEngine {
    /**
     * Language, library and own rules, in one word. Kept with a definition that is stored: under the same version a
     * source means the same.
     */
    String version();

    ExpressionLimits limits();

    /** A source whose value is a truth. */
    Compilation<EventPredicate> predicate(String source);

    /** A source whose value is a text, or a list of texts. */
    Compilation<EventKeys> keys(String source);

    /** A source whose value is a map or null; sees the variable {@code state} too. */
    Compilation<EventFold> fold(String source);

    /** A source whose value is a map; sees the variable {@code payload} too, which is {@code event.payload}. */
    Compilation<UpcasterStep> upcasterStep(String source);
}
