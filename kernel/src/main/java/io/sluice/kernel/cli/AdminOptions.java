package io.sluice.kernel.cli;

import io.sluice.kernel.gateway.Folders;
import io.sluice.kernel.remote.AdminClient;
import io.sluice.kernel.remote.AdminFailure;
import io.sluice.kernel.remote.AdminKey;
import io.sluice.kernel.remote.AdminLocation;
import java.net.URI;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which gateway a command talks to: that of a base folder, or one at an address with a key. */
final class AdminOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private BaseOption base;

    @Option(names = "--admin", paramLabel = "URL", description = "where the gateway's admin API is: http://HOST:PORT or unix:PATH (default: as conf/sluice.json says)")
    private URI admin;

    @Option(names = "--key-file", paramLabel = "FILE", description = "file that holds the key of the admin API")
    private Path keyFile;

    private static boolean isPlace(URI url) {
        return "unix".equals(url.getScheme()) ? url.getFragment() == null && url.getSchemeSpecificPart().indexOf('\0') < 0
                : url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()));
    }

    AdminClient client() throws AdminFailure {
        if (admin != null && !isPlace(admin)) {
            throw new ParameterException(spec.commandLine(), "--admin: " + admin
                    + " (expected: like http://127.0.0.1:9700, or unix:/run/sluice/admin.sock)");
        }
        if (admin != null && keyFile != null) {
            return new AdminClient(new AdminLocation(admin, AdminKey.given(keyFile)));
        }
        Folders folders = new Folders(BaseOption.home(), base.base(), false);
        if (admin != null) {
            return new AdminClient(AdminLocation.at(admin, folders.conf(), folders.data(), System.getenv()));
        }
        AdminLocation told = AdminLocation.of(folders.conf(), folders.data(), System.getenv());
        return new AdminClient(keyFile == null ? told : new AdminLocation(told.url(), AdminKey.given(keyFile)));
    }
}
