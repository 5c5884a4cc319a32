package io.sluice.plugins.adminhttp.api;

import io.sluice.spi.admin.AdminHandler;
import io.sluice.spi.admin.AdminRequest;
import io.sluice.spi.admin.AdminResponse;
import io.sluice.spi.admin.AdminRoute.Access;
import io.sluice.spi.admin.AdminRoute;
import io.sluice.spi.control.ControlRefused.Reason;
import io.sluice.spi.control.Preview;
import io.sluice.spi.control.ControlRefused;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A route, and what the API's document says of it. */
final class Operation {

    private final String method;
    private final String path;
    private final String summary;
    private final List<Parameter> parameters = new ArrayList<>();
    private Access access = Access.KEY;
    private Shape body;
    private boolean bodyRequired;
    private Shape answer;
    private boolean creates;
    private boolean tagged;
    private boolean conditional;
    private Shape failure;
    private List<Integer> refusals = List.of();
    private AdminHandler handler;

    /** A query parameter or a header. */
    record Parameter(String in, String name, String description, Map<String, Object> schema) {
    }

    private Operation(String method, String path, String summary) {
        this.method = method;
        this.path = path;
        this.summary = summary;
    }

    static Operation of(String method, String path, String summary) {
        return new Operation(method, path, summary);
    }

    Operation open(Access to) {
        access = to;
        return this;
    }

    Operation query(String name, String description) {
        return query(name, description, Map.of("type", "string"));
    }

    /** A parameter that is {@code true} or {@code false}. */
    Operation flag(String name, String description) {
        return query(name, description, Map.of("type", "boolean", "default", false));
    }

    /** A parameter that is a whole number. */
    Operation number(String name, String description, int least, int most) {
        return query(name, description, Map.of("type", "integer", "minimum", least, "maximum", most));
    }

    private Operation query(String name, String description, Map<String, Object> schema) {
        parameters.add(new Parameter("query", name, description, schema));
        return this;
    }

    /** It answers a part of a list at a time. */
    Operation paged() {
        return query("limit", "how many", Map.of("type", "integer", "minimum", 1, "maximum", Page.MOST, "default", Page.USUAL))
                .query("cursor", "\"next\" of the page before");
    }

    Operation header(String name, String description) {
        parameters.add(new Parameter("header", name, description, Map.of("type", "string")));
        return this;
    }

    Operation takes(Shape shape) {
        body = shape;
        bodyRequired = true;
        return this;
    }

    Operation mayTake(Shape shape) {
        body = shape;
        return this;
    }

    Operation answers(Shape shape) {
        answer = shape;
        return this;
    }

    /** It answers 201 with the same where something is new. */
    Operation creates() {
        creates = true;
        return this;
    }

    /** Its answers have an entity tag. */
    Operation tagged() {
        tagged = true;
        return this;
    }

    /** Whoever has what it would answer is told so with 304. */
    Operation conditional() {
        conditional = true;
        return this;
    }

    /** It answers 503 with this where it does not fail, but says no. */
    Operation orAnswers503(Shape shape) {
        failure = shape;
        return this;
    }

    /** The refusals that it has besides those that every operation may have. */
    Operation refuses(Integer... statuses) {
        refusals = List.of(statuses);
        return this;
    }

    Operation by(AdminHandler with) {
        handler = with;
        return this;
    }

    AdminRoute route() {
        return new AdminRoute(method, path, access, method.equals("GET") ? handler : this::change);
    }

    /** Whether a body is a mistake: one that is passed over in silence says something that is not done. */
    boolean isWithoutBody() {
        return body == null && !method.equals("GET");
    }

    /** Clients made for JSON send an empty object where there is nothing to say. */
    private static boolean asksForNothing(byte[] body) {
        return body.length == 0 || new String(body, StandardCharsets.UTF_8).matches("\\s*+(\\{\\s*+\\}\\s*+)?");
    }

    /** What asks for something that it does not get is not done at all: a misspelt {@code dry_run} would be a change. */
    private AdminResponse change(AdminRequest request) throws ControlRefused {
        List<String> known = parameters.stream().filter(parameter -> parameter.in().equals("query")).map(Parameter::name).toList();
        for (Map.Entry<String, List<String>> parameter : request.query().entrySet()) {
            String name = parameter.getKey();
            if (!known.contains(name)) {
                throw new ControlRefused(Reason.INVALID, "unknown parameter in the query: " + name + " (expected: "
                        + (known.isEmpty() ? "none" : String.join(", ", known)) + ")");
            }
            if (parameter.getValue().size() > 1) {
                throw new ControlRefused(Reason.INVALID, name + ": given " + parameter.getValue().size() + " times: "
                        + String.join(", ", parameter.getValue()) + " (expected: once)");
            }
        }
        if (isWithoutBody() && !asksForNothing(request.body())) {
            throw new ControlRefused(Reason.INVALID, "the request has a body (expected: none)");
        }
        return handler.handle(request);
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    String summary() {
        return summary;
    }

    Access access() {
        return access;
    }

    List<Parameter> parameters() {
        return parameters;
    }

    Shape body() {
        return body;
    }

    boolean bodyRequired() {
        return bodyRequired;
    }

    Shape answer() {
        return answer;
    }

    boolean isCreating() {
        return creates;
    }

    boolean isTagged() {
        return tagged;
    }

    boolean isConditional() {
        return conditional;
    }

    /** Whether it may be asked only to say what it would do, and it is not all that it does. */
    boolean isPreviewed() {
        return !answer.equals(new Shape.Of(Preview.class)) && parameters.stream().anyMatch(parameter -> parameter.name().equals("dry_run"));
    }

    /** What it answers with 503; {@code null} if nothing but a refusal. */
    Shape failure() {
        return failure;
    }

    List<Integer> refusals() {
        return refusals;
    }
}
