/**
 * A party's desk in a folder: a partner with the program, a key and no database answers sealed files, under the same agreements, rules,
 * signatures and proofs as a node (docs/without-a-gateway.md). Everything that decides is shared with the node; this package keeps it.
 */
@NullMarked
package org.entente.gateway.desk;

import org.jspecify.annotations.NullMarked;
