package dev.foldlog.core.projection;

import java.util.List;

/** States of two folds from the same key on, as one snapshot of the store sees them. */
public record StatesOfBoth(List<KeyState> one, List<KeyState> other) {
    public StatesOfBoth {
        one = List.copyOf(one);
        other = List.copyOf(other);
    }
}
