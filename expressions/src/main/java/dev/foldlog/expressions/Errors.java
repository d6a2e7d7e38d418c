package dev.foldlog.expressions;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelSource;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelExpr;
import dev.foldlog.core.expression.ExpressionError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The errors of one source, each with its place. Confined to one thread. */
final class Errors {
    private static final int LISTED_MAX = 10;
    private static final int MESSAGE_CHARS_MAX = 200;
    private static final int SNIPPET_CODE_POINTS_MAX = 80;

    private final String source;
    private final List<ExpressionError> errors = new ArrayList<>();

    Errors(String source) {
        this.source = source;
    }

    boolean isEmpty() {
        return errors.isEmpty();
    }

    /** In order of their places. */
    List<ExpressionError> list() {
        return errors.stream()
                .sorted(Comparator.comparingInt(ExpressionError::line).thenComparingInt(ExpressionError::column))
                .toList();
    }

    void add(CelIssue issue) {
        if (issue.getSeverity() == CelIssue.Severity.ERROR) {
            add(issue.getSourceLocation(), issue.getMessage());
        }
    }

    /** An error at a node of the tree. */
    void add(CelAbstractSyntaxTree tree, CelExpr node, String message) {
        CelSource of = tree.getSource();
        Integer offset = of.getPositionsMap().get(node.id());
        add(
                offset == null
                        ? CelSourceLocation.NONE
                        : of.getOffsetLocation(offset).orElse(CelSourceLocation.NONE),
                message);
    }

    /** An error of the source as a whole. */
    void add(String message) {
        add(CelSourceLocation.NONE, message);
    }

    private void add(CelSourceLocation place, String message) {
        if (errors.size() == LISTED_MAX) {
            return;
        }
        int line = Math.max(1, place.getLine());
        int column = Math.max(0, place.getColumn()) + 1;
        String first = message.lines().findFirst().orElse("not an expression");
        errors.add(new ExpressionError(line, column, cut(first), snippet(line, column)));
    }

    private static String cut(String message) {
        return message.codePointCount(0, message.length()) <= MESSAGE_CHARS_MAX
                ? message
                : message.substring(0, message.offsetByCodePoints(0, MESSAGE_CHARS_MAX - 1)) + '…';
    }

    /** The line around the column, and a caret under it. */
    private String snippet(int line, int column) {
        int[] all = source.lines()
                .skip(line - 1L)
                .findFirst()
                .orElse("")
                .codePoints()
                .toArray();
        int index = Math.min(column - 1, all.length);
        int from = Math.max(0, index - SNIPPET_CODE_POINTS_MAX / 2);
        int length = Math.min(all.length - from, SNIPPET_CODE_POINTS_MAX);
        StringBuilder shown = new StringBuilder(from > 0 ? "…" : "");
        for (int i = from; i < from + length; i++) {
            shown.appendCodePoint(Character.isISOControl(all[i]) ? ' ' : all[i]);
        }
        shown.append(from + length < all.length ? "…" : "").append('\n');
        return shown.append(" ".repeat(index - from + (from > 0 ? 1 : 0)))
                .append('^')
                .toString();
    }
}
