package org.entente.agreements;

/** Populations whose very presence in a figure can endanger them; their coverage is always declared. */
public enum SensitiveGroup {
    REFUGEES,
    ASYLUM_SEEKERS,
    PROTECTION_BENEFICIARIES,
    STATELESS,
    IRREGULAR,
    TRAFFICKING_VICTIMS
}
