package org.entente.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.entente.gateway.base.Listeners;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The arrows of the house: modules, packages and listeners. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {

    private static final String ROOT = "org.entente.gateway";

    /** Floors from the ground up; a package uses only packages of lower floors, and of its own floor only itself. */
    private static final List<Set<String>> FLOORS = List.of(
            Set.of("base", "statistics"),
            Set.of("journal"),
            Set.of("access", "sdmx", "disclosure"),
            Set.of("partners"),
            Set.of("treaties"),
            Set.of("releases"),
            Set.of("exchange"),
            Set.of("evidence"),
            Set.of("region", "dataspace", "desk"),
            Set.of("operations"),
            Set.of("console"),
            Set.of("node"));

    private JavaClasses everything;

    @BeforeAll
    void read() {
        everything = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.entente");
    }

    @Test
    void modulesDependOneWay() {
        noClasses()
                .that()
                .resideInAPackage("org.entente.crypto..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.entente.agreements..", "org.entente.gateway..")
                .check(everything);
        noClasses()
                .that()
                .resideInAPackage("org.entente.agreements..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.entente.gateway..")
                .check(everything);
    }

    @Test
    void libraryModulesKnowNoFramework() {
        noClasses()
                .that()
                .resideInAnyPackage("org.entente.crypto..", "org.entente.agreements..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micronaut..", "jakarta.inject..", "java.sql..", "javax.sql..")
                .check(everything);
    }

    @Test
    void aPackageUsesOnlyLowerFloors() {
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            for (String name : FLOORS.get(floor)) {
                List<String> forbidden = new ArrayList<>();
                for (int other = floor; other < FLOORS.size(); other++) {
                    for (String above : FLOORS.get(other)) {
                        if (!above.equals(name)) {
                            forbidden.add(ROOT + "." + above + "..");
                        }
                    }
                }
                noClasses()
                        .that()
                        .resideInAPackage(ROOT + "." + name + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(forbidden.toArray(String[]::new))
                        .allowEmptyShould(true)
                        .check(everything);
            }
        }
    }

    @Test
    void everyPackageHasAFloor() {
        for (JavaClass type : everything) {
            String name = type.getPackageName();
            if (name.startsWith(ROOT + ".")) {
                String first = name.substring(ROOT.length() + 1).split("\\.", 2)[0];
                assertTrue(FLOORS.stream().anyMatch(floor -> floor.contains(first)), "no floor for " + first);
            }
        }
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(everything);
        slices().matching("org.entente.crypto.(*)..").should().beFreeOfCycles().check(everything);
        slices().matching("org.entente.agreements.(*)..")
                .should()
                .beFreeOfCycles()
                .check(everything);
    }

    @Test
    void everyControllerStandsOnOneListener() {
        classes()
                .that()
                .areAnnotatedWith(Controller.class)
                .should(new ArchCondition<>("name a listener as their port") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        String port = type.getAnnotationOfType(Controller.class).port();
                        boolean named = Set.of(Listeners.STAFF, Listeners.NODE, Listeners.PUBLIC)
                                .contains(port);
                        events.add(
                                new SimpleConditionEvent(type, named, type.getName() + " has the port '" + port + "'"));
                    }
                })
                .check(everything);
    }

    @Test
    void whatIsPublicIsThereOnlyIfThePublicListenerIs() {
        classes()
                .that()
                .areAnnotatedWith(Controller.class)
                .should(new ArchCondition<>("require the setting of the public listener if they stand on it") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean open = type.getAnnotationOfType(Controller.class)
                                .port()
                                .equals(Listeners.PUBLIC);
                        boolean required = type.isAnnotatedWith(Requires.class)
                                && type.getAnnotationOfType(Requires.class)
                                        .property()
                                        .equals(Listeners.PUBLIC_PORT);
                        events.add(new SimpleConditionEvent(
                                type, open == required, type.getName() + " would open a port that nobody asked for"));
                    }
                })
                .check(everything);
    }

    @Test
    void noStaticFieldHoldsState() {
        noClasses()
                .should(new ArchCondition<>("have static fields that can be set") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        type.getFields().stream()
                                .filter(field -> field.getModifiers().contains(JavaModifier.STATIC)
                                        && !field.getModifiers().contains(JavaModifier.FINAL)
                                        && !field.getModifiers().contains(JavaModifier.SYNTHETIC))
                                .forEach(field -> events.add(SimpleConditionEvent.satisfied(
                                        type, field.getFullName() + " is static and not final")));
                    }
                })
                .check(everything);
    }

    @Test
    void timeComesFromTheClock() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.time.LocalDate.class, "now")
                .orShould()
                .callMethod(java.time.OffsetDateTime.class, "now")
                .check(everything);
    }
}
