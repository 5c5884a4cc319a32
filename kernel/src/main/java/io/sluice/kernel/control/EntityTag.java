package io.sluice.kernel.control;

import io.sluice.kernel.json.JsonText;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.json.PlainValues;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The strong entity tag (RFC 9110 8.8.3) of a definition: the same as long as it says the same. */
final class EntityTag {

    private static final int BYTES = 16;

    private EntityTag() {
    }

    static String of(JsonValue definition) {
        String text = JsonText.write(PlainValues.unexpanded(definition));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return '"' + HexFormat.of().formatHex(hash, 0, BYTES) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
