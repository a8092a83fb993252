package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.Fingerprint;
import org.entente.crypto.keys.KeyRing;
import org.entente.gateway.base.NodeHome;
import picocli.CommandLine.Command;

/** Keys of the node and of officers who sign agreements. */
@Command(
        name = "keys",
        description = "Keys of the node, and of officers who sign agreements.",
        subcommands = {KeysCommand.Show.class, OfficerKeyCommand.class})
final class KeysCommand extends CommandGroup {

    @Command(
            name = "show",
            description = "Shows the node's certificates and their fingerprints; no secret.",
            footer = {"", "Exit codes: 0 shown, 1 the key ring cannot be opened, 2 wrong usage."})
    static final class Show extends NodeCommand {
        @Override
        int run(ApplicationContext node) {
            KeyRing keys = node.getBean(KeyRing.class);
            out().println("key ring\t" + node.getBean(NodeHome.class).keyRing());
            show("signing", keys.signing());
            show("tls", keys.tls());
            out().println("journal\t" + keys.journal().algorithm().httpName() + "\t"
                    + java.util.HexFormat.of()
                            .formatHex(keys.journal().publicKey().getEncoded()));
            return 0;
        }

        private void show(String name, CertifiedKey key) {
            out().println(name + "\t" + key.key().algorithm().httpName() + "\t"
                    + key.certificate().getSubjectX500Principal().getName() + "\tvalid until "
                    + key.certificate().getNotAfter().toInstant() + "\t"
                    + Fingerprint.of(Certificates.sha256(key.certificate())));
        }
    }
}
