@NullMarked
package org.entente.gateway.evidence.reconciliation;

import org.jspecify.annotations.NullMarked;
