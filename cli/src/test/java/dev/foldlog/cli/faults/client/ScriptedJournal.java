package dev.foldlog.cli.faults.client;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.foldlog.cli.faults.client.Outcome.Acked;
import dev.foldlog.cli.faults.client.Outcome.Unknown;
import dev.foldlog.core.store.Durability;
import dev.foldlog.server.FoldlogServer;
import dev.foldlog.v1.AppendResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a {@link ScriptedLoad} had said by some moment, to be held against a data folder. Confined to one thread. */
public final class ScriptedJournal {
    private final int count;
    private final Map<Integer, List<AppendResponse>> acked = new LinkedHashMap<>();

    /** For a load of so many appends. */
    public ScriptedJournal(int count) {
        this.count = count;
    }

    /** Takes a line that the load said. */
    public void said(String line) {
        String[] words = line.split(" ", -1);
        if (!words[0].equals("ACK")) {
            return; // the trace shows what child processes say, too
        }
        try {
            AppendResponse response = AppendResponse.parseFrom(HexFormat.of().parseHex(words[2]));
            acked.computeIfAbsent(Integer.valueOf(words[1]), _ -> new ArrayList<>())
                    .add(response);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("line: " + line + " (expected: an answer)", e);
        }
    }

    public int acked() {
        return acked.size();
    }

    /**
     * Opens the folder by a server of its own and says what is wrong with it. A folder left by a power loss
     * must open.
     *
     * @param isRetrying whether to ask again for all that is not acknowledged, and to look once more
     */
    public List<Violation> violations(Path data, boolean isRetrying) {
        List<Attempt> attempts = attempts();
        try (FoldlogServer _ = FoldlogServer.inProcess(data.toString(), ScriptedLoad.settings(data, Durability.DISK));
                ServerClient client = ServerClient.inProcess(data.toString())) {
            List<Violation> found = Invariants.violations(attempts, client.readAll());
            if (found.isEmpty() && isRetrying) {
                attempts.forEach(client::append);
                return Invariants.violations(attempts, client.readAll());
            }
            return found;
        }
    }

    private List<Attempt> attempts() {
        List<Attempt> attempts = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Attempt attempt = new Attempt(ScriptedAppends.append(number));
            acked.getOrDefault(number, List.of()).forEach(response -> attempt.answered(new Acked(response)));
            if (!acked.containsKey(number)) {
                attempt.answered(new Unknown("POWER_LOSS"));
            }
            attempts.add(attempt);
        }
        return attempts;
    }
}
