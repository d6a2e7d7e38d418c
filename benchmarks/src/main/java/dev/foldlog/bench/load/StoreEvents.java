package dev.foldlog.bench.load;

import dev.foldlog.core.append.Append;
import dev.foldlog.core.event.EventFacts;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.IdOrigin;
import dev.foldlog.core.event.NewEvent;
import dev.foldlog.core.event.PayloadForm;
import dev.foldlog.server.grpc.codec.ProposedEnvelope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events as the store is given them behind its port: validated and encoded, as a server would have done. Immutable. */
public final class StoreEvents {
    private final List<Feedback> variants;
    private final List<byte[]> payloads;

    public StoreEvents(Shape shape) {
        this.variants = Feedback.variants(shape);
        this.payloads = variants.stream()
                .map(it -> it.json().getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** An append of so many new events. */
    public Append append(Draw draw, int events) {
        List<NewEvent> all = new ArrayList<>(events);
        for (int i = 0; i < events; i++) {
            int variant = draw.variant(variants.size());
            byte[] artifact = IdText.ARTIFACT_PLACE.getBytes(StandardCharsets.US_ASCII);
            IdText.writeArtifact(artifact, 0, draw.partition());
            all.add(event(
                    variant, id(draw), new Place(new String(artifact, StandardCharsets.US_ASCII), null, List.of())));
        }
        return append(all);
    }

    /** An append of these. */
    public static Append append(List<NewEvent> events) {
        return new Append(events, List.of(), List.of(), false);
    }

    /** A common event of one partition with a time of its own, and tags. */
    public NewEvent event(Draw draw, Place place) {
        int variant = 1 + draw.variant(Shape.RARE_ONE_OF - 1);
        return event(variant, id(draw), place);
    }

    /** The event that {@link #event(Draw, Place)} never is: one with the rare action. */
    public NewEvent rare(Draw draw, Place place) {
        return event(0, id(draw), place);
    }

    private NewEvent event(int variant, String id, Place place) {
        Feedback feedback = variants.get(variant);
        EventFacts facts = new EventFacts(
                new EventId(id),
                place.artifactId,
                feedback.action(),
                feedback.producer(),
                place.artifactId,
                feedback.artifactType(),
                feedback.threadId(),
                1,
                place.tags);
        byte[] envelope = ProposedEnvelope.encode(message(feedback, place), facts);
        return new NewEvent(facts, IdOrigin.CLIENT, place.timestamp, envelope, payloads.get(variant), PayloadForm.JSON);
    }

    private static dev.foldlog.v1.NewEvent message(Feedback feedback, Place place) {
        dev.foldlog.v1.NewEvent.Builder event = dev.foldlog.v1.NewEvent.newBuilder()
                .setAction(feedback.action())
                .setProducer(feedback.producer())
                .setArtifactId(place.artifactId)
                .setArtifactType(feedback.artifactType())
                .setThreadId(feedback.threadId());
        if (place.timestamp != null) {
            event.getTimestampBuilder()
                    .setSeconds(place.timestamp.getEpochSecond())
                    .setNanos(place.timestamp.getNano());
        }
        return event.build();
    }

    private static String id(Draw draw) {
        byte[] id = new byte[IdText.ID_LENGTH];
        IdText.writeId(id, 0, draw.idHigh(), draw.idLow());
        return new String(id, StandardCharsets.US_ASCII);
    }

    /**
     * Where an event goes.
     *
     * @param timestamp the producer's time, or null: the time of append
     */
    public record Place(String artifactId, @Nullable Instant timestamp, List<String> tags) {
        public Place {
            tags = List.copyOf(tags);
        }
    }
}
