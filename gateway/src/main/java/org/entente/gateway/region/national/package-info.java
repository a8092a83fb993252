/**
 * National migration profiles: what a state's own releases and its partners' answers say, the text of its ministries, and its policy
 * objectives with baseline, target and value, in editions that are kept and compared.
 */
@NullMarked
package org.entente.gateway.region.national;

import org.jspecify.annotations.NullMarked;
