package dev.foldlog.store.sqlite;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.store.sqlite.schema.DefaultSchema;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Index;
import org.jooq.Key;
import org.jooq.Table;
import org.junit.jupiter.api.Test;

/** The generated tables are those of the database that the server makes. */
final class SchemaTest {
    private static final Map<String, Class<?>> JAVA_TYPES =
            Map.of("INTEGER", Long.class, "TEXT", String.class, "BLOB", byte[].class, "ANY", byte[].class);

    @Test
    void generated_tables_have_the_columns_of_the_live_ones() throws SQLException {
        Map<String, List<String>> generated = new TreeMap<>();
        for (Table<?> table : DefaultSchema.DEFAULT_SCHEMA.getTables()) {
            generated.put(
                    table.getName(),
                    Stream.of(table.fields()).map(SchemaTest::described).toList());
        }

        assertThat(generated).isNotEmpty().isEqualTo(liveColumns());
    }

    @Test
    void generated_indexes_are_the_live_ones() throws SQLException {
        Map<String, String> generated = new TreeMap<>();
        for (Table<?> table : DefaultSchema.DEFAULT_SCHEMA.getTables()) {
            for (Index index : table.getIndexes()) {
                List<String> columns =
                        index.getFields().stream().map(it -> it.getName()).toList();
                generated.put(index.getName(), table.getName() + columns + (index.getUnique() ? " unique" : ""));
            }
        }

        assertThat(generated)
                .isNotEmpty()
                .isEqualTo(live("SELECT i.name, i.tbl_name || '[' || group_concat(c.name, ', ') || ']'"
                        + " || iif((SELECT \"unique\" FROM pragma_index_list(i.tbl_name) WHERE name = i.name), ' unique', '')"
                        + " FROM sqlite_schema i, pragma_index_info(i.name) c"
                        + " WHERE i.type = 'index' AND i.sql IS NOT NULL GROUP BY i.name"));
    }

    @Test
    void generated_primary_keys_are_the_live_ones() throws SQLException {
        Map<String, String> generated = new TreeMap<>();
        for (Table<?> table : DefaultSchema.DEFAULT_SCHEMA.getTables()) {
            Key<?> key = table.getPrimaryKey();
            if (key != null) {
                generated.put(
                        table.getName(),
                        String.join(
                                ", ",
                                key.getFields().stream().map(Field::getName).toList()));
            }
        }

        assertThat(generated)
                .isNotEmpty()
                .isEqualTo(live("SELECT t.name, group_concat(c.name, ', ') FROM sqlite_schema t,"
                        + " pragma_table_info(t.name) c WHERE t.type = 'table' AND c.pk > 0 GROUP BY t.name"));
    }

    /** What is generated from is every file in the folder; what runs is a list. */
    @Test
    void every_migration_in_the_folder_is_run() throws Exception {
        try (Connection connection = migrated();
                Stream<Path> files = Files.list(migrations())) {
            assertThat(Sql.on(connection).fetchValue("PRAGMA user_version")).isEqualTo((int)
                    files.filter(it -> it.toString().endsWith(".sql")).count());
        }
    }

    private static Path migrations() throws URISyntaxException {
        return requireNonNull(Path.of(requireNonNull(Migrations.class.getResource("/migrations/0001_events.sql"))
                        .toURI())
                .getParent());
    }

    private static Map<String, List<String>> liveColumns() throws SQLException {
        Map<String, List<String>> tables = new TreeMap<>();
        try (Connection connection = migrated()) {
            DSLContext sql = Sql.on(connection);
            for (var row : sql.fetch(
                    "SELECT t.name AS t, c.name AS c, c.type AS k, c.\"notnull\" AS n"
                            + " FROM sqlite_schema t, pragma_table_xinfo(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid")) {
                tables.computeIfAbsent(row.get("t", String.class), it -> new ArrayList<>())
                        .add(described(
                                row.get("c", String.class),
                                requireNonNull(JAVA_TYPES.get(row.get("k", String.class))),
                                row.get("n", Integer.class) == 1));
            }
        }
        return tables;
    }

    private static Map<String, String> live(String sql) throws SQLException {
        Map<String, String> found = new TreeMap<>();
        try (Connection connection = migrated()) {
            Sql.on(connection).fetch(sql).forEach(it -> found.put((String) it.get(0), (String) it.get(1)));
        }
        return found;
    }

    private static String described(Field<?> field) {
        return described(field.getName(), field.getType(), !field.getDataType().nullable());
    }

    private static String described(String name, Class<?> type, boolean isRequired) {
        return name + " " + type.getSimpleName() + (isRequired ? " required" : "");
    }

    private static Connection migrated() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Migrations.run(connection);
        return connection;
    }
}
