package io.sluice.plugins.adminhttp;

import io.sluice.spi.admin.AdminRoute.Access;
import io.sluice.spi.admin.AdminRoute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Finds the route of a request: the server's own ones first, then those that plugins have mounted. */
final class RouteTable {

    private final List<AdminRoute> own;
    private final Supplier<List<AdminRoute>> mounted;

    RouteTable(List<AdminRoute> own, Supplier<List<AdminRoute>> mounted) {
        this.own = List.copyOf(own);
        this.mounted = mounted;
    }

    /** What there is for a path, by method. */
    record Found(Map<String, Match> byMethod) {

        /** The route of a method; {@code HEAD} is answered by {@code GET}. */
        Optional<Match> of(String method) {
            return Optional.ofNullable(byMethod.get(method.equals("HEAD") ? "GET" : method));
        }

        /** The methods that the path has. */
        Set<String> methods() {
            Set<String> methods = new LinkedHashSet<>(byMethod.keySet());
            if (methods.contains("GET")) {
                methods.add("HEAD");
            }
            return methods;
        }

        boolean isEmpty() {
            return byMethod.isEmpty();
        }
    }

    /**
     * A route that fits.
     *
     * @param variables what stands for its variables
     * @param rank      sorts before the rank of a route that is less literal
     */
    record Match(AdminRoute route, Map<String, String> variables, String rank) {
    }

    /**
     * Finds what there is for a path.
     *
     * @param segments of the path, percent-decoded
     */
    Found find(List<String> segments) {
        Map<String, Match> found = new LinkedHashMap<>();
        own.forEach(route -> match(route, segments, found));
        Map<String, Match> others = new LinkedHashMap<>();
        mounted.get().forEach(route -> match(route, segments, others));
        others.forEach(found::putIfAbsent);
        return new Found(found);
    }

    /** Who may learn that there is nothing at a path: who has the key, and others are told so as by the paths that begin alike. */
    Access around(List<String> segments) {
        Optional<String> first = segments.stream().findFirst();
        return Stream.concat(own.stream(), mounted.get().stream())
                .filter(route -> segments(route.path()).stream().findFirst().equals(first))
                .map(AdminRoute::access).filter(Access.TYK::equals).findFirst().orElse(Access.KEY);
    }

    private static void match(AdminRoute route, List<String> segments, Map<String, Match> found) {
        List<String> pattern = segments(route.path());
        Map<String, String> variables = new LinkedHashMap<>();
        StringBuilder rank = new StringBuilder();
        for (int i = 0; i < pattern.size(); i++) {
            String part = pattern.get(i);
            if (part.endsWith("...}")) {
                variables.put(part.substring(1, part.length() - 4),
                        String.join("/", segments.subList(Math.min(i, segments.size()), segments.size())));
                put(route, variables, rank.append('c').toString(), found);
                return;
            }
            if (i >= segments.size()) {
                return;
            }
            if (part.startsWith("{")) {
                variables.put(part.substring(1, part.length() - 1), segments.get(i));
                rank.append('b');
            } else if (part.equals(segments.get(i))) {
                rank.append('a');
            } else {
                return;
            }
        }
        if (pattern.size() == segments.size()) {
            put(route, variables, rank.toString(), found);
        }
    }

    /** Of two routes for one path the one that is literal further is meant. */
    private static void put(AdminRoute route, Map<String, String> variables, String rank, Map<String, Match> found) {
        Match other = found.get(route.method());
        if (other == null || rank.compareTo(other.rank()) < 0) {
            found.put(route.method(), new Match(route, variables, rank));
        }
    }

    /** The segments of a path that begins with a slash; none for the root. */
    static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        if (path.length() > 1) {
            segments.addAll(List.of(path.substring(1).split("/", -1)));
        }
        return segments;
    }
}
