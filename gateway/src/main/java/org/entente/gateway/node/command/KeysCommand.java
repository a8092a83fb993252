package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.HexFormat;
import org.entente.crypto.Digests;
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.Fingerprint;
import org.entente.crypto.keys.JournalSigning;
import org.entente.crypto.keys.KeyRing;
import org.entente.crypto.keys.SigningKey;
import org.entente.gateway.base.NodeHome;
import org.entente.gateway.partners.CardDocument;
import org.entente.gateway.partners.KeyRotation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keys of the node and of officers who sign agreements. */
@Command(
        name = "keys",
        description = "Keys of the node, and of officers who sign agreements.",
        subcommands = {
            KeysCommand.Show.class,
            KeysCommand.Rotate.class,
            ReplaceKeysCommand.class,
            OfficerKeyCommand.class
        })
final class KeysCommand extends CommandGroup {

    @Command(
            name = "show",
            description = "Shows the node's certificates and their fingerprints; no secret.",
            footer = {"", "Exit codes: 0 shown, 1 the key ring cannot be opened, 2 wrong usage."})
    static final class Show extends NodeCommand {
        /** Bytes of a public key that nobody reads; its fingerprint is shown instead. */
        private static final int LONG = 200;

        @Override
        int run(ApplicationContext node) {
            KeyRing keys = node.getBean(KeyRing.class);
            out().println("key ring\t" + node.getBean(NodeHome.class).keyRing());
            show("signing", keys.signing());
            show("next signing", keys.nextSigning());
            show("tls", keys.tls());
            show("next tls", keys.nextTls());
            show("post-quantum", keys.companion());
            show("journal", keys.journalSigning());
            JournalSigning next = keys.nextJournal();
            if (next != null) {
                show("next journal", next);
            }
            return 0;
        }

        private void show(String name, JournalSigning journal) {
            show(name, journal.key().key());
            CertifiedKey companion = journal.companion();
            if (companion != null) {
                show(name + " post-quantum", companion.key());
            }
        }

        private void show(String name, SigningKey key) {
            byte[] encoded = key.publicKey().getEncoded();
            out().println(name + "\t" + key.algorithm().httpName() + "\t"
                    + (encoded.length > LONG
                            ? Fingerprint.of(Digests.sha256(encoded))
                            : HexFormat.of().formatHex(encoded)));
        }

        private void show(String name, @Nullable CertifiedKey key) {
            if (key == null) {
                return;
            }
            out().println(name + "\t" + key.key().algorithm().httpName() + "\t"
                    + key.certificate().getSubjectX500Principal().getName() + "\tvalid from "
                    + key.certificate().getNotBefore().toInstant() + " until "
                    + key.certificate().getNotAfter().toInstant() + "\t"
                    + Fingerprint.of(Certificates.sha256(key.certificate()))
                    + (key.privateKey().getEncoded() == null ? "\ton a token" : ""));
        }
    }

    @Command(
            name = "rotate",
            description =
                    "Announces a new key on the node's next card. The node goes on with the key before until the new"
                            + " one begins, and changes to it by itself, without a stop.",
            footer = {
                "",
                "A new TLS key is taken over by partners by themselves; a new signing or journal key they confirm by"
                        + " fingerprint (`card import`) before it begins.",
                "Exit codes: 0 announced, 1 refused, 2 wrong usage."
            })
    static final class Rotate extends NodeCommand {
        enum Key {
            signing,
            tls,
            journal
        }

        @Parameters(paramLabel = "KEY", description = "${COMPLETION-CANDIDATES}.")
        private Key key = Key.tls;

        @Option(
                names = "--announce-hours",
                paramLabel = "HOURS",
                defaultValue = "336",
                description = "How long before the new key begins (default: ${DEFAULT-VALUE}, two weeks).")
        private int announceHours = 336;

        @Option(
                names = "--valid-days",
                paramLabel = "DAYS",
                defaultValue = "825",
                description = "Validity of key and card from then on (default: ${DEFAULT-VALUE}).")
        private int validDays = 825;

        @Option(
                names = "--post-quantum",
                description =
                        "With the new signing or journal key comes a companion (ML-DSA-65 or ML-DSA-44): when they begin,"
                                + " every message or checkpoint carries both signatures, and partners refuse one"
                                + " without the second.")
        private boolean postQuantum;

        @Override
        int run(ApplicationContext node) {
            if (postQuantum && key == Key.tls) {
                throw usage("A post-quantum companion belongs to the signing key or the journal key.");
            }
            if (announceHours < 1 || validDays < 1) {
                throw usage("A key is announced at least an hour ahead, and valid for at least a day.");
            }
            KeyRotation rotation = node.getBean(KeyRotation.class);
            Duration announce = Duration.ofHours(announceHours);
            Duration validity = Duration.ofDays(validDays);
            CardDocument card = switch (key) {
                case signing ->
                    postQuantum
                            ? rotation.withCompanion(announce, validity, CardCommand.BY)
                            : rotation.signing(announce, validity, CardCommand.BY);
                case tls -> rotation.tls(announce, validity, CardCommand.BY);
                case journal ->
                    postQuantum
                            ? rotation.journalWithCompanion(announce, validity, CardCommand.BY)
                            : rotation.journal(announce, validity, CardCommand.BY);
            };
            out().println(CardCommand.describe(card));
            return 0;
        }
    }
}
