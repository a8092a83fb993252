@NullMarked
package org.entente.gateway.bench;

import org.jspecify.annotations.NullMarked;
