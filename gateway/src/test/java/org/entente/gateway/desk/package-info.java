/** Tests of a desk in a folder, against a real node. */
@NullMarked
package org.entente.gateway.desk;

import org.jspecify.annotations.NullMarked;
