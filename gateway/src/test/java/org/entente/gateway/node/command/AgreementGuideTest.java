package org.entente.gateway.node.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.agreements.Agreement;
import org.entente.agreements.Template;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the guide for legal officers that need no node, run in its order and as they are written. */
class AgreementGuideTest {
    private static final Path GUIDE = Path.of("../docs/agreements.md");
    private static final String PROGRAM = "java -jar entente.jar ";
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final Pattern FILE = Pattern.compile("[a-z0-9-]+\\.(yaml|json|html|pdf|p12)");

    private static List<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        boolean block = false;
        for (String line : Files.readAllLines(GUIDE)) {
            if (line.startsWith("```")) {
                block = !block;
            } else if (block && line.startsWith(PROGRAM) && !line.contains("node.yml")) {
                commands.add(line.substring(PROGRAM.length()));
            }
        }
        return commands;
    }

    /** Files that the guide names lie in this folder. */
    private static Object[] words(String command, Path folder) {
        List<Object> words = new ArrayList<>();
        Matcher word = WORD.matcher(command);
        while (word.find()) {
            String text = word.group(1) == null ? word.group(2) : word.group(1);
            words.add(FILE.matcher(text).matches() ? folder.resolve(text) : text);
        }
        if (command.contains(".p12")) {
            words.add("--password-file");
            words.add(folder.resolve("password"));
        }
        return words.toArray();
    }

    @Test
    void everyCommandThatNeedsNoNodeRunsAsItIsWritten(@TempDir Path folder) throws Exception {
        Terminal terminal = new Terminal(folder);
        assertEquals(
                0,
                terminal.entente(
                        "keys",
                        "officer",
                        "--name",
                        "Giulia Conti",
                        "--post",
                        "Director",
                        "--out",
                        folder.resolve("giulia.p12"),
                        "--password-file",
                        folder.resolve("password")),
                () -> terminal.err);
        List<String> commands = commands();
        assertTrue(commands.size() >= 10, commands.toString());
        for (String command : commands) {
            assertEquals(
                    0, terminal.entente(words(command, folder)), () -> command + "\n" + terminal.err + terminal.out);
            byPerson(folder, command);
        }
        assertTrue(Files.size(folder.resolve("agreement-ar.pdf")) > 10_000);
        assertTrue(Files.readString(folder.resolve("signature.json")).contains("\"signatures\""));
    }

    /** What the guide says that a person, or the node, does between two commands. */
    private static void byPerson(Path folder, String command) throws Exception {
        if (command.contains("--out values.yaml")) {
            Map<String, String> values =
                    new TreeMap<>(Template.values(Files.readAllBytes(folder.resolve("values.yaml"))));
            assertTrue(values.containsKey("origin.rootCard"), values.toString());
            StringBuilder filled = new StringBuilder();
            values.forEach((name, value) -> filled.append(name)
                    .append(": \"")
                    .append(value.isEmpty() ? answer(name) : value)
                    .append("\"\n"));
            Files.writeString(folder.resolve("values.yaml"), filled);
        } else if (command.contains("--out agreement.yaml")) {
            String text = Files.readString(folder.resolve("agreement.yaml"));
            Files.writeString(folder.resolve("agreement-2.yaml"), text.replace("months: 60", "months: 48"));
            Files.write(
                    folder.resolve("document.json"),
                    Agreement.author(text.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                            .canonical());
        }
    }

    private static String answer(String name) {
        boolean origin = name.startsWith("origin.");
        return switch (name.substring(name.indexOf('.') + 1)) {
            case "id" -> name.equals("id") ? "" : origin ? "PHL" : "ITA";
            case "area" -> origin ? "PH" : "IT";
            case "rootCard" -> (origin ? "p" : "i").repeat(43);
            case "authority" -> origin ? "CFO" : "ISTAT";
            case "contact" -> "liaison@example.org";
            default -> origin ? "Philippines" : "Italy";
        };
    }
}
