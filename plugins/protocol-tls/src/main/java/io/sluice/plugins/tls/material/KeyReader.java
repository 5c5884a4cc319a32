package io.sluice.plugins.tls.material;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.EllipticCurve;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Private keys: PKCS#8 (RFC 5958), PKCS#1 (RFC 8017) and SEC1 (RFC 5915), of RSA and EC. */
final class KeyReader {

    static final int FEWEST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 8192;
    /** P-256, P-384 and P-521: what both providers sign with. */
    private static final Set<EllipticCurve> CURVES = Set.of(curve("secp256r1"), curve("secp384r1"), curve("secp521r1"));

    private static final byte[] RSA = {0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01};
    private static final byte[] RSA_PSS = {0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x0a};
    private static final byte[] EC = {0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};
    private static final byte[] ZERO = {0x02, 0x01, 0x00};
    private static final byte[] NULL = {0x05, 0x00};
    private static final int PARAMETERS = 0xa0;

    private KeyReader() {
    }

    private static EllipticCurve curve(String name) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(name));
            return parameters.getParameterSpec(ECParameterSpec.class).getCurve();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + name, e);
        }
    }

    static boolean isKey(PemBlock block) {
        return block.label().endsWith("PRIVATE KEY");
    }

    static PrivateKey read(PemBlock block) throws BadMaterial {
        return switch (block.label()) {
            case "PRIVATE KEY" -> pkcs8(block, block.der());
            case "RSA PRIVATE KEY" -> pkcs8(block, Der.wrap(Der.SEQUENCE, ZERO,
                    Der.wrap(Der.SEQUENCE, Der.wrap(Der.OBJECT_ID, RSA), NULL), Der.wrap(Der.OCTET_STRING, block.der())));
            case "EC PRIVATE KEY" -> pkcs8(block, Der.wrap(Der.SEQUENCE, ZERO,
                    Der.wrap(Der.SEQUENCE, Der.wrap(Der.OBJECT_ID, EC), curve(block)), Der.wrap(Der.OCTET_STRING, block.der())));
            default -> throw Foreign.refuse(block, "a private key, RSA or EC");
        };
    }

    /** The curve stands inside: {@code ECPrivateKey ::= SEQUENCE { version, privateKey, [0] parameters, [1] publicKey }}. */
    private static byte[] curve(PemBlock block) throws BadMaterial {
        Optional<Der> key = new Der(block.der()).next(Der.SEQUENCE);
        if (key.flatMap(der -> der.next(Der.INTEGER)).isEmpty() || key.flatMap(der -> der.next(Der.OCTET_STRING)).isEmpty()) {
            throw damaged(block);
        }
        return key.flatMap(der -> der.next(PARAMETERS)).map(Der::rest).orElseThrow(() -> new BadMaterial(
                "the EC key in line " + block.line() + " does not say its curve (expected: a key with its parameters)",
                "convert it: openssl pkey -in KEY -out PKCS8, mode 600"));
    }

    private static PrivateKey pkcs8(PemBlock block, byte[] der) throws BadMaterial {
        Optional<Der> outer = new Der(der).next(Der.SEQUENCE);
        outer.flatMap(info -> info.next(Der.INTEGER));
        byte[] algorithm = outer.flatMap(info -> info.next(Der.SEQUENCE)).flatMap(id -> id.next(Der.OBJECT_ID))
                .map(Der::rest).orElseThrow(() -> damaged(block));
        boolean rsa = Arrays.equals(algorithm, RSA);
        if (!rsa && !Arrays.equals(algorithm, EC)) {
            throw new BadMaterial("the key in line " + block.line() + " is " + (Arrays.equals(algorithm, RSA_PSS) ? "RSASSA-PSS"
                    : "neither RSA nor EC") + " (expected: RSA or EC)", "other kinds are not understood by every peer");
        }
        PrivateKey key;
        try {
            key = KeyFactory.getInstance(rsa ? "RSA" : "EC").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw rsa ? damaged(block) : new BadMaterial("the EC key in line " + block.line()
                    + " cannot be read (expected: a key on P-256, P-384 or P-521)", "the file was damaged, or its curve is unusual");
        }
        checkSize(block, key);
        return key;
    }

    private static void checkSize(PemBlock block, PrivateKey key) throws BadMaterial {
        if (key instanceof RSAPrivateKey rsa) {
            int bits = rsa.getModulus().bitLength();
            if (bits < FEWEST_RSA_BITS || bits > MOST_RSA_BITS) {
                throw new BadMaterial("the RSA key in line " + block.line() + " has " + bits + " bits (expected: "
                        + FEWEST_RSA_BITS + " to " + MOST_RSA_BITS + ")", "");
            }
        } else if (key instanceof ECPrivateKey ec && !CURVES.contains(ec.getParams().getCurve())) {
            throw new BadMaterial("the EC key in line " + block.line() + " is on an unusual curve (expected: P-256, P-384 or P-521)", "");
        }
    }

    private static BadMaterial damaged(PemBlock block) {
        return new BadMaterial("the " + block.label() + " in line " + block.line() + " cannot be read (expected: an RSA or EC key)",
                "the file was damaged");
    }
}
