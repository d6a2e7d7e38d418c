/** Tests of projections through a whole server. */
@NullMarked
package dev.foldlog.server.grpc.projection;

import org.jspecify.annotations.NullMarked;
