@NullMarked
package org.entente.gateway.sdmx;

import org.jspecify.annotations.NullMarked;
