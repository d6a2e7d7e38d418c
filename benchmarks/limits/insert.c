/*
 * The limit of the store: the rows of one Foldlog database inserted into a new one by C, with nothing around it.
 *
 *   insert SOURCE TARGET ROWS_PER_COMMIT FULL|NORMAL
 *
 * Tables, indexes and rows are the source's own, so this follows every change of the layout: "event" has a row an
 * event; other tables with a column "position" have the rows of that event; a table NAME with a first column NAME_id
 * gets a row when an event refers to it for the first time. Pragmas as the store's writer has them. Prints what it
 * did as name=value.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include "sqlite3.h"

#define TABLES_MAX 32
#define COLUMNS_MAX 32

typedef struct { int type; int bytes; sqlite3_int64 number; char *text; } Cell;

typedef struct {
    char name[128];
    char columns[COLUMNS_MAX][64];
    int width;
    int position;            /* column, -1: none */
    sqlite3_int64 count;
    Cell *cells;
    sqlite3_int64 next;      /* first row that is not inserted */
    int dictionary;          /* 1: found by its first column */
    sqlite3_int64 ids_max;
    sqlite3_int64 *row_of_id; /* row + 1; 0: none, or inserted */
    sqlite3_stmt *insert;
} Table;

static Table tables[TABLES_MAX];
static int table_count;
static sqlite3 *source, *target;

static void need(int ok, const char *what) {
    if (!ok) {
        fprintf(stderr, "insert: %s: %s %s\n", what, source ? sqlite3_errmsg(source) : "",
                target ? sqlite3_errmsg(target) : "");
        exit(1);
    }
}

static void run(sqlite3 *db, const char *sql) { need(sqlite3_exec(db, sql, 0, 0, 0) == SQLITE_OK, sql); }

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql) {
    sqlite3_stmt *statement;
    need(sqlite3_prepare_v2(db, sql, -1, &statement, 0) == SQLITE_OK, sql);
    return statement;
}

static void *filled(size_t bytes) {
    void *memory = calloc(1, bytes ? bytes : 1);
    need(memory != 0, "memory");
    return memory;
}

static void read_row(Table *table, sqlite3_stmt *rows, Cell *cells) {
    for (int i = 0; i < table->width; i++) {
        Cell *cell = &cells[i];
        cell->type = sqlite3_column_type(rows, i);
        if (cell->type == SQLITE_INTEGER) {
            cell->number = sqlite3_column_int64(rows, i);
        } else if (cell->type == SQLITE_TEXT || cell->type == SQLITE_BLOB) {
            const void *data = cell->type == SQLITE_TEXT ? (const void *)sqlite3_column_text(rows, i)
                                                         : sqlite3_column_blob(rows, i);
            cell->bytes = sqlite3_column_bytes(rows, i);
            cell->text = filled(cell->bytes);
            if (cell->bytes) memcpy(cell->text, data, cell->bytes);
        } else {
            need(cell->type == SQLITE_NULL, "a type of column");
        }
    }
}

static void index_dictionary(Table *table) {
    for (sqlite3_int64 i = 0; i < table->count; i++) {
        sqlite3_int64 id = table->cells[i * table->width].number;
        if (id > table->ids_max) table->ids_max = id;
    }
    table->row_of_id = filled((table->ids_max + 1) * sizeof(sqlite3_int64));
    for (sqlite3_int64 i = 0; i < table->count; i++) table->row_of_id[table->cells[i * table->width].number] = i + 1;
}

static void load(const char *name) {
    need(table_count < TABLES_MAX, "fewer tables");
    Table *table = &tables[table_count++];
    char sql[256], key[160];
    snprintf(table->name, sizeof table->name, "%s", name);
    snprintf(sql, sizeof sql, "SELECT count(*) FROM \"%s\"", name);
    sqlite3_stmt *rows = prepare(source, sql);
    need(sqlite3_step(rows) == SQLITE_ROW, sql);
    table->count = sqlite3_column_int64(rows, 0);
    sqlite3_finalize(rows);
    snprintf(sql, sizeof sql, "SELECT * FROM \"%s\"", name);
    rows = prepare(source, sql);
    table->width = sqlite3_column_count(rows);
    need(table->width <= COLUMNS_MAX, "fewer columns");
    table->position = -1;
    for (int i = 0; i < table->width; i++) {
        snprintf(table->columns[i], sizeof table->columns[i], "%s", sqlite3_column_name(rows, i));
        if (strcmp(table->columns[i], "position") == 0 && strcmp(name, "checkpoint") != 0) table->position = i;
    }
    snprintf(key, sizeof key, "%s_id", name);
    table->dictionary = table->position < 0 && strcmp(table->columns[0], key) == 0;
    if (table->position >= 0) {
        sqlite3_finalize(rows);
        snprintf(sql, sizeof sql, "SELECT * FROM \"%s\" ORDER BY position", name);
        rows = prepare(source, sql);
    }
    table->cells = filled(table->count * table->width * sizeof(Cell));
    for (sqlite3_int64 i = 0; sqlite3_step(rows) == SQLITE_ROW; i++) read_row(table, rows, &table->cells[i * table->width]);
    sqlite3_finalize(rows);
    if (table->dictionary) index_dictionary(table);
}

