/** The agreement document: its clauses as records, its reading and writing, its schema and its semantic checks. */
@NullMarked
package org.entente.agreements;

import org.jspecify.annotations.NullMarked;
