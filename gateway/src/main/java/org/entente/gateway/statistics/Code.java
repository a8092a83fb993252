package org.entente.gateway.statistics;

import org.jspecify.annotations.Nullable;

/**
 * One code of a code list.
 *
 * @param id the code as it stands in data
 * @param name what it means
 * @param parent the code above it in the list's hierarchy, or null
 */
public record Code(String id, LocalName name, @Nullable String parent) {}
