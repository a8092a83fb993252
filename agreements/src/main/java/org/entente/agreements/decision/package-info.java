/** A request judged under agreements: a pure function from request, documents, instruments and facts to a permit or a refusal. */
@NullMarked
package org.entente.agreements.decision;

import org.jspecify.annotations.NullMarked;
