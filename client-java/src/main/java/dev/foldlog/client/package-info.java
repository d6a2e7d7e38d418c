/**
 * The client for Java: {@link dev.foldlog.client.Foldlog} is where it starts. Events, filters and answers are the
 * generated messages of {@code dev.foldlog.v1}; what can go wrong is in {@code dev.foldlog.client.error}.
 */
@NullMarked
package dev.foldlog.client;

import org.jspecify.annotations.NullMarked;
