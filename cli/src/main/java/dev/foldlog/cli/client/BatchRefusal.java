package dev.foldlog.cli.client;

import dev.foldlog.cli.config.HostPort;
import dev.foldlog.cli.shell.CommandException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The server's no to a batch, told by the lines that it is about. */
final class BatchRefusal {
    private static final Pattern EVENT_FIELD = Pattern.compile("events\\[(\\d{1,6})](?:\\.(.*))?");

    private BatchRefusal() {}

    static CommandException told(ImportBatch batch, Throwable failure, HostPort server) {
        ServerError error = ServerError.of(failure);
        List<String> lines = new ArrayList<>();
        error.fieldViolations()
                .forEach(violation -> add(lines, at(batch, violation.getField(), violation.getDescription())));
        if (lines.isEmpty()) {
            String headline = ServerErrors.headline(error, server);
            String field = error.metadata().getOrDefault("field", "");
            String eventId = error.metadata().getOrDefault("event_id", "");
            add(lines, at(batch, field, headline));
            if (lines.isEmpty()) {
                batch.lines().stream()
                        .filter(line -> line.event().getEventId().equals(eventId))
                        .forEach(line -> lines.add(batch.place(line) + ": " + headline));
            }
        }
        if (lines.isEmpty()) {
            lines.addAll(ServerErrors.lines(error, server));
        }
        return new CommandException(error.exitCode(), lines, failure);
    }

    private static void add(List<String> lines, @Nullable String line) {
        if (line != null) {
            lines.add(line);
        }
    }

    /** The line of the field and what is wrong there; null when the field is no event's. */
    private static @Nullable String at(ImportBatch batch, String path, String description) {
        Matcher matcher = EVENT_FIELD.matcher(path);
        if (!matcher.matches()
                || Integer.parseInt(matcher.group(1)) >= batch.lines().size()) {
            return null;
        }
        String place = batch.place(batch.lines().get(Integer.parseInt(matcher.group(1)))) + ": ";
        String field = matcher.group(2);
        String reason = description.startsWith(path + ": ") ? description.substring(path.length() + 2) : description;
        return field == null || reason.startsWith(field + ':') ? place + reason : place + field + ": " + reason;
    }
}
