/**
 * What academia and civil society say of the draft of a profile: by a link for one named person, section by section, answered by those who
 * draft it, and counted in the edition that follows.
 */
@NullMarked
package org.entente.gateway.region.consultation;

import org.jspecify.annotations.NullMarked;
