package dev.foldlog.cli.client;

import dev.foldlog.cli.config.HostPort;
import dev.foldlog.cli.shell.CommandException;
import dev.foldlog.v1.AppendConflict;
import dev.foldlog.v1.ErrorReason;
import dev.foldlog.v1.ExpressionErrors;
import io.grpc.Status;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Failed calls in the few lines that a user reads. */
final class ServerErrors {
    private ServerErrors() {}

    static CommandException told(Throwable failure, HostPort server) {
        ServerError error = ServerError.of(failure);
        return new CommandException(error.exitCode(), lines(error, server), failure);
    }

    static List<String> lines(ServerError error, HostPort server) {
        List<String> lines = new ArrayList<>();
        String headline = headline(error, server);
        lines.add(headline);
        error.fieldViolations().stream()
                .filter(violation -> !violation.getReason().equals("INVALID_EXPRESSION")) // shown below
                .map(violation -> field(violation.getField(), violation.getDescription()))
                .filter(violation -> error.fieldViolations().size() > 1 || !headline.contains(violation))
                .forEach(violation -> lines.add("  " + violation));
        error.expressionErrors().forEach(expression -> show(expression, headline, lines));
        error.conflicts().forEach(violation -> lines.add("  " + conflict(violation)));
        if (!error.requestId().isEmpty()) {
            lines.add("  the server's log knows this as " + error.requestId());
        }
        hint(error, lines);
        return lines;
    }

    /** One line: what happened, and the reason's name for those who look it up. */
    static String headline(ServerError error, HostPort server) {
        if (error.reason() == ErrorReason.ERROR_REASON_UNSPECIFIED) {
            return transport(error, server);
        }
        String name = error.reason().name().replace("ERROR_REASON_", "");
        return error.message() + " [" + (error.reason() == ErrorReason.UNRECOGNIZED ? "unknown reason" : name) + ']';
    }

    private static String transport(ServerError error, HostPort server) {
        Status status = error.status();
        return switch (status.getCode()) {
            case UNAVAILABLE -> "no server at " + server + cause(status);
            case DEADLINE_EXCEEDED -> "the server at " + server + " did not answer in time";
            default ->
                "the server at " + server + " answered " + status.getCode().name() + ": " + error.message();
        };
    }

    private static String cause(Status status) {
        for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return " (connection refused)";
            }
            if (cause instanceof UnknownHostException) {
                return " (unknown host)";
            }
        }
        String description = status.getDescription();
        return description == null ? "" : " (" + description + ')';
    }

    private static String field(String path, String description) {
        return path.isEmpty() || description.startsWith(path) ? description : path + ": " + description;
    }

    /** The error, unless the headline says it, and the place with a caret under it. */
    private static void show(ExpressionErrors.Error error, String headline, List<String> lines) {
        if (!headline.contains(error.getMessage())) {
            lines.add("  " + error.getLine() + ':' + error.getColumn() + ": " + error.getMessage());
        }
        error.getSnippet().lines().forEach(line -> lines.add("    " + line));
    }

    private static String conflict(AppendConflict.Violation violation) {
        String which = "precondition " + (violation.getIndex() + 1) + ": ";
        return violation.getPartitionKey().isEmpty()
                ? which + "an event matches at position " + violation.getMatchingPosition()
                : which + "partition " + violation.getPartitionKey() + " is at sequence "
                        + violation.getActualSequence();
    }

    private static void hint(ServerError error, List<String> lines) {
        if (error.reason() == ErrorReason.ERROR_REASON_EVENT_UNREADABLE) {
            lines.add("  'foldlog verify' on the stopped store, or on a copy, tells what is damaged");
        }
        if (error.reason() == ErrorReason.ERROR_REASON_UNSPECIFIED
                && error.status().getCode() == Status.Code.UNAVAILABLE) {
            lines.add("  start one with 'foldlog serve', or name another with --server HOST:PORT");
        }
    }
}
