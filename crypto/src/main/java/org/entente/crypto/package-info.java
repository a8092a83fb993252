@NullMarked
package org.entente.crypto;

import org.jspecify.annotations.NullMarked;