static void prepare_insert(Table *table) {
    char sql[512];
    int at = snprintf(sql, sizeof sql, "INSERT INTO \"%s\" VALUES (", table->name);
    for (int i = 0; i < table->width; i++) at += snprintf(sql + at, sizeof sql - at, "%s?", i ? "," : "");
    snprintf(sql + at, sizeof sql - at, ")");
    table->insert = prepare(target, sql);
}

static void insert_row(Table *table, sqlite3_int64 row) {
    Cell *cells = &table->cells[row * table->width];
    for (int i = 0; i < table->width; i++) {
        switch (cells[i].type) {
            case SQLITE_INTEGER: sqlite3_bind_int64(table->insert, i + 1, cells[i].number); break;
            case SQLITE_TEXT: sqlite3_bind_text(table->insert, i + 1, cells[i].text, cells[i].bytes, SQLITE_STATIC); break;
            case SQLITE_BLOB: sqlite3_bind_blob(table->insert, i + 1, cells[i].text, cells[i].bytes, SQLITE_STATIC); break;
            default: sqlite3_bind_null(table->insert, i + 1);
        }
    }
    need(sqlite3_step(table->insert) == SQLITE_DONE, table->name);
    sqlite3_reset(table->insert);
}

/* Rows of dictionaries that this row is the first to refer to. */
static void insert_referred(Table *table, sqlite3_int64 row) {
    for (int i = 0; i < table->width; i++) {
        size_t length = strlen(table->columns[i]);
        if (length < 4 || strcmp(table->columns[i] + length - 3, "_id") != 0) continue;
        for (int t = 0; t < table_count; t++) {
            Table *other = &tables[t];
            if (!other->dictionary || strcmp(other->columns[0], table->columns[i]) != 0) continue;
            sqlite3_int64 id = table->cells[row * table->width + i].number;
            if (id >= 0 && id <= other->ids_max && other->row_of_id[id]) {
                insert_row(other, other->row_of_id[id] - 1);
                other->row_of_id[id] = 0;
            }
        }
    }
}

static sqlite3_int64 position_of(Table *table, sqlite3_int64 row) {
    return table->cells[row * table->width + table->position].number;
}

static void insert_event(Table *event, sqlite3_int64 row) {
    sqlite3_int64 position = position_of(event, row);
    insert_referred(event, row);
    insert_row(event, row);
    for (int t = 0; t < table_count; t++) {
        Table *other = &tables[t];
        if (other == event || other->position < 0) continue;
        while (other->next < other->count && position_of(other, other->next) <= position) {
            insert_referred(other, other->next);
            insert_row(other, other->next++);
        }
    }
}

static void make_target(const char *path, const char *synchronous) {
    char sql[64];
    need(sqlite3_open(path, &target) == SQLITE_OK, path);
    run(target, "PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA cache_size = -32768;");
    run(target, "PRAGMA wal_autocheckpoint = 4000;");
    snprintf(sql, sizeof sql, "PRAGMA synchronous = %s", synchronous);
    run(target, sql);
    sqlite3_stmt *schema = prepare(source,
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type = 'table' DESC, rowid");
    while (sqlite3_step(schema) == SQLITE_ROW) run(target, (const char *)sqlite3_column_text(schema, 0));
    sqlite3_finalize(schema);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static double cpu(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

int main(int argc, char **argv) {
    need(argc == 5, "usage: insert SOURCE TARGET ROWS_PER_COMMIT FULL|NORMAL");
    int each = atoi(argv[3]);
    need(each > 0, "ROWS_PER_COMMIT");
    need(sqlite3_open_v2(argv[1], &source, SQLITE_OPEN_READONLY, 0) == SQLITE_OK, argv[1]);
    sqlite3_stmt *names = prepare(source, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    while (sqlite3_step(names) == SQLITE_ROW) load((const char *)sqlite3_column_text(names, 0));
    sqlite3_finalize(names);
    make_target(argv[2], argv[4]);
    Table *event = 0;
    for (int t = 0; t < table_count; t++) {
        prepare_insert(&tables[t]);
        if (strcmp(tables[t].name, "event") == 0) event = &tables[t];
    }
    need(event != 0 && event->count > 0, "a table event with rows");
    double began = now(), used = cpu();
    for (sqlite3_int64 row = 0; row < event->count;) {
        run(target, "BEGIN IMMEDIATE");
        for (int i = 0; i < each && row < event->count; i++) insert_event(event, row++);
        run(target, "COMMIT");
    }
    double seconds = now() - began, cpu_seconds = cpu() - used;
    sqlite3_stmt *stored = prepare(target, "SELECT count(*) FROM event");
    need(sqlite3_step(stored) == SQLITE_ROW, "count");
    printf("events=%lld seconds=%.6f cpu_us=%.0f sqlite=%s\n", (long long)sqlite3_column_int64(stored, 0), seconds,
           cpu_seconds * 1e6, sqlite3_libversion());
    return 0;
}
