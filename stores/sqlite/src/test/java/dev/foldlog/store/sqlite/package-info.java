/** Tests of the SQLite store, against the store's port and its parts. */
@NullMarked
package dev.foldlog.store.sqlite;

import org.jspecify.annotations.NullMarked;
