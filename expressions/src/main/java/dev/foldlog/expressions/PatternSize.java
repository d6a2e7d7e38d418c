package dev.foldlog.expressions;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How large a regular expression will be once its counted repetitions are written out, at least about: known before it
 * is compiled, for {@code ((a{1000}){1000}){1000}} must not be. Where it is unsure of the syntax it says too much.
 */
final class PatternSize {
    private static final long CAP = 1_000_000;

    private final String pattern;
    private final Deque<Long> outer = new ArrayDeque<>();
    private int at;
    private long sum;
    private long last;

    private PatternSize(String pattern) {
        this.pattern = pattern;
    }

    static long of(String pattern) {
        return pattern.contains("\\Q") ? CAP : new PatternSize(pattern).sum();
    }

    private long sum() {
        while (at < pattern.length()) {
            next(pattern.charAt(at));
            at++;
        }
        return outer.stream().mapToLong(Long::longValue).sum() + sum;
    }

    private void next(char c) {
        switch (c) {
            case '\\' -> {
                at++;
                add(1);
            }
            case '[' -> {
                passClass();
                add(1);
            }
            case '(' -> {
                outer.push(sum);
                sum = 0;
            }
            case ')' -> {
                long group = sum + 1;
                sum = outer.isEmpty() ? 0 : outer.pop();
                add(group);
            }
            case '{' -> repeat(greatestCount());
            default -> add(1);
        }
    }

    private void add(long size) {
        last = Math.min(size, CAP);
        sum = Math.min(sum + last, CAP);
    }

    private void repeat(long count) {
        long more = Math.min(last * Math.max(0, count - 1), CAP);
        sum = Math.min(sum + more, CAP);
        last = Math.min(last + more, CAP);
    }

    private void passClass() {
        for (at++; at < pattern.length() && pattern.charAt(at) != ']'; at++) {
            if (pattern.charAt(at) == '\\') {
                at++;
            }
        }
    }

    private long greatestCount() {
        long greatest = 1;
        long count = 0;
        for (int i = at + 1; i < pattern.length() && "0123456789,".indexOf(pattern.charAt(i)) >= 0; i++) {
            char c = pattern.charAt(i);
            count = c == ',' ? 0 : Math.min(count * 10 + c - '0', CAP);
            greatest = Math.max(greatest, count);
        }
        return greatest;
    }
}
