package io.sluice.plugins.tls.client;

import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.SslContext;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The keys that seal one context's session tickets: its own, so a session of one service is nothing to another; replaced
 * every hour, so a key that leaks opens little. Sessions live in tickets only: the gateway keeps none, whatever clients
 * do. The JDK's provider does the same by itself. Thread-safe.
 */
final class TicketKeys {

    static final Duration LIFETIME = Duration.ofHours(1);

    private static final int NAME = OpenSslSessionTicketKey.NAME_SIZE;
    private static final int HMAC = OpenSslSessionTicketKey.HMAC_KEY_SIZE;
    private static final int AES = OpenSslSessionTicketKey.AES_KEY_SIZE;

    private final SecureRandom random = new SecureRandom();
    private final OpenSslSessionContext sessions;
    private final AtomicLong due;
    private OpenSslSessionTicketKey current;

    private TicketKeys(OpenSslSessionContext sessions) {
        this.sessions = sessions;
        this.due = new AtomicLong(System.nanoTime());
        if (sessions != null) {
            sessions.setSessionCacheEnabled(false);
        }
        rotateIfDue();
    }

    /** For a context that was just made. */
    static TicketKeys of(SslContext context) {
        context.sessionContext().setSessionTimeout((int) LIFETIME.toSeconds());
        if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
            return new TicketKeys(sessions);
        }
        // for clients of TLS 1.2 that take no tickets; 0 would mean no bound
        context.sessionContext().setSessionCacheSize(1);
        return new TicketKeys(null);
    }

    /** Replaces the key if it is old; the one before still opens what it sealed. Any event loop. */
    void rotateIfDue() {
        long now = System.nanoTime();
        long when = due.get();
        if (sessions != null && now - when >= 0 && due.compareAndSet(when, now + LIFETIME.toNanos())) {
            rotate();
        }
    }

    private synchronized void rotate() {
        byte[] key = new byte[NAME + HMAC + AES];
        random.nextBytes(key);
        OpenSslSessionTicketKey next = new OpenSslSessionTicketKey(Arrays.copyOf(key, NAME),
                Arrays.copyOfRange(key, NAME, NAME + HMAC), Arrays.copyOfRange(key, NAME + HMAC, key.length));
        if (current == null) {
            sessions.setTicketKeys(next);
        } else {
            sessions.setTicketKeys(next, current);
        }
        current = next;
    }
}
