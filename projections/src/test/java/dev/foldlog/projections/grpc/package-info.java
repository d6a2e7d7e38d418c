/** The service of projections. */
@NullMarked
package dev.foldlog.projections.grpc;

import org.jspecify.annotations.NullMarked;
