package dev.foldlog.core.event;

import java.util.Comparator;

/** The order of texts by code point, which is also that of their UTF-8 bytes; {@code String}'s own is not. */
public enum CodePointOrder implements Comparator<String> {
    INSTANCE;

    @Override
    public int compare(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        for (int i = 0; i < shorter; i++) {
            char ofA = a.charAt(i);
            char ofB = b.charAt(i);
            if (ofA != ofB) {
                boolean isSurrogateA = Character.isSurrogate(ofA);
                // A surrogate is part of a code point above all those that one char can hold.
                return isSurrogateA == Character.isSurrogate(ofB) ? Character.compare(ofA, ofB) : isSurrogateA ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
