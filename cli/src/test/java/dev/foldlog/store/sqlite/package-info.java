/** The store, broken on purpose. */
@NullMarked
package dev.foldlog.store.sqlite;

import org.jspecify.annotations.NullMarked;
