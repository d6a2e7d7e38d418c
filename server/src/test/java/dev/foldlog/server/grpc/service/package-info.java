/** Tests of the calls with one answer, and the means they share. */
@NullMarked
package dev.foldlog.server.grpc.service;

import org.jspecify.annotations.NullMarked;
