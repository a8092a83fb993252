/**
 * SDMX queries, formats, structures and errors, without HTTP and without storage: the SDMX REST 2 data query, SDMX-CSV 2.0
 * and SDMX-JSON 2.0.0, negotiation between them, and the structure message.
 */
@NullMarked
package org.entente.gateway.sdmx;

import org.jspecify.annotations.NullMarked;
