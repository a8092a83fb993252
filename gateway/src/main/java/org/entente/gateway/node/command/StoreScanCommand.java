package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.Locale;
import org.entente.gateway.treaties.TreatyDesk;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Keeps the scan of a signature on paper at the node. */
@Command(
        name = "store-scan",
        description = "Keeps the scan of a signature on paper at this node; only one that a `sign-paper` act names.",
        footer = {"", "Exit codes: 0 kept, 1 refused, 2 wrong usage."})
final class StoreScanCommand extends NodeCommand {

    @Parameters(paramLabel = "FILE", description = "The scan: PDF, PNG, JPEG or TIFF.")
    private Path file = Path.of("scan.pdf");

    @Mixin
    private ActingUser by = new ActingUser();

    @Override
    int run(ApplicationContext node) {
        String digest = node.getBean(TreatyDesk.class).store(CommandFiles.read(file), media(), by.signIn(node));
        out().println("scan " + digest);
        return 0;
    }

    private String media() {
        String name = file.toString().toLowerCase(Locale.ROOT);
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return switch (extension) {
            case "pdf" -> "application/pdf";
            case "png", "tiff" -> "image/" + extension;
            case "jpg", "jpeg" -> "image/jpeg";
            case "tif" -> "image/tiff";
            default -> throw usage("A scan is a .pdf, .png, .jpg or .tif file.");
        };
    }
}
