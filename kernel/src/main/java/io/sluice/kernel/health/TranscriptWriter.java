package io.sluice.kernel.health;

import io.sluice.kernel.upstream.ProbeReport;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes down one probe, step by step. Event loop only. */
final class TranscriptWriter {

    /** So many bytes of what a step sent, and of what it saw, are kept. */
    static final int KEPT = 512;

    private final String check;
    private final Instant time = Instant.now();
    private final long began = System.nanoTime();
    private final List<ProbeReport.Entry> entries = new ArrayList<>(4);
    private final Map<String, String> facts = new HashMap<>();
    private String step = "connect";
    private String expected = "";
    private ByteArrayOutputStream sent;
    private ByteArrayOutputStream received;
    private long stepBegan = began;

    TranscriptWriter(String check) {
        this.check = check;
    }

    void begin(String name, String expectation) {
        step = name;
        expected = expectation;
        sent = null;
        received = null;
        stepBegan = System.nanoTime();
    }

    void sent(byte[] bytes) {
        sent = keep(sent, bytes);
    }

    void received(byte[] bytes) {
        received = keep(received, bytes);
    }

    int receivedSoFar() {
        return received == null ? 0 : received.size();
    }

    void learnt(Map<String, String> more) {
        facts.putAll(more);
    }

    void passed() {
        end(-1, true, "passed");
    }

    void failed(String reason, int differed) {
        end(differed < KEPT ? differed : -1, false, reason);
    }

    private void end(int differed, boolean passed, String verdict) {
        entries.add(new ProbeReport.Entry(step, bytes(sent), expected, bytes(received), differed, passed, verdict,
                Duration.ofNanos(System.nanoTime() - stepBegan)));
    }

    ProbeReport report(boolean healthy, String reason) {
        return new ProbeReport(check, time, healthy, reason, Duration.ofNanos(System.nanoTime() - began), entries, facts);
    }

    private static ByteArrayOutputStream keep(ByteArrayOutputStream kept, byte[] bytes) {
        ByteArrayOutputStream to = kept == null ? new ByteArrayOutputStream(Math.min(bytes.length, KEPT)) : kept;
        to.write(bytes, 0, Math.min(bytes.length, KEPT - to.size()));
        return to;
    }

    private static byte[] bytes(ByteArrayOutputStream kept) {
        return kept == null ? new byte[0] : kept.toByteArray();
    }
}
