package io.sluice.plugins.tls.hello;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes a ClientHello apart. */
final class HelloParser {

    private static final int RANDOM = 32;
    private static final int LONGEST_SESSION_ID = 32;
    private static final int SERVER_NAME = 0;
    private static final int SUPPORTED_GROUPS = 10;
    private static final int SIGNATURE_ALGORITHMS = 13;
    private static final int ALPN = 16;
    private static final int SUPPORTED_VERSIONS = 43;

    private final Fields body;
    private Set<Integer> versions;
    private Set<Integer> signatureSchemes = Set.of();
    private Set<Integer> groups = Set.of();
    private Optional<String> serverName = Optional.empty();
    private List<String> alpn = List.of();

    private HelloParser(Fields body) {
        this.body = body;
    }

    /**
     * @param message the handshake message without its header
     */
    static ClientHello parse(byte[] message) throws BadHello {
        return new HelloParser(new Fields(message, 0, message.length)).parse();
    }

    private ClientHello parse() throws BadHello {
        versions = Set.of(body.uint16("version"));
        body.skip(RANDOM, "random");
        if (sessionId() > LONGEST_SESSION_ID) {
            throw BadHello.with(Alert.DECODE_ERROR, "its session id is longer than 32 bytes");
        }
        Set<Integer> suites = body.vector16("cipher suites").numbers("cipher suites");
        if (suites.isEmpty()) {
            throw BadHello.with(Alert.DECODE_ERROR, "it offers no cipher suite");
        }
        body.bytes8("compression methods");
        // extensions may be missing altogether (RFC 5246 7.4.1.2)
        if (body.hasMore()) {
            extensions(body.vector16("extensions"));
        }
        body.end("message");
        return new ClientHello(versions, suites, serverName, alpn, signatureSchemes, groups);
    }

    private int sessionId() throws BadHello {
        Fields id = body.vector8("session id");
        int length = 0;
        while (id.hasMore()) {
            id.uint8("session id");
            length++;
        }
        return length;
    }

    private void extensions(Fields extensions) throws BadHello {
        Set<Integer> seen = new HashSet<>();
        while (extensions.hasMore()) {
            int type = extensions.uint16("extensions");
            Fields extension = extensions.vector16("extensions");
            if (!seen.add(type)) {
                throw BadHello.with(Alert.ILLEGAL_PARAMETER, "it has extension " + type + " twice");
            }
            extension(type, extension);
        }
    }

    private void extension(int type, Fields extension) throws BadHello {
        switch (type) {
            case SERVER_NAME -> serverName = ServerNames.read(extension);
            case SUPPORTED_GROUPS -> groups = numbers16(extension, "supported_groups");
            case SIGNATURE_ALGORITHMS -> signatureSchemes = numbers16(extension, "signature_algorithms");
            case ALPN -> alpn = protocols(extension);
            case SUPPORTED_VERSIONS -> {
                versions = extension.vector8("supported_versions").numbers("supported_versions");
                extension.end("supported_versions");
            }
            default -> {
                // the engine's affair
            }
        }
    }

    private static Set<Integer> numbers16(Fields extension, String name) throws BadHello {
        Set<Integer> numbers = extension.vector16(name).numbers(name);
        extension.end(name);
        return numbers;
    }

    /** RFC 7301 3.1. Bytes become characters one by one, so every name survives as it is. */
    private static List<String> protocols(Fields extension) throws BadHello {
        Fields list = extension.vector16("application protocols");
        extension.end("application protocols");
        List<String> names = new ArrayList<>();
        while (list.hasMore()) {
            names.add(new String(list.bytes8("application protocols"), StandardCharsets.ISO_8859_1));
        }
        if (names.isEmpty()) {
            throw BadHello.with(Alert.DECODE_ERROR, "its list of application protocols is empty");
        }
        return names;
    }
}
