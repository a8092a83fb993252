@NullMarked
package org.entente.gateway.statistics;

import org.jspecify.annotations.NullMarked;
