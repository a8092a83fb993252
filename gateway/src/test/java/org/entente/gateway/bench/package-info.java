/** Benchmarks: plain classes that return named figures; none of them asserts a time. */
@NullMarked
package org.entente.gateway.bench;

import org.jspecify.annotations.NullMarked;
