package dev.foldlog.server.grpc.validation;

/** What the text of each kind of field must be: how long in bytes of UTF-8, and of which characters. */
public enum TextRule {
    EVENT_ID("event_id", 1, 128, Charset.ANY),
    ACTION("action", 1, 128, Charset.NAME),
    PRODUCER("producer", 1, 256, Charset.ANY),
    ARTIFACT_ID("artifact_id", 1, 256, Charset.ANY),
    ARTIFACT_TYPE("artifact_type", 1, 128, Charset.NAME),
    THREAD_ID("thread_id", 0, 256, Charset.ANY),
    PARTITION_KEY("partition_key", 1, 512, Charset.ANY),
    /** A partition key that may be left to the server. */
    OWN_PARTITION_KEY("partition_key", 0, 512, Charset.ANY),
    CONTENT_TYPE("content_type", 0, 256, Charset.ANY),
    TAG("tag", 1, 128, Charset.ANY),
    CHECKPOINT_NAME("checkpoint_name", 1, 128, Charset.CHECKPOINT),
    PREFIX("prefix", 0, 512, Charset.ANY);

    private final String limit;
    private final int bytesMin;
    private final int bytesMax;
    private final Charset charset;

    TextRule(String kind, int bytesMin, int bytesMax, Charset charset) {
        this.limit = "max_" + kind + "_bytes";
        this.bytesMin = bytesMin;
        this.bytesMax = bytesMax;
        this.charset = charset;
    }

    /** Adds a violation when the text of this field breaks the rule. */
    public void check(String text, FieldPath parent, String field, Violations violations) {
        check(text, parent.field(field), violations);
    }

    /** Adds a violation when the text at this path breaks the rule. */
    public void check(String text, FieldPath path, Violations violations) {
        if (text.isEmpty()) {
            if (bytesMin > 0) {
                violations.missing(path, expected());
            }
            return;
        }
        // No character takes more than three bytes for each char, so short texts need no count.
        long bytes = text.length() <= bytesMax / 3 ? 0 : Utf8.bytes(text);
        if (bytes > bytesMax) {
            violations.overLimit(path, limit, bytes, bytesMax);
        } else if (!charset.accepts(text)) {
            violations.malformedText(path, text, expected());
        }
    }

    /** Adds a violation when a text of no kind of its own is longer, or not clean. */
    public static void checkText(String text, int bytesMax, FieldPath path, Violations violations) {
        long bytes = Utf8.bytes(text);
        if (bytes > bytesMax) {
            violations.overLimit(path, "max_text_bytes", bytes, bytesMax);
        } else if (!Charset.ANY.accepts(text)) {
            violations.malformedText(path, text, "at most " + bytesMax + Charset.ANY.words);
        }
    }

    private String expected() {
        String size = bytesMin == 0 ? "at most " + bytesMax : bytesMin + " to " + bytesMax;
        return size + charset.words;
    }

    private enum Charset {
        ANY(" bytes of text without NUL", ""),
        NAME(" characters of [A-Za-z0-9_.:-]", "_.:-"),
        CHECKPOINT(" characters of [A-Za-z0-9_.:/-]", "_.:/-");

        private final String words;
        private final String signs;

        Charset(String words, String signs) {
            this.words = words;
            this.signs = signs;
        }

        private boolean accepts(String text) {
            if (this == ANY) {
                return Utf8.isCleanText(text);
            }
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (!isLetterOrDigit(c) && signs.indexOf(c) < 0) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isLetterOrDigit(char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        }
    }
}
