/** The store in memory: the executable specification of a store, and the one of users' tests. */
@NullMarked
package dev.foldlog.store.memory;

import org.jspecify.annotations.NullMarked;
