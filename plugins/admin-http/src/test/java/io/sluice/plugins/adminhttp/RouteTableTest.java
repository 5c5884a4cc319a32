package io.sluice.plugins.adminhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.spi.admin.AdminRoute.Access;
import io.sluice.spi.admin.AdminRoute;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteTableTest {

    private final RouteTable table = new RouteTable(List.of(route("GET", "/v1/a/{id}"), route("GET", "/v1/a/fixed"),
            route("DELETE", "/v1/a/{id}"), route("GET", "/v1/a")),
            () -> List.of(route("GET", "/v1/a"), route("GET", "/"), route("GET", "/assets/{rest...}"), route("GET", "/tyk/{x}")));

    @Test
    void literalSegmentWinsOverAVariable() {
        assertThat(path("v1", "a", "fixed")).isEqualTo("/v1/a/fixed");
        assertThat(path("v1", "a", "other")).isEqualTo("/v1/a/{id}");
        assertThat(table.find(List.of("v1", "a", "x/y")).of("GET").orElseThrow().variables()).isEqualTo(Map.of("id", "x/y"));
    }

    @Test
    void restTakesAllThatFollowsNoneIncluded() {
        assertThat(table.find(List.of("assets", "a", "b.js")).of("GET").orElseThrow().variables()).isEqualTo(Map.of("rest", "a/b.js"));
        assertThat(table.find(List.of("assets")).of("GET").orElseThrow().variables()).isEqualTo(Map.of("rest", ""));
        assertThat(path()).isEqualTo("/");
    }

    @Test
    void ownRoutesWinOverMountedOnes() {
        assertThat(table.find(List.of("v1", "a")).of("GET").orElseThrow().route().access()).isEqualTo(Access.KEY);
        assertThat(path("tyk", "apis")).isEqualTo("/tyk/{x}");
    }

    @Test
    void headIsAnsweredByGetAndMethodsAreListed() {
        assertThat(table.find(List.of("v1", "a")).of("HEAD")).isPresent();
        assertThat(table.find(List.of("v1", "a", "x")).methods()).containsExactlyInAnyOrder("GET", "HEAD", "DELETE");
        assertThat(table.find(List.of("v1", "a", "x")).of("PUT")).isEmpty();
    }

    @Test
    void nothingIsFoundForOtherPaths() {
        for (List<String> path : List.of(List.of("v1"), List.of("v1", "a", "x", "y"), List.of("V1", "a"), List.of("v1", "a", "x", ""),
                List.of(""))) {
            assertThat(table.find(path).isEmpty()).as(path.toString()).isTrue();
        }
    }

    private String path(String... segments) {
        return table.find(List.of(segments)).of("GET").orElseThrow().route().path();
    }

    private static AdminRoute route(String method, String path) {
        return new AdminRoute(method, path, Access.KEY, request -> null);
    }
}
