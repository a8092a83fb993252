package org.entente.gateway.node;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;

/** Opens a node from its configuration file. Environment variables go before the file, the file before the defaults. */
public final class NodeContext {

    /** Between Micronaut's application.yml (-300) and the environment variables (-200). */
    private static final int FILE_ORDER = -250;

    /** What no node can do without, with the environment variables that may stand in. */
    private static final Map<String, String> REQUIRED =
            Map.of("entente.party", "ENTENTE_PARTY", "datasources.default.url", "DATASOURCES_DEFAULT_URL");

    private NodeContext() {}

    /**
     * A started context without open listeners; the caller closes it.
     *
     * @param file the node's configuration file (YAML)
     * @param background whether what runs by schedule runs: in a node that serves, and not for a single command
     */
    public static ApplicationContext open(Path file, boolean background) {
        return builder()
                .properties(Map.of(NoBackgroundWork.BACKGROUND, background))
                .propertySources(read(file))
                .build()
                .start();
    }

    /** The context of a node that serves. */
    public static ApplicationContext open(Path file) {
        return open(file, true);
    }

    /** What all nodes' contexts have in common; nothing is guessed from the machine. */
    public static ApplicationContextBuilder builder() {
        return ApplicationContext.builder().deduceEnvironment(false).banner(false);
    }

    private static PropertySource read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Map<String, Object> settings = new YamlPropertySourceLoader().read(file.toString(), in);
            REQUIRED.forEach((setting, variable) -> {
                if (!settings.containsKey(setting) && System.getenv(variable) == null) {
                    throw new EntenteException(
                            ErrorCode.SETTINGS_INVALID,
                            "The setting " + setting + " is missing in " + file + " (or the variable " + variable
                                    + ").");
                }
            });
            return PropertySource.of(file.toString(), settings, FILE_ORDER);
        } catch (EntenteException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new EntenteException(
                    ErrorCode.SETTINGS_INVALID,
                    "The configuration file " + file.toAbsolutePath() + " cannot be read: " + e.getMessage(),
                    e);
        }
    }
}
