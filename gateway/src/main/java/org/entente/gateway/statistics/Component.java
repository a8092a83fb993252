package org.entente.gateway.statistics;

/** A dimension, the measure or an attribute of a {@link Structure}. */
public sealed interface Component {

    /** The component's id, unique in its structure; the only place where such an id stands is the structure. */
    String id();

    Concept concept();

    Representation representation();

    /**
     * An axis of the cube.
     *
     * @param role what the gateway may do with it; this, not its id, is what code asks for
     */
    record Dimension(String id, Concept concept, Representation representation, Role role) implements Component {

        /** The id that SDMX fixes for the time dimension of every structure (SDMX 2.1 and 3.0, section 2, TimeDimension). */
        public static final String TIME_ID = "TIME_PERIOD";

        /** What a dimension is for. */
        public enum Role {
            /** How often the figure is made. */
            FREQUENCY,
            /** The territory of the party that reports; queries route by it. */
            REPORTING_AREA,
            /** A part of the reporting party's territory. */
            REPORTING_REGION,
            /** The other side of the movement or origin. */
            COUNTERPART_AREA,
            /** A part of the counterpart's territory. */
            COUNTERPART_REGION,
            /** In which sense the counterpart is the counterpart (birth, citizenship, next residence ...). */
            COUNTERPART_BASIS,
            /** What is counted, with its direction. */
            INDICATOR,
            /** In what unit. */
            UNIT,
            /** When. Exactly one dimension has this role, and it stands last. */
            TIME,
            /** Any further breakdown of the population. */
            BREAKDOWN
        }
    }

    /** The observed value; withheld and missing values are NaN. */
    record Measure(String id, Concept concept, Representation representation) implements Component {}

    /**
     * A qualification of values.
     *
     * @param level what it is attached to
     * @param mandatory whether it must be given at its level
     */
    record Attribute(
            String id, Concept concept, Representation representation, Level level, boolean mandatory, Role role)
            implements Component {

        /** What an attribute is attached to. */
        public enum Level {
            DATASET,
            SERIES,
            OBSERVATION
        }

        /** What an attribute is for. */
        public enum Role {
            OBSERVATION_STATUS,
            CONFIDENTIALITY_STATUS,
            REDISTRIBUTION,
            EMBARGO,
            COMMENT,
            UNIT_MULTIPLIER,
            DECIMALS,
            COLLECTION_SOURCE,
            REFERENCE_DATE_TYPE,
            REFERENCE_DATE,
            RESIDENCE_RULE,
            SOURCE,
            COVERAGE,
            AGREEMENT,
            METHOD,
            RELEASE_STATUS,
            OTHER
        }
    }
}
