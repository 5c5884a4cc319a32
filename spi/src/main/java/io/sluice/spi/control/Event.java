package io.sluice.spi.control;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that has happened.
 *
 * @param id   counts the events of this run of the gateway, from 1
 * @param time when
 * @param type {@code HostUp}, {@code HostDown}, {@code PlanApplied}, {@code PlanRefused}, {@code PluginState},
 *             {@code CertificateReplaced}, {@code CertificateExpiring}, {@code ListenerState}, {@code ProblemRaised},
 *             {@code ProblemCleared}; more may come
 * @param data what it is about, as plain JSON values: {@code service}, {@code target}, {@code reason} and others as they
 *             apply
 * @since 1.0
 */
public record Event(long id, Instant time, String type, Map<String, Object> data) {

    public Event {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }
}
