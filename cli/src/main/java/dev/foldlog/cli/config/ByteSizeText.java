package dev.foldlog.cli.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in bytes as people write them: {@code 4096}, {@code 256KiB}, {@code 1MiB}, {@code 2GiB}. */
public final class ByteSizeText {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15})(B|KiB|MiB|GiB)?");

    private ByteSizeText() {}

    public static long parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text + " (expected: bytes, such as 4096, 256KiB or 1MiB)");
        }
        String unit = matcher.group(2);
        int shift = unit == null
                ? 0
                : switch (unit) {
                    case "KiB" -> 10;
                    case "MiB" -> 20;
                    case "GiB" -> 30;
                    default -> 0;
                };
        long number = Long.parseLong(matcher.group(1));
        if (number > Long.MAX_VALUE >> shift) {
            throw new IllegalArgumentException(text + " (expected: fewer bytes)");
        }
        return number << shift;
    }
}
