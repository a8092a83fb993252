/** Running a node: health, metrics, the description of its staff interface. */
@NullMarked
package org.entente.gateway.operations;

import org.jspecify.annotations.NullMarked;
