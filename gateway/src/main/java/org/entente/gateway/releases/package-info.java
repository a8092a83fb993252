/**
 * National datasets and their releases: import, validation, the release gate, approval by a second person, publication.
 * Released figures are kept in memory as cubes, so that answering a question does not touch the database.
 */
@NullMarked
package org.entente.gateway.releases;

import org.jspecify.annotations.NullMarked;
