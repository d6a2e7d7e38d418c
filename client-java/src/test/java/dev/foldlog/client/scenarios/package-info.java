/** The runner of clients/scenarios for Java; its README describes steps and calls. */
@NullMarked
package dev.foldlog.client.scenarios;

import org.jspecify.annotations.NullMarked;
