/** The demonstration: five nodes in one process, real figures, a bilateral agreement and a framework, a crisis, and everything that can go right or be refused. */
@NullMarked
package org.entente.gateway.node.demo;

import org.jspecify.annotations.NullMarked;
