package org.entente.gateway.node.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.gateway.access.Roles;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.treaties.OfficerKey;

/**
 * One party at its terminals: staff at its running node (tina, treaty officer; adam, administrator; anna, statistician; bianca, approver),
 * and an officer who signs on a machine of her own, without a node.
 */
final class Delegation {
    private static final Pattern SIGNED = Pattern.compile("Signed: \\S+ (urn:uuid:\\S+) into");

    final Terminal staff;
    private final String party;
    private final Path folder;
    private final Path key;

    Delegation(Path scratch, TestNode node, OfficerKey officer) {
        try {
            party = node.party();
            folder = Files.createDirectories(scratch.resolve(party));
            staff = new Terminal(folder);
            staff.config = node.configuration();
            staff.secret("password", TestNode.PASSPHRASE);
            key = folder.resolve("officer.p12");
            officer.store(key, TestNode.PASSPHRASE.toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        node.user("tina", Roles.TREATY_OFFICER);
        node.user("adam", Roles.ADMINISTRATOR);
        node.user("anna", Roles.STATISTICIAN);
        node.user("bianca", Roles.APPROVER);
    }

    /** The two sides of a corridor. */
    static Delegation of(Path scratch, Corridor corridor, TestNode node) {
        return new Delegation(scratch, node, corridor.officer(node.party()));
    }

    /** A command on the node that succeeds; what it prints. */
    String does(Object... command) {
        assertEquals(0, staff.onNode(false, command), () -> staff.err);
        return staff.out;
    }

    /** A command of a member of staff on the node that succeeds; what it prints. */
    String doesAs(String user, Object... command) {
        assertEquals(0, as(user, command), () -> staff.err);
        return staff.out;
    }

    /** A command of a member of staff that the node refuses with this code, for a reason that contains these words. */
    void isRefused(String user, String code, String because, Object... command) {
        assertEquals(1, as(user, command), () -> staff.out);
        assertTrue(
                staff.err.contains(code)
                        && staff.err.toLowerCase(Locale.ROOT).contains(because.toLowerCase(Locale.ROOT)),
                () -> "expected " + code + " because of '" + because + "' but: " + staff.err);
    }

    private int as(String user, Object... command) {
        List<Object> all = new ArrayList<>(List.of(command));
        all.add("--as");
        all.add(user);
        return staff.onNode(true, all.toArray());
    }

    /** The bytes that officers sign, as the node holds them. */
    Path text(String agreementOrDigest) {
        Path file = folder.resolve("text-" + agreementOrDigest.replaceAll("[^A-Za-z0-9_-]", "") + ".json");
        does("agreement", "document", agreementOrDigest, file);
        return file;
    }

    /** What the officer makes and signs by an {@code agreement} command, such as {@code sign TEXT} or {@code act suspend TEXT --leg L}. */
    Path signs(Object... command) {
        Path out = folder.resolve("act.json");
        assertEquals(0, officer(out, command), () -> staff.err);
        return out;
    }

    private int officer(Path out, Object... command) {
        List<Object> all = new ArrayList<>(List.of("agreement"));
        all.addAll(List.of(command));
        all.addAll(List.of("--party", party, "--key", key, "--out", out));
        all.addAll(List.of("--password-file", folder.resolve("password")));
        return staff.entente(all.toArray());
    }

    /** An act that the officer signs and the node takes; its id. */
    String act(Object... words) {
        Path signed = signs(act(List.of(words)));
        Matcher id = SIGNED.matcher(staff.out);
        assertTrue(id.find(), staff.out);
        doesAs("tina", "agreement", "submit", signed);
        return id.group(1);
    }

    /** An act that the officer signs and the node refuses. */
    void actIsRefused(String code, String because, Object... words) {
        isRefused("tina", code, because, "agreement", "submit", signs(act(List.of(words))));
    }

    private static Object[] act(List<Object> words) {
        List<Object> all = new ArrayList<>(List.of("act"));
        all.addAll(words);
        return all.toArray();
    }

    /** Waits until the node shows an agreement with these words in it. */
    void awaits(String agreementOrDigest, String words) {
        try {
            Corridor.await(() ->
                    staff.onNode(false, "agreement", "show", agreementOrDigest) == 0 && staff.out.contains(words));
        } catch (AssertionError e) {
            throw new AssertionError(party + " does not show '" + words + "': " + staff.err + staff.out, e);
        }
    }
}
