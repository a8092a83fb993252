@NullMarked
package org.entente.gateway.disclosure;

import org.jspecify.annotations.NullMarked;
