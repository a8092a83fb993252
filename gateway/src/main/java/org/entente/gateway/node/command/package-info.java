/** The command line, one class per command. Each opens the node from its configuration file and calls its beans. */
@NullMarked
package org.entente.gateway.node.command;

import org.jspecify.annotations.NullMarked;
