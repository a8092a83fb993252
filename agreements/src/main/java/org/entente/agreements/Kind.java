package org.entente.agreements;

/** Between named parties, or a framework that states join. */
public enum Kind {
    BILATERAL,
    FRAMEWORK
}
