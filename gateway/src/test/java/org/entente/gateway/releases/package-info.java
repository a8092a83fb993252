@NullMarked
package org.entente.gateway.releases;

import org.jspecify.annotations.NullMarked;
