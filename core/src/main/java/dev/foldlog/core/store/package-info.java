/** The ports of a store, one for each verb, and how it fails. */
@NullMarked
package dev.foldlog.core.store;

import org.jspecify.annotations.NullMarked;
