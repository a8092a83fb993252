package org.entente.gateway.region.profile;

import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.region.indicator.ReferenceIndicators;
import org.entente.gateway.region.indicator.ReferenceSource;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.releases.Protection;
import org.entente.gateway.releases.PublishedRelease;
import org.entente.gateway.releases.Releases;
import org.entente.gateway.sdmx.DataFormat;
import org.entente.gateway.sdmx.DataMessage;
import org.entente.gateway.sdmx.MessageHeader;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Dataflow;
import org.jspecify.annotations.Nullable;

/** The reference release of a programme, as the secretariat's own node has published it. */
@Singleton
final class References {
    private final Releases releases;
    private final NodeIdentity identity;

    References(Releases releases, NodeIdentity identity) {
        this.releases = releases;
        this.identity = identity;
    }

    /**
     * The current release that a programme's indicators are from, without the indicators; null if it chooses none.
     *
     * @throws EntenteException {@code not-found} if nothing is published in the data set that it names
     */
    @Nullable
    ReferenceSource current(Programme programme) {
        Programme.Indicators chosen = programme.indicators();
        if (chosen == null) {
            return null;
        }
        PublishedRelease release =
                releases.current(ArtefactId.parse(ReferenceIndicators.FLOW), List.of(chosen.dataset())).stream()
                        .findFirst()
                        .orElseThrow(() -> new EntenteException(
                                ErrorCode.NOT_FOUND,
                                "Nothing is published in the data set " + chosen.dataset() + " under "
                                        + ReferenceIndicators.FLOW + ", from which " + programme.id()
                                        + " takes its indicators."));
        String origin = release.protection() instanceof Protection.PublicSource open
                ? open.address() + " (" + open.date() + ")"
                : "";
        return new ReferenceSource(
                chosen.dataset(),
                release.id(),
                release.number(),
                release.publishedAt().toString(),
                origin,
                Base64Url.encode(Digests.sha256(csv(release))),
                List.of());
    }

    /**
     * A release as SDMX-CSV; always the same bytes.
     *
     * @throws EntenteException {@code not-found}
     */
    byte[] csv(ReferenceSource reference) {
        return csv(releases.byId(UUID.fromString(reference.release()))
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.NOT_FOUND, "There is no release " + reference.release() + " here any more.")));
    }

    private byte[] csv(PublishedRelease release) {
        Dataflow flow = ReferenceIndicators.load();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            DataFormat.CSV_2_0.write(
                    DataMessage.of(
                            flow,
                            release.cube(),
                            new MessageHeader(release.id(), release.publishedAt(), identity.party())),
                    out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
