/** Tests of the wire side, and a fake server for the commands' tests. */
@NullMarked
package dev.foldlog.cli.client;

import org.jspecify.annotations.NullMarked;
