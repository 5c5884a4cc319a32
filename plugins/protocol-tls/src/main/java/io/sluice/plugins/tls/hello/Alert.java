package io.sluice.plugins.tls.hello;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Fatal alerts that are sent before there is an engine (RFC 8446 6.2). */
public enum Alert {
    /** Another message than a ClientHello came first. */
    UNEXPECTED_MESSAGE(10),
    /** A record says that it is longer than records may be. */
    RECORD_OVERFLOW(22),
    /** Nothing that the client offers can be used. */
    HANDSHAKE_FAILURE(40),
    /** A field is out of its rules. */
    ILLEGAL_PARAMETER(47),
    /** The message cannot be taken apart. */
    DECODE_ERROR(50),
    /** The client speaks none of the versions. */
    PROTOCOL_VERSION(70),
    /** No target can be reached, or another fault of this side. */
    INTERNAL_ERROR(80),
    /** No service has the name that was asked for (RFC 6066 3). */
    UNRECOGNIZED_NAME(112),
    /** The service speaks none of the application protocols that were offered (RFC 7301 3.2). */
    NO_APPLICATION_PROTOCOL(120);

    private static final int RECORD_TYPE = 21;
    private static final int LEGACY_VERSION = 0x0303;
    private static final int FATAL = 2;

    private final int code;

    Alert(int code) {
        this.code = code;
    }

    /** The alert as a record of its own. */
    public ByteBuf record(ByteBufAllocator allocator) {
        return allocator.buffer(7, 7).writeByte(RECORD_TYPE).writeShort(LEGACY_VERSION).writeShort(2)
                .writeByte(FATAL).writeByte(code);
    }
}
