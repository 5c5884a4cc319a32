package io.sluice.plugins.adminhttp;

import io.sluice.spi.json.Json;

/** Enough to see that something was written: the gateway's own JSON is tested where it is. */
public final class TestJson implements Json {

    @Override
    public Object read(String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <R extends Record> R read(String text, Class<R> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String write(Object value) {
        return "\"" + value + "\"";
    }
}
