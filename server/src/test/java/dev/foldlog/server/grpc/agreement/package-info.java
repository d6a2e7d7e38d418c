@NullMarked
package dev.foldlog.server.grpc.agreement;

import org.jspecify.annotations.NullMarked;
