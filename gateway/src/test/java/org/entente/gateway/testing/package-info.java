/** What tests, the demo and the benchmarks stand on: a real MariaDB server, schemas, whole nodes, the shared vectors. */
@NullMarked
package org.entente.gateway.testing;

import org.jspecify.annotations.NullMarked;
