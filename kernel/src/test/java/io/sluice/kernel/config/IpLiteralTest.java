package io.sluice.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpLiteralTest {

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1:80", "::1, [::1]:80", "2001:db8:0:0:1:0:0:1, [2001:db8::1:0:0:1]:80"})
    void addressWithItsPortIsWrittenAsInTheAccessLog(String literal, String expected) throws Exception {
        assertThat(IpLiteral.text(new InetSocketAddress(InetAddress.getByName(literal), 80))).isEqualTo(expected);
    }
}
