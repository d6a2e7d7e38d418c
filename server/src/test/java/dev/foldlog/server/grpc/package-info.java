/** Tests of the endpoint on a real transport. */
@NullMarked
package dev.foldlog.server.grpc;

import org.jspecify.annotations.NullMarked;
