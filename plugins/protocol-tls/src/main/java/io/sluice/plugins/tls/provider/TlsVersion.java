package io.sluice.plugins.tls.provider;

import io.sluice.spi.config.Spelling;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A version of TLS that the gateway speaks. What is older is broken (RFC 8996) and refused. */
public enum TlsVersion {
    /** RFC 5246. */
    @Spelling({"1.2", "771", "TLSv1.2"})
    TLS_1_2("TLSv1.2", "1.2", "771"),
    /** RFC 8446. */
    @Spelling({"1.3", "772", "TLSv1.3"})
    TLS_1_3("TLSv1.3", "1.3", "772");

    /** What a message says after "expected". */
    public static final String RULE = "1.2 or 1.3, or their numbers 771 and 772";

    private final String standardName;
    private final String text;
    private final String number;

    TlsVersion(String standardName, String text, String number) {
        this.standardName = standardName;
        this.text = text;
        this.number = number;
    }

    /** As Java names it: {@code TLSv1.3}. */
    public String standardName() {
        return standardName;
    }

    /** Reads {@code 1.2}, {@code 771} or {@code TLSv1.2}. */
    public static Optional<TlsVersion> parse(String written) {
        return Arrays.stream(values()).filter(version -> version.text.equals(written) || version.number.equals(written)
                || version.standardName.equalsIgnoreCase(written)).findFirst();
    }

    /** All versions from this one up to another, as engines want them; empty if the other is lower. */
    public List<String> upTo(TlsVersion highest) {
        return Arrays.stream(values()).filter(version -> version.compareTo(this) >= 0 && version.compareTo(highest) <= 0)
                .map(TlsVersion::standardName).toList();
    }
}
