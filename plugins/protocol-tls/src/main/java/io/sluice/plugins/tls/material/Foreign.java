package io.sluice.plugins.tls.material;

/** Files that people take for PEM, and what they are instead. */
final class Foreign {

    private Foreign() {
    }

    /** What to say of bytes without any PEM block. */
    static BadMaterial refuse(byte[] bytes, String text) {
        if (bytes.length > 4 && bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xed && bytes[2] == (byte) 0xfe) {
            return new BadMaterial("it is a Java key store (expected: PEM text)",
                    "convert it: keytool -importkeystore -srckeystore FILE -destkeystore FILE.p12 -deststoretype PKCS12, then openssl pkcs12");
        }
        if (Pem.isDer(bytes)) {
            return isPkcs12(bytes)
                    ? new BadMaterial("it is a PKCS#12 store (expected: PEM text)",
                            "convert it: openssl pkcs12 -in FILE -nodes -out FILE.pem, mode 600")
                    : new BadMaterial("it is binary DER (expected: PEM text)",
                            "convert it: openssl x509 -inform der -in FILE, openssl pkey -inform der -in FILE");
        }
        if (text.startsWith("PuTTY-User-Key-File")) {
            return new BadMaterial("it is a PuTTY key (expected: PEM text)", "a key for SSH is not a certificate");
        }
        if (text.contains("-----BEGIN") || text.contains("-----END")) {
            return new BadMaterial("its boundaries are damaged (expected: -----BEGIN CERTIFICATE----- and the like)",
                    "typographic dashes and lower case do not count");
        }
        return new BadMaterial("it holds no PEM block (expected: -----BEGIN \u2026-----)", "name the file of the certificate");
    }

    /** PFX ::= SEQUENCE { version INTEGER (3), ... (RFC 7292). */
    private static boolean isPkcs12(byte[] bytes) {
        int content = 2 + ((bytes[1] & 0x80) == 0 ? 0 : bytes[1] & 0x7f);
        return bytes.length > content + 2 && bytes[content] == 2 && bytes[content + 1] == 1 && bytes[content + 2] == 3;
    }

    /** What to say of a block that is not the wanted one. */
    static BadMaterial refuse(PemBlock block, String wanted) {
        String hint = switch (block.label()) {
            case "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST" ->
                    "a request is what an authority signs; put what it sent back here";
            case "OPENSSH PRIVATE KEY" -> "a key for SSH: convert it with ssh-keygen -p -m pkcs8 -f FILE";
            case "PKCS7", "CMS" -> "convert it: openssl pkcs7 -print_certs -in FILE";
            case "PUBLIC KEY", "RSA PUBLIC KEY" -> "a public key alone proves nothing; its private key is needed";
            case "TRUSTED CERTIFICATE" -> "convert it: openssl x509 -in FILE";
            case "DSA PRIVATE KEY" -> "use an RSA or EC key";
            default -> "";
        };
        return new BadMaterial("line " + block.line() + " begins a " + block.label() + " (expected: " + wanted + ")", hint);
    }
}
