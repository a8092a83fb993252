package org.entente.gateway.region.profile;

import java.util.List;
import org.entente.gateway.statistics.Cube;

/**
 * A source with its figures, as a profile is made of them.
 *
 * @param source what the profile says of it
 * @param cube the figures as the provider gave them
 * @param series the same with the programme's rules applied
 */
record SourceFigures(Source source, Cube cube, List<Harmonised.Series> series) {}
