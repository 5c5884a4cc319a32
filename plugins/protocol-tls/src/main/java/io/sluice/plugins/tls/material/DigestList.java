package io.sluice.plugins.tls.material;

import java.util.ArrayList;
import java.util.List;

/** Lists of fingerprints or pins as people write them: strings, each of them one or several with commas between. */
public final class DigestList {

    private static final int MOST = 1000;

    private DigestList() {
    }

    /** All of them; at least one. */
    public static List<Digest> parse(List<String> written) throws BadMaterial {
        List<Digest> digests = new ArrayList<>();
        for (String text : written) {
            for (String one : text.split(",", -1)) {
                digests.add(Digest.parse(one).orElseThrow(() -> new BadMaterial("\"" + Names.printable(one.strip()) + "\" (expected: "
                        + Digest.RULE + ")", hint(one.strip()))));
            }
        }
        if (digests.isEmpty() || digests.size() > MOST) {
            throw new BadMaterial(digests.size() + " entries (expected: 1 to " + MOST + ")", "");
        }
        return List.copyOf(digests);
    }

    private static String hint(String text) {
        if (text.isEmpty()) {
            return "a comma too many, or an empty string";
        }
        return text.replace(":", "").matches("[0-9a-fA-F]{40}") ? "40 hex digits are a SHA-1"
                : "openssl x509 -in CERT -pubkey -noout | openssl pkey -pubin -outform der | openssl dgst -sha256 -hex makes a pin";
    }
}
