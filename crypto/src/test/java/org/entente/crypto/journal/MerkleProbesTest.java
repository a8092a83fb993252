package org.entente.crypto.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.entente.crypto.VerificationException;
import org.junit.jupiter.api.Test;

/** The probes of transparency-dev/merkle: good proofs, and each way to spoil one. */
class MerkleProbesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyInclusionProbeIsJudgedAsPublished() throws IOException {
        assertEquals(98, judge("inclusion", MerkleProbesTest::inclusionPasses));
    }

    @Test
    void everyConsistencyProbeIsJudgedAsPublished() throws IOException {
        assertEquals(98, judge("consistency", MerkleProbesTest::consistencyPasses));
    }

    private interface Judge {
        boolean passes(JsonNode probe);
    }

    private static int judge(String kind, Judge judge) throws IOException {
        Path folder = SharedVectors.locate("standards/vectors/merkle/" + kind);
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.filter(file -> file.toString().endsWith(".json")).toList();
        }
        for (Path file : files) {
            JsonNode probe = JSON.readTree(file.toFile());
            assertEquals(!probe.get("wantErr").asBoolean(), judge.passes(probe), file::toString);
        }
        return files.size();
    }

    private static boolean inclusionPasses(JsonNode probe) {
        try {
            new InclusionProof(number(probe, "leafIdx"), number(probe, "treeSize"), path(probe))
                    .verify(hash(probe.get("leafHash")), hash(probe.get("root")));
            return true;
        } catch (VerificationException | WrongLength e) {
            return false;
        }
    }

    private static boolean consistencyPasses(JsonNode probe) {
        try {
            new ConsistencyProof(number(probe, "size1"), number(probe, "size2"), path(probe))
                    .verify(hash(probe.get("root1")), hash(probe.get("root2")));
            return true;
        } catch (VerificationException | WrongLength e) {
            return false;
        }
    }

    /** Sizes are unsigned in the probes; above 2^63 they become negative and must be refused. */
    private static long number(JsonNode probe, String name) {
        return probe.get(name).bigIntegerValue().longValue();
    }

    private static List<Hash> path(JsonNode probe) throws WrongLength {
        List<Hash> path = new ArrayList<>();
        for (JsonNode hash : probe.get("proof")) {
            path.add(hash(hash));
        }
        return path;
    }

    /**
     * Some probes use short placeholders as roots, which a {@link Hash} cannot hold. Equal ones stay equal when padded,
     * except the empty one, which stands for an absent hash.
     */
    private static Hash hash(JsonNode base64) throws WrongLength {
        byte[] bytes = Base64.getDecoder().decode(base64.asText());
        if (bytes.length == 0 || bytes.length > Hash.LENGTH) {
            throw new WrongLength();
        }
        return Hash.of(java.util.Arrays.copyOf(bytes, Hash.LENGTH));
    }

    private static final class WrongLength extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
