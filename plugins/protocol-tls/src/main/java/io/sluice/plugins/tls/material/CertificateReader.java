package io.sluice.plugins.tls.material;

import java.io.ByteArrayInputStream;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads certificates and revocation lists, in PEM or DER. */
public final class CertificateReader {

    private static final int LARGEST_CERTIFICATE = 64 * 1024;

    private CertificateReader() {
    }

    /**
     * All certificates of a bundle, in its order; at least one. Keys among them are passed over.
     *
     * @param bytes PEM text, or one certificate in DER
     */
    public static List<X509Certificate> certificates(byte[] bytes) throws BadMaterial {
        if (Pem.isDer(bytes) && bytes.length <= LARGEST_CERTIFICATE) {
            try {
                return List.of(decode(bytes));
            } catch (CertificateException e) {
                throw Foreign.refuse(bytes, "");
            }
        }
        List<X509Certificate> certificates = new ArrayList<>();
        List<PemBlock> blocks = Pem.blocks(bytes);
        for (PemBlock block : blocks) {
            if (isCertificate(block)) {
                certificates.add(certificate(block));
            } else if (!KeyReader.isKey(block) && !block.label().endsWith("PARAMETERS")) {
                throw Foreign.refuse(block, "a certificate");
            }
        }
        if (certificates.isEmpty()) {
            throw new BadMaterial("it holds no certificate (expected: -----BEGIN CERTIFICATE-----)", blocks.size() == 1
                    ? "there is only a " + blocks.get(0).label() : "");
        }
        return List.copyOf(certificates);
    }

    /** All revocation lists, in PEM or DER; at least one. */
    public static List<X509CRL> revocationLists(byte[] bytes) throws BadMaterial {
        if (Pem.isDer(bytes)) {
            if (bytes.length > Pem.LARGEST) {
                throw new BadMaterial(bytes.length + " bytes (expected: at most " + Pem.LARGEST + ")", "");
            }
            return List.of(revocationList(bytes, "it"));
        }
        List<X509CRL> lists = new ArrayList<>();
        for (PemBlock block : Pem.blocks(bytes)) {
            if (!block.is("X509 CRL")) {
                throw Foreign.refuse(block, "an X509 CRL");
            }
            lists.add(revocationList(block.der(), "the list in line " + block.line()));
        }
        return List.copyOf(lists);
    }

    static boolean isCertificate(PemBlock block) {
        return block.is("CERTIFICATE") || block.is("X509 CERTIFICATE");
    }

    static X509Certificate certificate(PemBlock block) throws BadMaterial {
        if (block.der().length > LARGEST_CERTIFICATE) {
            throw new BadMaterial("the certificate in line " + block.line() + " has " + block.der().length
                    + " bytes (expected: at most " + LARGEST_CERTIFICATE + ")", "");
        }
        try {
            return decode(block.der());
        } catch (CertificateException e) {
            throw new BadMaterial("the certificate in line " + block.line() + " cannot be read (expected: X.509)",
                    "the file was damaged or is cut off");
        }
    }

    private static X509Certificate decode(byte[] der) throws CertificateException {
        ByteArrayInputStream in = new ByteArrayInputStream(der);
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            if (in.available() == 0) {
                return certificate;
            }
        } catch (RuntimeException e) {
            throw new CertificateException(e);
        }
        throw new CertificateException("bytes behind it");
    }

    private static X509CRL revocationList(byte[] der, String which) throws BadMaterial {
        try {
            return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
        } catch (CertificateException | CRLException | RuntimeException e) {
            throw new BadMaterial(which + " cannot be read as a revocation list (expected: an X.509 CRL)", "the file was damaged");
        }
    }
}
