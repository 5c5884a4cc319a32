package io.sluice.kernel.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InheritanceTest {

    @Test
    void nothingIsSaidAndNothingInherited() {
        assertThat(said(Map.of()).names()).isEmpty();
        assertThat(said(Map.of("sluice.listen.fds", "0", "sluice.listen.pid", "7")).names()).isEmpty();
    }

    @Test
    void namesGoWithDescriptors() {
        Inheritance said = said(Map.of("sluice.listen.fds", "3", "sluice.listen.pid", "7", "sluice.listen.names", "web::db"));

        assertThat(said.names()).containsExactly("web", "", "db");
        assertThat(said.isFor(7)).isTrue();
        assertThat(said.isFor(77)).isFalse();
    }

    @Test
    void namesThatDoNotGoWithTheDescriptorsAreForgotten() {
        assertThat(said(Map.of("sluice.listen.fds", "2")).names()).containsExactly("", "");
        assertThat(said(Map.of("sluice.listen.fds", "2", "sluice.listen.names", "web")).names()).containsExactly("", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-1", "1 ", "0x3", "many", "65536", "99999", "1000000", "4294967297", "٣"})
    void aCountThatIsNoneIsNamed(String count) {
        assertThatThrownBy(() -> said(Map.of("sluice.listen.fds", count))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("LISTEN_FDS: \"" + count + "\" (expected: a number up to 65535)");
    }

    private static Inheritance said(Map<String, String> properties) {
        return Inheritance.of(properties::get);
    }
}
