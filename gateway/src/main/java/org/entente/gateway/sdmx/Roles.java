package org.entente.gateway.sdmx;

import java.util.Locale;
import java.util.Optional;
import org.entente.gateway.statistics.Component;

/**
 * The roles of components in structure messages. SDMX has no place for them but an annotation of the component, of type
 * {@value #ANNOTATION_TYPE}, whose title is the role in capitals, for example {@code REPORTING_AREA}.
 */
final class Roles {

    static final String ANNOTATION_TYPE = "ENTENTE_ROLE";

    private Roles() {}

    /** The title of a component's annotation; empty if its role is nothing to tell. */
    static String of(Component component) {
        return switch (component) {
            case Component.Dimension dimension ->
                dimension.role() == Component.Dimension.Role.BREAKDOWN
                                || dimension.role() == Component.Dimension.Role.TIME
                        ? ""
                        : dimension.role().name();
            case Component.Attribute attribute ->
                attribute.role() == Component.Attribute.Role.OTHER
                        ? ""
                        : attribute.role().name();
            case Component.Measure measure -> "";
        };
    }

    static Optional<Component.Dimension.Role> dimension(String title) {
        try {
            return Optional.of(Component.Dimension.Role.valueOf(title.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static Optional<Component.Attribute.Role> attribute(String title) {
        try {
            return Optional.of(Component.Attribute.Role.valueOf(title.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
