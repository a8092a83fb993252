package org.entente.gateway.disclosure;

import java.util.List;

/**
 * What an audit found.
 *
 * @param safe whether everything was proved
 * @param cells cells of the table
 * @param withheld cells withheld
 * @param insiders whether insiders were considered, for which the true table is needed
 * @param exposures what a reader or an insider can infer
 * @param solver who proved it
 * @param programs linear programs that took
 * @param integerPrograms integer programs that took
 */
public record AuditReport(
        boolean safe,
        long cells,
        long withheld,
        boolean insiders,
        List<Exposure> exposures,
        String solver,
        long programs,
        long integerPrograms) {

    /**
     * Something that is not hidden although it is withheld.
     *
     * @param codes the cell
     * @param reason a sentence
     */
    public record Exposure(List<String> codes, String reason) {}
}
