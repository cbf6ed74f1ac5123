package dev.mortise.cli.operate;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.HostCommand;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.HostClient;
import dev.mortise.cli.output.Fields;
import dev.mortise.cli.output.Output;
import dev.mortise.cli.output.Table;
import picocli.CommandLine.Command;

/** Lists tokens. */
@Command(name = "list", description = "List the tokens, without their secrets.")
public final class TokenListCommand extends HostCommand {

    public TokenListCommand(Shell shell) {
        super(shell);
    }

    @Override
    protected void run(HostClient host, Output output) {
        output.show(host.get("/api/v1/tokens"), answer -> {
            Table table = Table.of("name", "role", "created");
            for (JsonObject token : Fields.objects(answer, "tokens")) {
                table.row(
                        Fields.text(token, "name"),
                        Fields.text(token, "role"),
                        output.time(Fields.text(token, "created_at")));
            }
            output.table(table);
        });
    }
}
