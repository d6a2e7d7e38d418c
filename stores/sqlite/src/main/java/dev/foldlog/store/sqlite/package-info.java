/** The embedded default store: SQLite in WAL mode, one writer with group commit, a pool of readers. */
@NullMarked
package dev.foldlog.store.sqlite;

import org.jspecify.annotations.NullMarked;
