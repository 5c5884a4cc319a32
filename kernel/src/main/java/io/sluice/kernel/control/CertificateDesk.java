package io.sluice.kernel.control;

import io.sluice.kernel.json.JsonValue.JsonArray;
import io.sluice.kernel.json.JsonValue.JsonObject;
import io.sluice.kernel.json.JsonValue.JsonString;
import io.sluice.kernel.json.JsonValue;
import io.sluice.kernel.plan.RawService;
import io.sluice.kernel.store.CertificateFolder;
import io.sluice.kernel.store.CertificateText;
import io.sluice.spi.control.CertificateControl;
import io.sluice.spi.control.CertificateStatus;
import io.sluice.spi.control.ControlRefused.Reason;
import io.sluice.spi.control.ControlRefused;
import io.sluice.spi.control.ServiceControl.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The store of certificates, and those that definitions bring along. */
final class CertificateDesk implements CertificateControl {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

    private final Engine engine;
    private final CertificateFolder folder;

    CertificateDesk(Engine engine, CertificateFolder folder) {
        this.engine = engine;
        this.folder = folder;
    }

    @Override
    public List<CertificateStatus> all() {
        Engine.Moment moment = engine.moment();
        Map<String, CertificateViews> views = new TreeMap<>();
        Set<Path> used = new HashSet<>();
        moment.result().plan().services().values().forEach(service -> used.addAll(service.files()));
        folder.all(used).forEach((file, text) -> {
            CertificateViews view = views.computeIfAbsent(text.id(), id -> new CertificateViews(text));
            view.add(text);
            moment.result().plan().users(file).forEach(view::usedBy);
        });
        for (RawService raw : moment.definitions()) {
            strings(raw.json(), text -> mention(text, raw.id(), views));
        }
        return views.values().stream().map(CertificateViews::status).toList();
    }

    /** A definition names a stored certificate, or holds one itself. */
    private static void mention(String text, String service, Map<String, CertificateViews> views) {
        if (text.contains("-----BEGIN")) {
            CertificateText.read(text).ifPresent(inline -> {
                CertificateViews view = views.computeIfAbsent(inline.id(), id -> new CertificateViews(inline));
                view.add(inline);
                view.usedBy(service);
            });
        } else if (text.length() >= 64) {
            CertificateViews view = views.get(text.substring(text.length() - 64).toLowerCase(Locale.ROOT));
            if (view != null) {
                view.usedBy(service);
            }
        }
    }

    private static void strings(JsonValue value, Consumer<String> to) {
        if (value instanceof JsonObject object) {
            object.members().values().forEach(member -> strings(member.value(), to));
        } else if (value instanceof JsonArray array) {
            array.elements().forEach(element -> strings(element, to));
        } else if (value instanceof JsonString string) {
            to.accept(string.text());
        }
    }

    @Override
    public Optional<CertificateStatus> find(String id) {
        String wanted = id.toLowerCase(Locale.ROOT);
        return all().stream().filter(one -> one.id().equals(wanted)).findFirst();
    }

    @Override
    public CertificateStatus put(Optional<String> given, String pem, Mode mode) throws ControlRefused {
        CertificateText text;
        try {
            text = CertificateText.checked(pem);
        } catch (CertificateText.Bad e) {
            throw new ControlRefused(Reason.INVALID, e.getMessage());
        }
        String id = text.id();
        if (given.filter(one -> !one.equalsIgnoreCase(id)).isPresent()) {
            throw new ControlRefused(Reason.INVALID, "the certificate's id is " + id
                    + " (expected: the one in the path, which is the SHA-256 of its first DER)");
        }
        if (mode == Mode.DRY_RUN) {
            return new CertificateViews(text).status();
        }
        return engine.inTurn(() -> {
            // the settings may name another folder by now
            engine.catchUp();
            try {
                folder.put(id, pem);
            } catch (IOException e) {
                throw notStored(e);
            }
            engine.reread("api", "stored certificate " + id);
            return find(id).orElseGet(() -> new CertificateViews(text).status());
        });
    }

    @Override
    public void delete(String id, Mode mode) throws ControlRefused {
        String wanted = id.toLowerCase(Locale.ROOT);
        engine.inTurn(() -> {
            // a definition that was edited just now may use it
            engine.catchUp();
            CertificateStatus status = find(wanted).orElseThrow(() ->
                    new ControlRefused(Reason.UNKNOWN, "there is no such certificate"));
            if (!status.usedBy().isEmpty()) {
                throw new ControlRefused(Reason.IN_USE, "services use it: " + String.join(", ", status.usedBy()));
            }
            if (!ID.matcher(wanted).matches() || !Files.exists(folder.file(wanted))) {
                throw new ControlRefused(Reason.IN_USE, "it was not uploaded, so its file is not the gateway's to remove");
            }
            if (mode == Mode.APPLY) {
                try {
                    folder.delete(wanted);
                } catch (IOException e) {
                    throw notStored(e);
                }
            }
            return null;
        });
    }

    /** The text of a stored certificate. */
    Optional<String> pem(String id) {
        try {
            return ID.matcher(id).matches() && Files.exists(folder.file(id))
                    ? Optional.of(CertificateText.text(Files.readAllBytes(folder.file(id)))) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static ControlRefused notStored(IOException error) {
        return new ControlRefused(Reason.UNAVAILABLE, "the store of certificates cannot be written: " + error);
    }
}
