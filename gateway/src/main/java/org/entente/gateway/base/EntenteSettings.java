package org.entente.gateway.base;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What every node must be told: {@code entente.*}.
 *
 * @param party the party whose node this is: ISO 3166-1 alpha-3 ({@code ITA}), or a registered code of an RCP
 * @param home the node's directory, readable by its owner only: {@code keyring.p12}, secrets, the journal's anchor
 * @param passphraseFile file whose first line opens the key store; without it the environment variable ENTENTE_PASSPHRASE
 * @param clockSkew how far a partner's clock may be ahead of ours before its messages are refused
 */
@ConfigurationProperties("entente")
public record EntenteSettings(
        String party,
        @Bindable(defaultValue = "entente-home") Path home,
        @Nullable Path passphraseFile,
        @Bindable(defaultValue = "60s") Duration clockSkew) {}
