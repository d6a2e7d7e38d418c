/** A server over a store that is broken on purpose. */
@NullMarked
package dev.foldlog.server;

import org.jspecify.annotations.NullMarked;
