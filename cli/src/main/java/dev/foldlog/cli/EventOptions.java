package dev.foldlog.cli;

import dev.foldlog.cli.client.EventDraft;
import dev.foldlog.cli.config.TimePoint;
import dev.foldlog.cli.shell.CommandException;
import dev.foldlog.cli.shell.ExitCode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that describe one event. What may stand in them is judged by the server. */
final class EventOptions {
    @Option(names = "--action", required = true, paramLabel = "ACTION", description = "What happened, such as approve.")
    private String action = "";

    @Option(names = "--producer", required = true, paramLabel = "NAME", description = "Who or what made the event.")
    private String producer = "";

    @Option(names = "--artifact-id", required = true, paramLabel = "ID", description = "What the event is about.")
    private String artifactId = "";

    @Option(names = "--artifact-type", required = true, paramLabel = "TYPE", description = "Its type, such as answer.")
    private String artifactType = "";

    @Option(names = "--thread-id", paramLabel = "ID", description = "Thread inside the artifact.")
    private String threadId = "";

    @Option(names = "--partition-key", paramLabel = "KEY", description = "Ordering unit. Default: the artifact's id.")
    private String partitionKey = "";

    @Option(names = "--event-id", paramLabel = "ID", description = "Identity of the event. Default: made.")
    private String eventId = "";

    @Option(names = "--event-version", paramLabel = "N", description = "Version of the payload's schema. Default: 1.")
    private int eventVersion;

    @Option(
            names = "--timestamp",
            paramLabel = "TIME",
            description = "When it happened: RFC 3339, or a duration before now. Default: the time of append.")
    private @Nullable TimePoint timestamp;

    @Option(names = "--payload", paramLabel = "JSON", description = "The payload, a JSON object.")
    private @Nullable String payload;

    @Option(names = "--payload-data", paramLabel = "BASE64", description = "An opaque payload instead.")
    private @Nullable String payloadData;

    @Option(names = "--content-type", paramLabel = "TYPE", description = "Media type of the opaque payload.")
    private String contentType = "";

    @Option(names = "--metadata", paramLabel = "KEY=VALUE", description = "A fact beside the payload; repeatable.")
    private Map<String, String> metadata = new LinkedHashMap<>();

    @Option(names = "--tag", paramLabel = "TAG", description = "A tag, such as topic:billing; repeatable.")
    private List<String> tags = new ArrayList<>();

    EventDraft draft(InstantSource clock) {
        if (payload != null && payloadData != null) {
            throw new CommandException(ExitCode.USAGE, "--payload-data: beside --payload (expected: one of them)");
        }
        return new EventDraft(
                eventId,
                action,
                producer,
                artifactId,
                artifactType,
                threadId,
                partitionKey,
                eventVersion,
                timestamp == null ? null : timestamp.at(clock),
                metadata,
                tags,
                payload,
                opaque());
    }

    private EventDraft.@Nullable Opaque opaque() {
        if (payloadData == null) {
            if (!contentType.isEmpty()) {
                throw new CommandException(
                        ExitCode.USAGE, "--content-type: without --payload-data (a JSON payload has no other type)");
            }
            return null;
        }
        try {
            return new EventDraft.Opaque(Base64.getDecoder().decode(payloadData), contentType);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, "--payload-data: no valid base64");
        }
    }
}
