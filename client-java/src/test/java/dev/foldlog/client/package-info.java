/** Tests of the client, against the real server or against servers that fail on purpose. */
@NullMarked
package dev.foldlog.client;

import org.jspecify.annotations.NullMarked;
