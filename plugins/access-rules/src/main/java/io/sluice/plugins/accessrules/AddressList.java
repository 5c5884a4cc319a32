package io.sluice.plugins.accessrules;

import io.sluice.spi.config.Findings;
import java.util.ArrayList;
import java.util.List;

/** Reads a list of addresses and networks, and says what is wrong with each entry. */
final class AddressList {

    private static final int LONGEST_QUOTE = 60;

    private AddressList() {
    }

    static AddressSet read(String field, List<String> entries, Findings findings) {
        List<Network> networks = new ArrayList<>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            String entry = entries.get(i);
            String place = field + "[" + i + "]";
            try {
                Network network = Network.parse(entry);
                if (network.hasHostBits()) {
                    findings.warning(place, quoted(entry) + " (expected: " + network.aligned() + ")",
                            "bits beyond the prefix are set; it is taken as " + network.aligned());
                }
                networks.add(network.aligned());
            } catch (BadAddress e) {
                findings.error(place, quoted(entry) + " (expected: " + e.getMessage() + ")", hint(entry));
            }
        }
        return AddressSet.of(networks);
    }

    private static String hint(String entry) {
        if (entry.isBlank() || entry.equals("...")) {
            return "this is a placeholder: put an address there, or remove it";
        }
        return "write 192.0.2.7, 10.0.0.0/8, 2001:db8::1 or 2001:db8::/32; host names are never resolved here";
    }

    private static String quoted(String entry) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < Math.min(entry.length(), LONGEST_QUOTE); i++) {
            char c = entry.charAt(i);
            quoted.append(c < ' ' || c > '~' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
        return quoted.append(entry.length() > LONGEST_QUOTE ? "…\"" : "\"").toString();
    }
}
