package dev.foldlog.scenarios;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files of {@code clients/scenarios/golden}: each message as binary and as JSON, and a list of them. */
final class GoldenFiles {
    private GoldenFiles() {}

    /** What the folder must hold, by file name. */
    static Map<String, byte[]> contents() throws InvalidProtocolBufferException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        StringBuilder list = new StringBuilder("[\n");
        for (Map.Entry<String, Message> golden : GoldenMessages.all().entrySet()) {
            Message message = golden.getValue();
            files.put(golden.getKey() + ".binpb", message.toByteArray());
            String json = JsonFormat.printer().preservingProtoFieldNames().print(message) + "\n";
            files.put(golden.getKey() + ".json", json.getBytes(StandardCharsets.UTF_8));
            list.append(list.length() == 2 ? "" : ",\n")
                    .append("  {\"name\": \"")
                    .append(golden.getKey())
                    .append("\", \"type\": \"")
                    .append(message.getDescriptorForType().getFullName())
                    .append("\"}");
        }
        files.put("golden.json", list.append("\n]\n").toString().getBytes(StandardCharsets.UTF_8));
        return files;
    }

    static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, byte[]> file : contents().entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
    }
}
