/** Tests of the server as a whole. */
@NullMarked
package dev.foldlog.server;

import org.jspecify.annotations.NullMarked;
