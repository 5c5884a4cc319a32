package io.sluice.plugins.sendexpect;

/** Text as it may stand in a message: in quotes, bounded, with everything escaped that does not print. */
final class Quoted {

    private static final int LONGEST = 60;

    private Quoted() {
    }

    static String of(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), LONGEST); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\r' -> quoted.append("\\r");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                default -> quoted.append(c < ' ' || c > '~' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return quoted.append(text.length() > LONGEST ? "…\"" : "\"").toString();
    }
}
