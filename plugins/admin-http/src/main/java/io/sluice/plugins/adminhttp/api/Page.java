package io.sluice.plugins.adminhttp.api;

import io.sluice.spi.admin.AdminRequest;
import io.sluice.spi.control.ControlRefused.Reason;
import io.sluice.spi.control.ControlRefused;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A page of a list: {@code limit} of its items from {@code cursor} on. The cursor names the last item that was seen and its
 * place, so that a list that changes meanwhile goes on where it was.
 */
final class Page {

    static final int USUAL = 1000;
    static final int MOST = 10_000;

    private Page() {
    }

    static <T> Map<String, Object> of(AdminRequest request, List<T> all, Function<T, String> key) throws ControlRefused {
        int limit = limit(request);
        int from = from(cursor(request), all, key);
        int to = Math.min(all.size(), from + limit);
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("items", all.subList(from, to));
        page.put("total", all.size());
        if (to < all.size()) {
            page.put("next", Base64.getUrlEncoder().withoutPadding().encodeToString(
                    (to - 1 + ":" + key.apply(all.get(to - 1))).getBytes(StandardCharsets.UTF_8)));
        }
        return page;
    }

    static int limit(AdminRequest request) throws ControlRefused {
        return Answers.number(request, "limit", USUAL, 1, MOST);
    }

    static String cursor(AdminRequest request) {
        return request.parameter("cursor").orElse("");
    }

    private static <T> int from(String cursor, List<T> all, Function<T, String> key) throws ControlRefused {
        if (cursor.isEmpty()) {
            return 0;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            int place = Integer.parseInt(text.substring(0, colon));
            String last = text.substring(colon + 1);
            if (place < 0) {
                throw new IllegalArgumentException();
            }
            // items before it may have gone: it stands where it was, or further to the front
            for (int i = Math.min(place, all.size() - 1); i >= 0; i--) {
                if (key.apply(all.get(i)).equals(last)) {
                    return i + 1;
                }
            }
            return Math.min(place, all.size());
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw new ControlRefused(Reason.INVALID, "cursor (expected: the \"next\" of an earlier page)");
        }
    }
}
