package dev.foldlog.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One event of feedback before it has an id and an artifact of its own.
 *
 * @param json the payload
 */
public record Feedback(String action, String producer, String artifactType, String threadId, String json) {
    /** The action of one event in {@link Shape#RARE_ONE_OF}. */
    public static final String RARE_ACTION = "escalate";

    private static final int VARIANTS = 10 * Shape.RARE_ONE_OF;
    private static final String[] ACTIONS = {"approve", "reject", "edit", "rank", "label"};
    private static final String[] WORDS = {
        "the", "answer", "cites", "page", "wrong", "tone", "fits", "shorter", "policy", "refund", "is", "not", "right"
    };

    /** A fixed number of different ones, the same for the same shape; every hundredth is rare. */
    static List<Feedback> variants(Shape shape) {
        SplittableRandom random = new SplittableRandom(shape.seed());
        List<Feedback> variants = new ArrayList<>(VARIANTS);
        for (int i = 0; i < VARIANTS; i++) {
            String action = i % Shape.RARE_ONE_OF == 0 ? RARE_ACTION : ACTIONS[random.nextInt(ACTIONS.length)];
            variants.add(new Feedback(
                    action,
                    "reviewer:r" + random.nextInt(200),
                    "answer",
                    "chat-" + random.nextInt(1_000_000),
                    json(random, shape.payloadBytes())));
        }
        return variants;
    }

    private static String json(SplittableRandom random, int bytes) {
        StringBuilder json = new StringBuilder("{\"score\": ")
                .append(random.nextInt(1, 6))
                .append(", \"model\": \"small-")
                .append(random.nextInt(9))
                .append("\", \"rubric\": {\"correct\": 0.")
                .append(random.nextInt(100))
                .append(", \"polite\": 1}, \"comment\": \"");
        while (json.length() < bytes - 2) {
            json.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        json.setLength(bytes - 2);
        return json.append("\"}").toString();
    }
}
