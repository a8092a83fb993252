/**
 * What the parties of an agreement owed each other in a year by the agreement's own days, and what of it was kept, was late or is missing, each with
 * the journal entries that show it. Described in {@code docs/auditor.md}.
 */
@NullMarked
package org.entente.gateway.evidence.obligations;

import org.jspecify.annotations.NullMarked;
