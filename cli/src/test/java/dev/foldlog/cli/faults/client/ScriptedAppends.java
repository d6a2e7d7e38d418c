package dev.foldlog.cli.faults.client;

import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.Payload;
import java.util.Random;
import java.util.UUID;

/** Appends that are known by their number, so that who appends and who checks need not talk. */
final class ScriptedAppends {
    private static final int EVENTS_MAX = 3;
    private static final int ARTIFACTS = 500; // so that appends touch pages far apart
    private static final int PAYLOAD_CHARS_MAX = 40_000;
    private static final long FIRST_ID = 0x0190_0000_0000_7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private ScriptedAppends() {}

    static AppendRequest append(int number) {
        Random random = new Random(number);
        AppendRequest.Builder append = AppendRequest.newBuilder();
        int events = 1 + random.nextInt(EVENTS_MAX);
        for (int i = 0; i < events; i++) {
            String text = Long.toString(random.nextLong(), Character.MAX_RADIX)
                    .repeat(1 + random.nextInt(PAYLOAD_CHARS_MAX / Long.SIZE));
            append.addEvents(NewEvent.newBuilder()
                    .setEventId(new UUID(FIRST_ID + ((long) number << 16), VARIANT + i).toString())
                    .setAction("approve")
                    .setProducer("power-test")
                    .setArtifactId("artifact-" + random.nextInt(ARTIFACTS))
                    .setArtifactType("completion")
                    .setPayload(Payload.newBuilder().setJson("{\"text\":\"" + text + "\"}"))
                    .addTags("number:" + number % 10));
        }
        return append.build();
    }
}
