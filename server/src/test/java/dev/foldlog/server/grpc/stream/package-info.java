/** Tests of the streaming calls, with fakes that are driven by hand. */
@NullMarked
package dev.foldlog.server.grpc.stream;

import org.jspecify.annotations.NullMarked;
