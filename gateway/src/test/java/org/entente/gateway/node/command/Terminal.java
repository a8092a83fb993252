package org.entente.gateway.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.entente.gateway.node.Main;
import org.entente.gateway.testing.Ports;
import org.entente.gateway.testing.TestDatabase;

/** A person at a terminal, with a node's configuration and the files that commands want. */
final class Terminal {

    static final String PASSWORD = "three unrelated words";

    final Path folder;
    Path config;
    String out = "";
    String err = "";

    Terminal(Path folder) {
        this.folder = folder;
        this.config = folder.resolve("node.yml");
        secret("passphrase", "correct horse battery");
        secret("password", PASSWORD);
    }

    /** A file for its owner only. */
    Path secret(String name, String text) {
        try {
            return Files.setPosixFilePermissions(file(name, text + "\n"), PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void configure(TestDatabase database) {
        file(
                "node.yml",
                String.join(
                        "\n",
                        "entente:",
                        "  party: ITA",
                        "  home: " + folder.resolve("home"),
                        "  passphrase-file: " + folder.resolve("passphrase"),
                        "  staff: {port: " + Ports.free() + "}",
                        "  node: {port: " + Ports.free() + "}",
                        "datasources:",
                        "  default:",
                        "    url: " + database.url(),
                        "    username: " + database.name(),
                        "    password: " + database.password(),
                        ""));
    }

    /** Runs a command exactly as given; its exit code. */
    int entente(Object... arguments) {
        StringWriter o = new StringWriter();
        StringWriter e = new StringWriter();
        List<String> texts = new ArrayList<>();
        for (Object argument : arguments) {
            texts.add(argument.toString());
        }
        int code = Main.run(new PrintWriter(o), new PrintWriter(e), texts.toArray(String[]::new));
        out = o.toString();
        err = e.toString();
        return code;
    }

    /** Runs a command on the node, with the standard password where it wants one. */
    int onNode(boolean password, Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.add("--config");
        all.add(config);
        if (password) {
            all.add("--password-file");
            all.add(folder.resolve("password"));
        }
        return entente(all.toArray());
    }
}
