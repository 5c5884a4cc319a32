package io.sluice.kernel.cli;

import io.sluice.kernel.remote.AdminClient;
import io.sluice.kernel.remote.AdminFailure;
import io.sluice.kernel.remote.Answer;
import io.sluice.kernel.remote.Fields;
import io.sluice.kernel.remote.Route;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice certificates}. */
@Command(name = "certificates", mixinStandardHelpOptions = true, description = "List certificates, when they expire and who uses them.")
final class CertificatesCommand implements Callable<Integer> {

    @Mixin
    private AdminOptions admin;

    @Mixin
    private ViewOptions view;

    @Override
    public Integer call() throws AdminFailure {
        AdminClient client = admin.client();
        return view.show(() -> client.list(Route.of("v1", "certificates"), Integer.MAX_VALUE), CertificatesCommand::print);
    }

    private static void print(Answer answer, Screen screen) {
        Table table = new Table("ID", "SUBJECT", "DNS NAMES", "NOT AFTER", "KEY", "USED BY");
        for (Fields certificate : answer.fields().objects("items")) {
            table.row(certificate.text("id"), certificate.text("subject"), certificate.text("dns_names"),
                    certificate.text("not_after"), certificate.is("has_private") ? "yes" : "no", certificate.text("used_by"));
        }
        screen.table(table);
    }
}
