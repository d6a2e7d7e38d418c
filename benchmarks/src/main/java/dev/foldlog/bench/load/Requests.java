package dev.foldlog.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Append requests, encoded beforehand: a new one costs a copy and an id written into it. Immutable,
 * thread-safe.
 */
public final class Requests {
    private final List<Template> templates;

    public Requests(Shape shape, WireForm form) {
        this.templates = Feedback.variants(shape).stream()
                .map(it -> Template.of(form.request(it, IdText.ID_PLACE, IdText.ARTIFACT_PLACE)))
                .toList();
    }

    /** A request with one new event. */
    public byte[] one(Draw draw) {
        Template template = template(draw);
        byte[] request = template.bytes.clone();
        template.fill(request, 0, draw);
        return request;
    }

    /** A request with so many new events. */
    public byte[] many(Draw draw, int events) {
        Template[] chosen = new Template[events];
        int size = 0;
        for (int i = 0; i < events; i++) {
            chosen[i] = template(draw);
            size += chosen[i].bytes.length;
        }
        byte[] request = new byte[size];
        int at = 0;
        for (Template template : chosen) {
            System.arraycopy(template.bytes, 0, request, at, template.bytes.length);
            template.fill(request, at, draw);
            at += template.bytes.length;
        }
        return request;
    }

    /** Bytes of a request with one event, on average. */
    public int bytesOfOne() {
        return (int) Math.round(
                templates.stream().mapToInt(it -> it.bytes.length).average().orElseThrow());
    }

    private Template template(Draw draw) {
        return templates.get(draw.variant(templates.size()));
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Template(byte[] bytes, int idAt, int artifactAt) {
        static Template of(byte[] bytes) {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            return new Template(bytes, place(text, IdText.ID_PLACE), place(text, IdText.ARTIFACT_PLACE));
        }

        private static int place(String text, String mark) {
            int at = text.indexOf(mark);
            if (at < 0 || text.indexOf(mark, at + 1) >= 0) {
                throw new IllegalArgumentException("request: " + mark + " (expected: exactly once)");
            }
            return at;
        }

        void fill(byte[] request, int at, Draw draw) {
            IdText.writeId(request, at + idAt, draw.idHigh(), draw.idLow());
            IdText.writeArtifact(request, at + artifactAt, draw.partition());
        }
    }
}
