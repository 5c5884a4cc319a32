package io.sluice.plugins.accesslog;

/** Writes one flat JSON object (RFC 8259) without line breaks. */
final class JsonObjectText {

    private final StringBuilder out;
    private char before = '{';

    JsonObjectText(StringBuilder out) {
        this.out = out;
    }

    JsonObjectText text(String name, String value) {
        name(name);
        if (value == null) {
            out.append("null");
        } else {
            quote(value);
        }
        return this;
    }

    JsonObjectText number(String name, Number value) {
        name(name);
        out.append(value);
        return this;
    }

    void end() {
        out.append(before == '{' ? "{}" : "}");
    }

    private void name(String name) {
        out.append(before);
        before = ',';
        quote(name);
        out.append(':');
    }

    private void quote(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (isPair(value, i)) {
                out.append(c).append(value.charAt(++i));
            } else if (mustBeEscaped(c)) {
                out.append("\\u").append(String.format("%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    /**
     * Controls, the separators that some readers take for line ends, and what a careless viewer of logs would take for
     * markup; a lone surrogate has no UTF-8 form.
     */
    private static boolean mustBeEscaped(char c) {
        return c < ' ' || c == '<' || c == '>' || c == '&' || c >= 0x7f && c < 0xa0 || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c);
    }

    private static boolean isPair(String value, int at) {
        return Character.isHighSurrogate(value.charAt(at)) && at + 1 < value.length()
                && Character.isLowSurrogate(value.charAt(at + 1));
    }
}
