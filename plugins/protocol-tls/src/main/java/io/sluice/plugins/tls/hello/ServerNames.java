package io.sluice.plugins.tls.hello;

import io.netty.util.NetUtil;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The server_name extension (RFC 6066 3). */
final class ServerNames {

    private static final int HOST_NAME = 0;
    private static final int LONGEST = 253;
    /** Host names as they are used, underscores included; whatever else there is, no certificate is for it. */
    private static final Pattern HOST = Pattern.compile("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})*");

    private ServerNames() {
    }

    static Optional<String> read(Fields extension) throws BadHello {
        Fields list = extension.vector16("server_name");
        extension.end("server_name");
        if (!list.hasMore()) {
            throw BadHello.with(Alert.DECODE_ERROR, "its list of server names is empty");
        }
        Optional<String> found = Optional.empty();
        while (list.hasMore()) {
            int type = list.uint8("server_name");
            byte[] name = list.bytes16("server_name");
            if (type == HOST_NAME) {
                if (found.isPresent()) {
                    throw BadHello.with(Alert.ILLEGAL_PARAMETER, "it asks for two server names");
                }
                found = Optional.of(check(name));
            }
        }
        return found;
    }

    private static String check(byte[] bytes) throws BadHello {
        String name = new String(bytes, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (NetUtil.isValidIpV4Address(name) || NetUtil.isValidIpV6Address(name)
                || name.length() <= LONGEST && HOST.matcher(name).matches()) {
            return name;
        }
        throw BadHello.with(Alert.ILLEGAL_PARAMETER, "its server name is no host name (" + bytes.length + " bytes)");
    }
}
