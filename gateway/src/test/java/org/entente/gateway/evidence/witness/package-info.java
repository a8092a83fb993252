@NullMarked
package org.entente.gateway.evidence.witness;

import org.jspecify.annotations.NullMarked;
