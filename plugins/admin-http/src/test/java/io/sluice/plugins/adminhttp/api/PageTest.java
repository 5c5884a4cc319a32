package io.sluice.plugins.adminhttp.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.spi.admin.AdminRequest;
import io.sluice.spi.control.ControlRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PageTest {

    @Test
    void pagesFollowEachOther() throws ControlRefused {
        List<String> all = items(0, 10);
        Map<String, Object> first = page(all, 4, "");
        assertThat(first).containsEntry("items", items(0, 4)).containsEntry("total", 10);
        Map<String, Object> second = page(all, 4, first.get("next").toString());
        assertThat(second).containsEntry("items", items(4, 8));
        assertThat(page(all, 4, second.get("next").toString())).containsEntry("items", items(8, 10)).doesNotContainKey("next");
    }

    @Test
    void listThatHasChangedGoesOnWhereItWas() throws ControlRefused {
        String next = page(items(0, 10), 4, "").get("next").toString();
        assertThat(page(items(2, 10), 4, next)).as("earlier ones have gone").containsEntry("items", items(4, 8));
        List<String> without = new ArrayList<>(items(0, 10));
        without.remove("item-3");
        assertThat(page(without, 4, next).get("items")).as("the last one seen has gone").asInstanceOf(
                org.assertj.core.api.InstanceOfAssertFactories.LIST).contains("item-4");
        assertThat(page(List.of(), 4, next)).containsEntry("items", List.of());
    }

    @Test
    void whatIsNoCursorOrLimitIsRefused() {
        for (String cursor : List.of("x", "!!", "LTE6YQ", "YTpi", "MQ")) {
            assertThatThrownBy(() -> page(items(0, 3), 1, cursor)).as(cursor).isInstanceOf(ControlRefused.class);
        }
        for (int limit : new int[] {0, -1, 10_001}) {
            assertThatThrownBy(() -> page(items(0, 3), limit, "")).isInstanceOf(ControlRefused.class);
        }
    }

    private static List<String> items(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "item-" + i).toList();
    }

    private static Map<String, Object> page(List<String> all, int limit, String cursor) throws ControlRefused {
        return Page.of(new AdminRequest("GET", "/", Map.of(), Map.of("limit", List.of("" + limit), "cursor", List.of(cursor)),
                Map.of(), new byte[0]), all, item -> item);
    }
}
