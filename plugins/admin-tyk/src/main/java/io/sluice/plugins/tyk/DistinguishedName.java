package io.sluice.plugins.tyk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** A name of RFC 4514 in the shape in which Tyk, being written in Go, shows it: {@code pkix.Name} as JSON. */
final class DistinguishedName {

    private static final Map<String, String> LISTS = Map.of("C", "Country", "O", "Organization", "OU", "OrganizationalUnit",
            "L", "Locality", "ST", "Province", "STREET", "StreetAddress", "POSTALCODE", "PostalCode");
    private static final List<String> ORDER = List.of("Country", "Organization", "OrganizationalUnit", "Locality",
            "Province", "StreetAddress", "PostalCode");

    private DistinguishedName() {
    }

    static Map<String, Object> fields(String name) {
        Map<String, Object> fields = new LinkedHashMap<>();
        ORDER.forEach(field -> fields.put(field, null));
        fields.put("SerialNumber", "");
        fields.put("CommonName", commonName(name));
        for (Rdn part : parts(name)) {
            String type = part.getType().toUpperCase(Locale.ROOT);
            if (LISTS.containsKey(type)) {
                List<Object> values = new ArrayList<>();
                if (fields.get(LISTS.get(type)) instanceof List<?> earlier) {
                    values.addAll(earlier);
                }
                values.add(part.getValue().toString());
                fields.put(LISTS.get(type), values);
            } else if (type.equals("SERIALNUMBER")) {
                fields.put("SerialNumber", part.getValue().toString());
            }
        }
        return fields;
    }

    static String commonName(String name) {
        return parts(name).stream().filter(part -> part.getType().equalsIgnoreCase("CN"))
                .map(part -> part.getValue().toString()).findFirst().orElse("");
    }

    /** From the most general part to the most particular one. */
    private static List<Rdn> parts(String name) {
        try {
            return new LdapName(name).getRdns();
        } catch (InvalidNameException e) {
            return List.of();
        }
    }
}
