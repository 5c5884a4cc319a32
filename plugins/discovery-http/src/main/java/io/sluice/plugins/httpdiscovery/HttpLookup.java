package io.sluice.plugins.httpdiscovery;

import io.sluice.spi.discovery.DiscoveryAnswer;
import io.sluice.spi.discovery.DiscoveryException;
import io.sluice.spi.discovery.TargetLookup;
import io.sluice.spi.json.Json;
import io.sluice.spi.json.JsonException;
import io.sluice.spi.json.JsonMistake;

/** Asks an endpoint, and finds the targets in its answer. */
final class HttpLookup implements TargetLookup {

    private final HttpConfig config;
    private final Endpoint endpoint;
    private final Json json;
    private final Query query;

    HttpLookup(HttpConfig config, Endpoint endpoint, Json json) {
        this.config = config;
        this.endpoint = endpoint;
        this.json = json;
        this.query = new Query(endpoint, config.headers(), config.timeout());
    }

    @Override
    public DiscoveryAnswer look() throws DiscoveryException {
        String body = query.body();
        Object answer;
        try {
            answer = json.read(body);
        } catch (JsonException e) {
            throw new DiscoveryException(endpoint + " answered " + notJson(body, e), e);
        }
        try {
            return new DiscoveryAnswer(new AnswerShape(config, json).targets(answer), config.validFor());
        } catch (DiscoveryException e) {
            throw new DiscoveryException(endpoint + " answered " + e.getMessage(), e);
        }
    }

    private static String notJson(String body, JsonException e) {
        String start = body.stripLeading();
        if (start.isEmpty()) {
            return "nothing (expected: JSON)";
        }
        if (start.startsWith("<")) {
            return "HTML or XML (expected: JSON; is the path right, and does it need a header?)";
        }
        JsonMistake mistake = e.mistakes().get(0);
        return "something that is not JSON: line " + mistake.line() + ", column " + mistake.column() + ": "
                + mistake.message();
    }

    @Override
    public void close() {
        query.close();
    }
}
