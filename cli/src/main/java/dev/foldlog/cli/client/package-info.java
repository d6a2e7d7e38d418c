/** The wire side of the commands: calls over the generated stubs, and the JSON form of events. */
@NullMarked
package dev.foldlog.cli.client;

import org.jspecify.annotations.NullMarked;
