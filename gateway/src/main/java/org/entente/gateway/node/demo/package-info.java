/** The demonstration: three nodes in one process, real figures, one agreement, and everything that can go right or be refused. */
@NullMarked
package org.entente.gateway.node.demo;

import org.jspecify.annotations.NullMarked;
