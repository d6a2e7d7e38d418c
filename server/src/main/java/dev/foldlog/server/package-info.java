/** The composition root: settings in, a running server out. */
@NullMarked
package dev.foldlog.server;

import org.jspecify.annotations.NullMarked;
