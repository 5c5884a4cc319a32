package io.sluice.plugins.filediscovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.spi.connection.ServiceInfo;
import io.sluice.spi.discovery.PreparedDiscovery;
import io.sluice.spi.discovery.TargetDiscovery;
import io.sluice.testing.config.RecordedFindings;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileDiscoveryTest {

    private final RecordedFindings findings = new RecordedFindings();

    private PreparedDiscovery prepare(String path) {
        return new FileDiscovery().prepare(new FileConfig(path), new ServiceInfo("s", "s", "", "0.0.0.0", 1), findings);
    }

    @Test
    void isFoundByItsServicesFile() {
        assertThat(ServiceLoader.load(TargetDiscovery.class)).singleElement().isInstanceOf(FileDiscovery.class)
                .matches(discovery -> discovery.name().equals("file") && !discovery.isDefault());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../x.json", "a/../../x.json", "", ".", "a/..", "a\u0000b"})
    void pathsOutsideOfTheConfigurationAreErrors(String path) {
        prepare(path);

        assertThat(findings.lines()).singleElement().asString()
                .isEqualTo("error: path: \"" + path + "\" (expected: a file below conf/, relative to it)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"targets.json", "targets/redis.json", "./a/../b.json", "..targets"})
    void pathsBelowAreTaken(String path) {
        assertThat(prepare(path)).isNotNull();
        assertThat(findings.lines()).isEmpty();
    }
}
