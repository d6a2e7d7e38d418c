package dev.foldlog.server.grpc.validation;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The path of a request field, such as {@code events[2].action}. Its text is made only when somebody
 * asks for it: a request without violations pays nothing.
 */
public final class FieldPath {
    /** The request itself. */
    public static final FieldPath ROOT = new FieldPath(null, "", -1);

    private final @Nullable FieldPath parent;
    private final String name;
    private final int index;

    private FieldPath(@Nullable FieldPath parent, String name, int index) {
        this.parent = parent;
        this.name = requireNonNull(name, "name");
        this.index = index;
    }

    public FieldPath field(String name) {
        return new FieldPath(this, name, -1);
    }

    public FieldPath element(String name, int index) {
        return new FieldPath(this, name, index);
    }

    @Override
    public String toString() {
        String own = index < 0 ? name : name + '[' + index + ']';
        String above = parent == null ? "" : parent.toString();
        return above.isEmpty() ? own : above + '.' + own;
    }
}
