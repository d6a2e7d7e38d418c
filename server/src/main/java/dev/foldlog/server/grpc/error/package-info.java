/** Errors on the wire: one exception that the services throw, one table that maps it. */
@NullMarked
package dev.foldlog.server.grpc.error;

import org.jspecify.annotations.NullMarked;
